import type { ModelContent } from '../binary/write-binary.js';
import type { ModelFile } from '../build.js';
import { addRow } from '../csr.js';
import { valueIndex } from '../probability-table.js';
import { type IntegerGenerator, integerGenerator } from './generator.js';
import { packed } from './packed.js';

/** An action: the state it leads to, or successors in ascending order with their parts of PARTS. */
type NumberedRow = number | { readonly successor: readonly number[]; readonly parts: readonly number[] };

/** A random model before it has a form: states s0, s1, …, actions a0, a1, …; states without rows are terminal. */
export interface RandomFamily {
  readonly name: string;
  readonly description: string;
  readonly states: number;
  /** the actions of a state; to be called once for each state, in order */
  readonly rowsOf: (state: number) => readonly NumberedRow[] | undefined;
}

/** Probabilities of random rows are multiples of 1/65536, so that doubles hold them exactly. */
const PARTS = 65_536;

export interface RandomOptions {
  readonly states: number;
  /** per state */
  readonly actions: number;
  /** an integer, 0 ≤ seed < 2³²; the same seed gives the same model */
  readonly seed: number;
}

/**
 * Random stochastic model: every action leads to `successors` distinct states, drawn uniformly, with probabilities that
 * split 65536 parts at uniformly drawn distinct places.
 */
export function randomSparse(options: RandomOptions & { readonly successors: number }): RandomFamily {
  const { states, actions, successors, seed } = options;
  const generator = integerGenerator(seed);
  const row = (): NumberedRow => {
    const successor = generator.distinctBelow(successors, states);
    const cuts = [0, ...generator.distinctBelow(successors - 1, PARTS - 1).map((cut) => cut + 1), PARTS];
    return { successor, parts: successor.map((_, i) => cuts[i + 1]! - cuts[i]!) };
  };
  return {
    name: `random-${states}x${actions}x${successors}-seed-${seed}`,
    description: `Random model: ${states} states, ${actions} actions each, ${successors} successors each.`,
    states,
    rowsOf: () => Array.from({ length: actions }, row),
  };
}

/** Random deterministic model: every action leads to one state, drawn uniformly; actions of a state may coincide. */
export function randomDeterministic({ states, actions, seed }: RandomOptions): RandomFamily {
  const generator = integerGenerator(seed);
  return {
    name: `random-deterministic-${states}x${actions}-seed-${seed}`,
    description: `Random deterministic model: ${states} states, ${actions} actions each.`,
    states,
    rowsOf: () => Array.from({ length: actions }, () => generator.below(states)),
  };
}

/**
 * Layers of equally many states: every action leads to a state of the next layer, those of one state to distinct ones, drawn
 * uniformly; the states of the last layer are terminal.
 */
export function layered(
  options: Omit<RandomOptions, 'states'> & { readonly layers: number; readonly width: number },
): RandomFamily {
  const { layers, width, actions, seed } = options;
  const generator: IntegerGenerator = integerGenerator(seed);
  const last = (layers - 1) * width;
  return {
    name: `layered-${layers}x${width}x${actions}-seed-${seed}`,
    description: `${layers} layers of ${width} states, ${actions} actions each; the last layer is terminal.`,
    states: layers * width,
    rowsOf: (s) => {
      if (s >= last) return undefined;
      const next = (Math.floor(s / width) + 1) * width;
      return generator.distinctBelow(actions, width).map((t) => next + t);
    },
  };
}

/** The text form of a random model. */
export function randomFile({ name, description, states, rowsOf }: RandomFamily): ModelFile {
  const names = Array.from({ length: states }, (_, s) => `s${s}`);
  const transitions: Record<string, ModelFile['transitions'][string]> = {};
  const terminal: string[] = [];
  names.forEach((state, s) => {
    const rows = rowsOf(s);
    if (rows === undefined) terminal.push(state);
    else transitions[state] = Object.fromEntries(rows.map((row, a) => [`a${a}`, written(row)]));
  });
  return {
    mdpower: 1,
    name,
    description,
    states: names,
    transitions,
    ...(terminal.length > 0 && { terminal }),
  };
}

function written(row: NumberedRow): string | Record<string, string> {
  if (typeof row === 'number') return `s${row}`;
  return Object.fromEntries(row.successor.map((t, i) => [`s${t}`, `${row.parts[i]}/${PARTS}`]));
}

/** The packed form of a random model. */
export function packedRandom({ name, description, states, rowsOf }: RandomFamily): ModelContent {
  const names = Array.from({ length: states }, (_, s) => `s${s}`);
  const actions: string[] = [];
  /** of each number of parts: its probability in the table */
  const known = new Map<number, number>();
  return packed({ name, description, states: names }, (s, writer) => {
    rowsOf(s)?.forEach((row, a) => {
      actions[a] ??= `a${a}`;
      if (typeof row === 'number') writer.certain(actions[a], row);
      else addRow(writer.rows, actions[a], row.successor, row.parts.map(indexOf));
    });

    function indexOf(parts: number): number {
      let index = known.get(parts);
      if (index === undefined) {
        index = valueIndex(writer.table, BigInt(parts), BigInt(PARTS));
        known.set(parts, index);
      }
      return index;
    }
  });
}
