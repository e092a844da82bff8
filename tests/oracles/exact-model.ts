import type { Mdp } from '../../src/mdp/model.js';
import { ONE, type Rational, rational, rationalText } from '../../src/number/rational.js';

/** One action as its exact distribution over successors: distinct states, ascending, positive probabilities of sum 1. */
export type ExactRow = readonly (readonly [successor: number, probability: Rational])[];

/** A model as nested lists, rows[s][a]: the form in which the oracles of this folder think. */
export type ExactModel = readonly (readonly ExactRow[])[];

/** The deterministic action to `successor`. */
export function certain(successor: number): ExactRow {
  return [[successor, ONE]];
}

/** The action that goes to state successors[i] with probability weights[i] / Σ weights; zeros and repeats are allowed. */
export function weighted(successors: readonly number[], weights: readonly number[]): ExactRow {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const summed = new Map<number, number>();
  successors.forEach((state, i) => {
    summed.set(state, (summed.get(state) ?? 0) + weights[i]!);
  });
  return [...summed]
    .filter(([, weight]) => weight > 0)
    .sort(([a], [b]) => a - b)
    .map(([state, weight]) => [state, rational(weight, total)]);
}

/**
 * The Mdp record of nested lists, made without the parser, so that tests of solvers and graph algorithms do not depend on
 * it. States are called s0, s1, …, the actions of a state a0, a1, …; the hash is empty.
 */
export function mdpOfRows(rows: ExactModel, name = 'test'): Mdp {
  const choices = rows.flatMap((actions, state) => actions.map((row, action) => ({ state, action, row })));
  const texts = choices.map(({ row }) => row.map(([t, p]) => `${t}:${rationalText(p)}`).join());
  const values: Rational[] = [];
  const valueIndex = new Map<string, number>();
  const intern = (p: Rational): number => {
    const text = rationalText(p);
    if (!valueIndex.has(text)) valueIndex.set(text, values.push(p) - 1);
    return valueIndex.get(text)!;
  };
  const edges = choices.flatMap(({ row }) => row);
  return {
    name,
    stateCount: rows.length,
    choiceCount: choices.length,
    transitionCount: edges.length,
    choicePtr: pointers(rows.map((actions) => actions.length)),
    rowPtr: pointers(choices.map(({ row }) => row.length)),
    successor: Int32Array.from(edges, ([t]) => t),
    probability: Float64Array.from(edges, ([, p]) => Number(p.n) / Number(p.d)),
    exact: { index: Int32Array.from(edges, ([, p]) => intern(p)), values },
    choiceClass: Int32Array.from(choices, ({ state }, c) =>
      texts.findIndex((text, other) => choices[other]!.state === state && text === texts[c]),
    ),
    states: rows.map((_, s) => `s${s}`),
    actions: choices.map(({ action }) => `a${action}`),
    start: 0,
    labels: new Map(),
    layout: rows.map(() => null),
    sha256: '',
    notes: [],
  };
}

/** The nested lists of an Mdp record. */
export function rowsOfMdp(mdp: Mdp): ExactModel {
  return Array.from({ length: mdp.stateCount }, (_, s) =>
    range(mdp.choicePtr[s]!, mdp.choicePtr[s + 1]!).map((c) =>
      range(mdp.rowPtr[c]!, mdp.rowPtr[c + 1]!).map(
        (k) => [mdp.successor[k]!, mdp.exact.values[mdp.exact.index[k]!]!] as const,
      ),
    ),
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function pointers(lengths: readonly number[]): Int32Array {
  const result = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    result[i + 1] = result[i]! + length;
  });
  return result;
}
