import { add, divide, type Ratio, ZERO_RATIO } from '../../number/ratio.js';

/** The exact chances of one class of actions at a state (Turner et al. 2021, Def. 4.4). */
export interface RowChances {
  /** some optimal policy takes it */
  readonly weak: Ratio;
  /** every optimal policy takes it */
  readonly strict: Ratio;
  /** mean of 1/(number of optimal classes) where it is one of them */
  readonly fractional: Ratio;
}

/** An event in which some rows are optimal together; the chances are those of the event against all others. */
export interface RowEvent {
  readonly rows: readonly number[];
  readonly chances: RowChances;
}

/** The event of probability p, in which nothing else is optimal. */
export function plainEvent(rows: readonly number[], probability: Ratio): RowEvent {
  return { rows, chances: { weak: probability, strict: probability, fractional: probability } };
}

/** The chances of each row: sums over the events in which it takes part. */
export function rowChances(rowCount: number, events: readonly RowEvent[]): RowChances[] {
  return Array.from({ length: rowCount }, (_, row) => {
    let weak = ZERO_RATIO;
    let strict = ZERO_RATIO;
    let fractional = ZERO_RATIO;
    for (const { rows, chances } of events) {
      if (!rows.includes(row)) continue;
      weak = add(weak, chances.weak);
      if (rows.length === 1) strict = add(strict, chances.strict);
      fractional = add(fractional, divide(chances.fractional, { n: BigInt(rows.length), d: 1n }));
    }
    return { weak, strict, fractional };
  });
}
