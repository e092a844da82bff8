import type { ModelFile } from '../build.js';
import { type IntegerGenerator, integerGenerator } from './generator.js';

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
export function randomSparse(options: RandomOptions & { readonly successors: number }): ModelFile {
  const { states, actions, successors, seed } = options;
  const generator = integerGenerator(seed);
  const row = (): Record<string, string> => {
    const targets = generator.distinctBelow(successors, states);
    const cuts = [0, ...generator.distinctBelow(successors - 1, PARTS - 1).map((cut) => cut + 1), PARTS];
    return Object.fromEntries(targets.map((t, i) => [`s${t}`, `${cuts[i + 1]! - cuts[i]!}/${PARTS}`]));
  };
  return randomModel({
    name: `random-${states}x${actions}x${successors}-seed-${seed}`,
    description: `Random model: ${states} states, ${actions} actions each, ${successors} successors each.`,
    states,
    rowsOf: () => Array.from({ length: actions }, row),
  });
}

/** Random deterministic model: every action leads to one state, drawn uniformly; actions of a state may coincide. */
export function randomDeterministic({ states, actions, seed }: RandomOptions): ModelFile {
  const generator = integerGenerator(seed);
  return randomModel({
    name: `random-deterministic-${states}x${actions}-seed-${seed}`,
    description: `Random deterministic model: ${states} states, ${actions} actions each.`,
    states,
    rowsOf: () => Array.from({ length: actions }, () => `s${generator.below(states)}`),
  });
}

/**
 * Layers of equally many states: every action leads to a state of the next layer, those of one state to distinct ones, drawn
 * uniformly; the states of the last layer are terminal.
 */
export function layered(
  options: Omit<RandomOptions, 'states'> & { readonly layers: number; readonly width: number },
): ModelFile {
  const { layers, width, actions, seed } = options;
  const generator: IntegerGenerator = integerGenerator(seed);
  const last = (layers - 1) * width;
  return randomModel({
    name: `layered-${layers}x${width}x${actions}-seed-${seed}`,
    description: `${layers} layers of ${width} states, ${actions} actions each; the last layer is terminal.`,
    states: layers * width,
    rowsOf: (s) => {
      if (s >= last) return undefined;
      const next = (Math.floor(s / width) + 1) * width;
      return generator.distinctBelow(actions, width).map((t) => `s${next + t}`);
    },
  });
}

type Row = ModelFile['transitions'][string][string];

/** States s0, s1, …, actions a0, a1, …; states without rows are terminal. */
function randomModel(parts: {
  name: string;
  description: string;
  states: number;
  rowsOf: (state: number) => readonly Row[] | undefined;
}): ModelFile {
  const names = Array.from({ length: parts.states }, (_, s) => `s${s}`);
  const transitions: Record<string, Record<string, Row>> = {};
  const terminal: string[] = [];
  names.forEach((name, s) => {
    const rows = parts.rowsOf(s);
    if (rows === undefined) terminal.push(name);
    else transitions[name] = Object.fromEntries(rows.map((row, a) => [`a${a}`, row]));
  });
  const { name, description } = parts;
  return {
    mdpower: 1,
    name,
    description,
    states: names,
    transitions,
    ...(terminal.length > 0 && { terminal }),
  };
}
