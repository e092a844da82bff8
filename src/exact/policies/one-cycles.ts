import { isDeterministic, type Rows } from './rows.js';

/**
 * A deterministic model whose only cycles are 1-cycles: every path ends for ever in a state, so RSD(s) is the set of unit
 * vectors of the 1-cycles that can be reached from s.
 */
export interface OneCycleModel {
  /** the 1-cycles, ascending */
  readonly ends: readonly number[];
  /** the ends that can be reached from s: bit i of the words for ends[i] */
  readonly reached: (s: number) => Uint32Array;
}

/** About 2 GB of bits would be needed above this. */
const MOST_BITS = 1.6e10;

/** The model as its 1-cycles, in linear time and S·(number of 1-cycles) bits; undefined if it is not of this kind. */
export function oneCycleModel(rows: Rows): OneCycleModel | undefined {
  const states = rows.map((_, s) => s);
  if (!isDeterministic(rows, states)) return undefined;
  const order = backwardOrder(rows);
  if (order === undefined) return undefined;
  const ends = states.filter((s) => rows[s]!.some((row) => row.successors[0] === s));
  if (ends.length * rows.length > MOST_BITS) return undefined;
  const position = new Map(ends.map((s, i) => [s, i]));
  const words = (ends.length + 31) >> 5;
  const bits = Array.from({ length: rows.length }, () => new Uint32Array(words));
  for (const s of order) {
    const own = bits[s]!;
    for (const row of rows[s]!) {
      const t = row.successors[0]!;
      if (t === s) {
        const i = position.get(s)!;
        own[i >> 5]! |= 1 << (i & 31);
      } else for (let w = 0; w < words; w++) own[w]! |= bits[t]![w]!;
    }
  }
  return { ends, reached: (s) => bits[s]! };
}

/** The states so that successors come before their predecessors, self-loops apart; undefined if there is a longer cycle. */
function backwardOrder(rows: Rows): number[] | undefined {
  const open = new Int32Array(rows.length);
  const before: number[][] = rows.map(() => []);
  rows.forEach((classes, s) => {
    for (const row of classes) {
      const t = row.successors[0]!;
      if (t === s) continue;
      open[s]!++;
      before[t]!.push(s);
    }
  });
  const order = rows.flatMap((_, s) => (open[s] === 0 ? [s] : []));
  for (let i = 0; i < order.length; i++)
    for (const s of before[order[i]!]!) if (--open[s]! === 0) order.push(s);
  return order.length === rows.length ? order : undefined;
}

/** The indices of the bits that are set. */
export function members(bits: Uint32Array): number[] {
  const found: number[] = [];
  bits.forEach((word, w) => {
    for (let b = 0; b < 32; b++) if ((word & (1 << b)) !== 0) found.push(w * 32 + b);
  });
  return found;
}
