import { integerRows } from '../../mdp/integer-rows.js';
import { rowKey } from '../../mdp/partition-refinement.js';
import { type GainBounds, outsideValue } from './gain-bounds.js';
import type { GainModel, GainNode } from './gain-model.js';

/** Whether a row keeps the gain, P_r g* = g*: proved not to, proved to, or neither. */
export const Keeps = { no: 0, yes: 1, unknown: 2 } as const;

/** What is proved about equal gains. */
export interface GainTies {
  /** Uint8 (D): a value of `Keeps` for each row */
  readonly keeps: Uint8Array;
  /**
   * Int32 (S): equal where the gain is proved to be the same number. A node whose label is its own first state either stays
   * in its end component for good, or has a gain of its own mixture.
   */
  readonly label: Int32Array;
  /** Uint8 (end components): 1 if staying in it is proved to be the only way to its gain */
  readonly stays: Uint8Array;
  /** false if some row is unknown */
  readonly complete: boolean;
}

/**
 * Which rows keep the gain. Limits that do not overlap prove that a row does not. Ties are proved by structure: rows that
 * lead to one label with certainty, or to the same mixture of labels, have the same gain; if the best of a node have no
 * others beside them, each is as good as the best.
 */
export function gainTies(model: GainModel, { low, high, stayLow, stayHigh }: GainBounds): GainTies {
  const { structure, node, inside, groups, parts } = model;
  const keeps = Uint8Array.from(inside);
  const label = node.slice();
  const stays = new Uint8Array(parts.length);
  const slack = structure.longestRow === 1 ? 0 : (structure.longestRow + 4) * 1.01 * 2 ** -53;
  let complete = true;
  for (const group of groups) {
    for (const { first, component, leaving } of group) {
      const lows = leaving.map((r) => below(outsideValue(structure, node, first, r, low), slack));
      const best = lows.reduce((a, b) => Math.max(a, b), component < 0 ? -Infinity : stayLow[component]!);
      const near = leaving.filter((r) => above(outsideValue(structure, node, first, r, high), slack) >= best);
      const mayStay = component >= 0 && stayHigh[component]! >= best;
      const tied = tieOf(model, first, near, mayStay, label);
      if (tied === undefined) complete = false;
      for (const r of near) keeps[r] = tied === undefined ? Keeps.unknown : Keeps.yes;
      if (component >= 0 && mayStay && near.length === 0) stays[component] = 1;
      if (tied === undefined || tied === first) continue;
      for (const s of component < 0 ? [first] : parts[component]!.states) label[s] = tied;
    }
  }
  return { keeps, label, stays, complete };
}

/** The label of a node whose best ways are these, or undefined if they are not proved to be equally good. */
function tieOf(
  { structure, node }: GainModel,
  first: GainNode['first'],
  near: readonly number[],
  mayStay: boolean,
  label: Int32Array,
): number | undefined {
  if (mayStay) return near.length === 0 ? first : undefined;
  const only = near.map((r) => onlyLabel(structure.rowPtr, structure.successor, node, first, r, label));
  if (only[0] !== undefined && only.every((other) => other === only[0])) return only[0];
  if (near.length === 1) return first;
  const { mdp, choiceOfRow, rowPtr, successor } = structure;
  const staysPartly = near.some((r) =>
    successor.subarray(rowPtr[r]!, rowPtr[r + 1]!).some((t) => node[t] === first),
  );
  if (staysPartly) return undefined;
  const keys = new Set(near.map((r) => rowKey(mdp, integerRows(mdp), choiceOfRow[r]!, label)));
  return keys.size === 1 ? first : undefined;
}

/** The label that row r leads to with certainty once it leaves its node; undefined if there are several. */
function onlyLabel(
  rowPtr: Int32Array,
  successor: Int32Array,
  node: Int32Array,
  own: number,
  r: number,
  label: Int32Array,
): number | undefined {
  let found: number | undefined;
  for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
    const t = successor[k]!;
    if (node[t] === own) continue;
    if (found !== undefined && label[t] !== found) return undefined;
    found = label[t]!;
  }
  return found;
}

function below(value: number, slack: number): number {
  return value - slack * Math.abs(value);
}

function above(value: number, slack: number): number {
  return value + slack * Math.abs(value);
}
