import { type Rational, rational, ZERO } from '../../number/rational.js';
import type { ModelFile } from '../build.js';
import { gridTransitions } from '../grid-model.js';
import { layered, randomFile, randomSparse } from './random.js';

/**
 * The models on which speed is measured, each of another structure: a small graph with cycles (graph7), grids without and
 * with slips (grid10, grid30, slip10, slip30), a mixing random model (sparse2000), a long acyclic one (layered2000).
 */
export const workloads: Readonly<
  Record<string, { readonly description: string; readonly build: () => ModelFile }>
> = {
  graph7: { description: '7 states, deterministic, several cycles', build: graph7 },
  grid10: { description: '10 by 10 open grid', build: () => gridWorkload('grid10', 10, ZERO) },
  grid30: { description: '30 by 30 open grid', build: () => gridWorkload('grid30', 30, ZERO) },
  slip10: { description: '10 by 10 open grid with slips', build: () => gridWorkload('slip10', 10, slip) },
  slip30: { description: '30 by 30 open grid with slips', build: () => gridWorkload('slip30', 30, slip) },
  sparse2000: {
    description: '2000 states, 4 actions, 5 random successors each',
    build: () => ({
      ...randomFile(randomSparse({ states: 2000, actions: 4, successors: 5, seed: 1 })),
      name: 'sparse2000',
    }),
  },
  layered2000: {
    description: '20 layers of 100 states, 4 actions each',
    build: () => ({
      ...randomFile(layered({ layers: 20, width: 100, actions: 4, seed: 1 })),
      name: 'layered2000',
    }),
  },
};

/** About 1/10 in multiples of 2⁻¹⁶: each of the five actions happens by a slip with probability 1311/65536. */
const slip: Rational = rational(5 * 1311, 65_536);

function graph7(): ModelFile {
  const next = [[1, 2], [1, 3], [3, 4, 5], [0, 6], [4, 5], [6, 2], [6]];
  const names = next.map((_, s) => `s${s}`);
  return {
    mdpower: 1,
    name: 'graph7',
    states: names,
    transitions: Object.fromEntries(
      names.map((name, s) => [name, Object.fromEntries(next[s]!.map((t, a) => [`a${a}`, `s${t}`]))]),
    ),
  };
}

/**
 * The open grid with states s0, s1, … row by row and actions a0 (stay), a1 (right), a2 (left), a3 (down), a4 (up); of equal
 * actions only the first is kept.
 */
function gridWorkload(name: string, size: number, slipProbability: Rational): ModelFile {
  const cells = Array.from({ length: size * size }, (_, s) => ({
    name: `s${s}`,
    column: s % size,
    row: Math.floor(s / size),
    terminal: false,
  }));
  const order = ['stay', 'right', 'left', 'down', 'up'];
  const plain = gridTransitions(cells);
  const slipping = gridTransitions(cells, { slip: slipProbability });
  const states = cells.map((cell) => cell.name);
  const transitions: Record<string, ModelFile['transitions'][string]> = {};
  for (const state of states) {
    const targets = order.map((move) => plain[state]![move]);
    const actions = order
      .map((move, i) => [`a${i}`, slipping[state]![move]!] as const)
      .filter((_, i) => targets.indexOf(targets[i]) === i);
    transitions[state] = Object.fromEntries(actions);
  }
  return { mdpower: 1, name, states, transitions };
}
