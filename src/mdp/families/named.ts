import type { ModelFile } from '../build.js';
import { cellName, type GridCell, type GridOptions, gridModel } from '../grid-model.js';

/** A hub from which each of k terminal leaves is one step away: POWER of the hub is the mean of the greatest of k rewards. */
export function star(leaves: number): ModelFile {
  const { names, ...parts } = starParts(leaves);
  return {
    mdpower: 1,
    ...parts,
    states: ['hub', ...names],
    start: 'hub',
    transitions: { hub: Object.fromEntries(names.map((leaf) => [leaf, leaf])) },
    terminal: names,
    layout: Object.fromEntries([
      ['hub', [0, 0]],
      ...names.map((leaf, i): [string, [number, number]] => [leaf, [1, i - (leaves - 1) / 2]]),
    ]),
  };
}

/** A row of states; at each the agent may stay or go on, the last is terminal. */
export function chain(length: number): ModelFile {
  const { names, ...parts } = chainParts(length);
  const step = (name: string, i: number): [string, Record<string, string>] => [
    name,
    { stay: name, next: names[i + 1]! },
  ];
  return {
    mdpower: 1,
    ...parts,
    states: names,
    transitions: Object.fromEntries(names.slice(0, -1).map(step)),
    terminal: names.slice(-1),
    layout: Object.fromEntries(names.map((name, i) => [name, [i, 0]])),
  };
}

/** Every state reaches every state, itself included, in one step: the greatest POWER there is (Turner et al. 2021, Prop. 5.4). */
export function complete(states: number): ModelFile {
  const names = numbered('s', states);
  const everywhere = Object.fromEntries(names.map((name) => [name, name]));
  return {
    mdpower: 1,
    name: `complete-${states}`,
    description: `Complete graph of ${states} states with loops.`,
    source: 'arXiv:1912.01683v10, Prop. 5.4',
    states: names,
    transitions: Object.fromEntries(names.map((name) => [name, everywhere])),
  };
}

/** An open grid without walls; see `readGrid` for its actions, its names and `slip`. */
export function openGrid(width: number, height: number, options: GridOptions = {}): ModelFile {
  const cells: GridCell[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      cells.push({ name: cellName(row, column), column, row, terminal: false });
    }
  }
  const parts = { ...gridParts(width, height), start: cells[0]!.name };
  return gridModel(parts, cells, options);
}

interface NamedParts {
  readonly name: string;
  readonly description: string;
  readonly names: readonly string[];
}

/** What is said of a star, and its leaves. */
export function starParts(leaves: number): NamedParts {
  const description = `A hub with ${leaves} terminal leaves.`;
  return { name: `star-${leaves}`, description, names: numbered('leaf', leaves) };
}

/** What is said of a chain, and its states. */
export function chainParts(length: number): NamedParts {
  const description = `A row of ${length} states: at each, go on or stay.`;
  return { name: `chain-${length}`, description, names: numbered('s', length) };
}

/** What is said of an open grid. */
export function gridParts(width: number, height: number): Omit<NamedParts, 'names'> {
  return { name: `grid-${width}x${height}`, description: `Open gridworld of ${width} by ${height} cells.` };
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
}
