import { ONE, type Rational, rational, ZERO } from '../number/rational.js';
import { choicesOf } from './graph.js';
import type { Mdp } from './model.js';
import { parseModel } from './parse.js';
import { writeModel } from './write-model.js';

/**
 * The model in which, with probability `slip`, the action taken is replaced by one drawn uniformly from all actions of the
 * state: P'(t|s,a) = (1 − slip) P(t|s,a) + slip/|A(s)| Σ_b P(t|s,b). Exact; states with one action stay as they are.
 *
 * @param slip from 0 to 1
 * @throws {RangeError} slip outside [0, 1]
 */
export function withSlip(mdp: Mdp, slip: Rational): Mdp {
  if (slip.compare(ZERO) < 0 || slip.compare(ONE) > 0)
    throw new RangeError(`slip must be in [0, 1], got ${slip}`);
  const rowPtr = [0];
  const successor: number[] = [];
  const values: Rational[] = [];
  for (let s = 0; s < mdp.stateCount; s++) {
    const rows = choicesOf(mdp, s).map((c) => rowOf(mdp, c));
    const each = slip.div(rational(rows.length));
    const mean = new Map<number, Rational>();
    for (const row of rows) for (const [t, p] of row) mean.set(t, (mean.get(t) ?? ZERO).add(p.mul(each)));
    for (const row of rows) {
      const mixed = new Map(mean);
      for (const [t, p] of row) mixed.set(t, mixed.get(t)!.add(p.mul(ONE.sub(slip))));
      for (const [t, p] of [...mixed].sort(([a], [b]) => a - b)) {
        if (p.equals(ZERO)) continue;
        successor.push(t);
        values.push(p);
      }
      rowPtr.push(successor.length);
    }
  }
  const mixed: Mdp = {
    ...mdp,
    rowPtr: Int32Array.from(rowPtr),
    successor: Int32Array.from(successor),
    exact: { values, index: Int32Array.from(values, (_, k) => k) },
  };
  return parseModel(writeModel(mixed), { source: mdp.name, format: 'json' });
}

function rowOf(mdp: Mdp, c: number): [number, Rational][] {
  const row: [number, Rational][] = [];
  for (let k = mdp.rowPtr[c]!; k < mdp.rowPtr[c + 1]!; k++) {
    row.push([mdp.successor[k]!, mdp.exact.values[mdp.exact.index[k]!]!]);
  }
  return row;
}
