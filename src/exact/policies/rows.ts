import type { Mdp } from '../../mdp/model.js';
import { add, fromRational, ONE_RATIO, type Ratio } from '../../number/ratio.js';

/** A class of equal actions of one state (Turner et al. 2021, Def. 6.7) with its exact distribution over successors. */
export interface Row {
  /** the choices of the class, ascending */
  readonly choices: readonly number[];
  readonly successors: readonly number[];
  readonly probabilities: readonly Ratio[];
}

/** rows[s]: the classes of actions of state s, in the order of their first choices. */
export type Rows = readonly (readonly Row[])[];

/** Which states and choices are the same for every reward function, as `bisimulation` finds them. */
export interface Classes {
  /** Int32 (S): the first state of the class */
  readonly stateClass: Int32Array;
  /** Int32 (C): the first choice of the same state that is the same */
  readonly choiceClass: Int32Array;
}

/**
 * The exact rows of a model. Where classes are given, successors stand for their classes: states that are bisimilar with
 * equal rewards have equal values, so choices that lead to them alike are one action and tie as one.
 */
export function exactRows(mdp: Mdp, classes?: Classes): Rows {
  const values = mdp.exact.values.map(fromRational);
  const { stateClass, choiceClass = mdp.choiceClass } = classes ?? {};
  return Array.from({ length: mdp.stateCount }, (_, s) => {
    const rows = new Map<number, { choices: number[]; successors: number[]; probabilities: Ratio[] }>();
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      const known = rows.get(choiceClass[c]!);
      if (known !== undefined) {
        known.choices.push(c);
        continue;
      }
      const summed = new Map<number, Ratio>();
      for (let k = mdp.rowPtr[c]!; k < mdp.rowPtr[c + 1]!; k++) {
        const t = stateClass?.[mdp.successor[k]!] ?? mdp.successor[k]!;
        const p = values[mdp.exact.index[k]!]!;
        const earlier = summed.get(t);
        summed.set(t, earlier === undefined ? p : add(earlier, p));
      }
      rows.set(c, { choices: [c], successors: [...summed.keys()], probabilities: [...summed.values()] });
    }
    return [...rows.values()];
  });
}

/** The states that can be reached from `sources` in zero or more steps under some policy, ascending. */
export function reachedFrom(rows: Rows, sources: Iterable<number>): number[] {
  const seen = new Set(sources);
  for (const s of seen) for (const row of rows[s]!) for (const t of row.successors) seen.add(t);
  return [...seen].sort((a, b) => a - b);
}

/** True if every action of these states has one successor. */
export function isDeterministic(rows: Rows, states: Iterable<number>): boolean {
  for (const s of states) if (rows[s]!.some((row) => row.successors.length > 1)) return false;
  return true;
}

/** The probability with which the row stays at s. */
export function stayProbability(row: Row, s: number): Ratio {
  const at = row.successors.indexOf(s);
  return at < 0 ? { n: 0n, d: 1n } : row.successors.length === 1 ? ONE_RATIO : row.probabilities[at]!;
}
