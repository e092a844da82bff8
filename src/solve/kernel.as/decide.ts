// AssemblyScript. Which rows of a state may be optimal, for eight reward functions at once.

import { bitsOf } from './judge';

/**
 * Of `count` states, all with at least two classes of choices: rows tested are one of each class. Row n of the list may be
 * optimal in column b, bit b of near[n], unless its sum is more than bound(b) below the state's best.
 *
 * @param states   i32 (count): byte offsets of their rows in `best`
 * @param ptr      i32 (count + 1) into `rows`, i32: the rows that stand for the classes
 * @param bounds   f64 (8)
 * @param gaps     f64 (8): the least distance found between a state's best and second sum
 * @returns bits of the columns in which some state has not exactly one row that may be optimal
 */
export function decide(
  count: i32,
  states: usize,
  ptr: usize,
  rows: usize,
  rowPtr: usize,
  successor: usize,
  probability: usize,
  values: usize,
  best: usize,
  near: usize,
  bounds: usize,
  gaps: usize,
): i32 {
  const bound0 = v128.load(bounds);
  const bound1 = v128.load(bounds, 16);
  const bound2 = v128.load(bounds, 32);
  const bound3 = v128.load(bounds, 48);
  let gap0 = f64x2.splat(Infinity);
  let gap1 = gap0;
  let gap2 = gap0;
  let gap3 = gap0;
  let far0 = f64x2.splat(0);
  let far1 = far0;
  let far2 = far0;
  let far3 = far0;
  let n = 0;
  for (let i = 0; i < count; i++) {
    const top = best + <usize>load<i32>(states + (<usize>i << 2));
    const best0 = v128.load(top);
    const best1 = v128.load(top, 16);
    const best2 = v128.load(top, 32);
    const best3 = v128.load(top, 48);
    const last = load<i32>(ptr + (<usize>i << 2), 4);
    let first0 = f64x2.splat(Infinity);
    let first1 = first0;
    let first2 = first0;
    let first3 = first0;
    for (; n < last; n++) {
      const r = <usize>load<i32>(rows + (<usize>n << 2)) << 2;
      let k = load<i32>(rowPtr + r);
      const end = load<i32>(rowPtr + r, 4);
      let from = values + <usize>load<i32>(successor + (<usize>k << 2));
      let sum0 = v128.load(from);
      let sum1 = v128.load(from, 16);
      let sum2 = v128.load(from, 32);
      let sum3 = v128.load(from, 48);
      if (k + 1 < end) {
        let p = v128.load_splat<f64>(probability + (<usize>k << 3));
        sum0 = f64x2.mul(p, sum0);
        sum1 = f64x2.mul(p, sum1);
        sum2 = f64x2.mul(p, sum2);
        sum3 = f64x2.mul(p, sum3);
        for (k++; k < end; k++) {
          p = v128.load_splat<f64>(probability + (<usize>k << 3));
          from = values + <usize>load<i32>(successor + (<usize>k << 2));
          sum0 = f64x2.add(sum0, f64x2.mul(p, v128.load(from)));
          sum1 = f64x2.add(sum1, f64x2.mul(p, v128.load(from, 16)));
          sum2 = f64x2.add(sum2, f64x2.mul(p, v128.load(from, 32)));
          sum3 = f64x2.add(sum3, f64x2.mul(p, v128.load(from, 48)));
        }
      }
      sum0 = f64x2.sub(best0, sum0);
      sum1 = f64x2.sub(best1, sum1);
      sum2 = f64x2.sub(best2, sum2);
      sum3 = f64x2.sub(best3, sum3);
      // The greater of this distance and the least one before it is the second at least.
      gap0 = f64x2.pmin(gap0, f64x2.pmax(first0, sum0));
      gap1 = f64x2.pmin(gap1, f64x2.pmax(first1, sum1));
      gap2 = f64x2.pmin(gap2, f64x2.pmax(first2, sum2));
      gap3 = f64x2.pmin(gap3, f64x2.pmax(first3, sum3));
      first0 = f64x2.pmin(first0, sum0);
      first1 = f64x2.pmin(first1, sum1);
      first2 = f64x2.pmin(first2, sum2);
      first3 = f64x2.pmin(first3, sum3);
      const close = bitsOf(
        f64x2.le(sum0, bound0),
        f64x2.le(sum1, bound1),
        f64x2.le(sum2, bound2),
        f64x2.le(sum3, bound3),
      );
      store<i32>(near + (<usize>n << 2), close);
    }
    far0 = f64x2.pmax(far0, first0);
    far1 = f64x2.pmax(far1, first1);
    far2 = f64x2.pmax(far2, first2);
    far3 = f64x2.pmax(far3, first3);
  }
  v128.store(gaps, gap0);
  v128.store(gaps, gap1, 16);
  v128.store(gaps, gap2, 32);
  v128.store(gaps, gap3, 48);
  return bitsOf(
    v128.or(f64x2.le(gap0, bound0), f64x2.lt(bound0, far0)),
    v128.or(f64x2.le(gap1, bound1), f64x2.lt(bound1, far1)),
    v128.or(f64x2.le(gap2, bound2), f64x2.lt(bound2, far2)),
    v128.or(f64x2.le(gap3, bound3), f64x2.lt(bound3, far3)),
  );
}

/** counts[n] += number of columns in `columns` (bits) with bit near[n]. */
export function tally(length: i32, near: usize, counts: usize, columns: i32): void {
  for (let n: usize = 0; n < <usize>length << 2; n += 4) {
    store<i32>(counts + n, load<i32>(counts + n) + popcnt(load<i32>(near + n) & columns));
  }
}
