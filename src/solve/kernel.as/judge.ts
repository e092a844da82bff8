// AssemblyScript. The certificate of models in which every row is certain: all that is judged of eight reward functions, in
// one pass over their values. solve/kernel/judge-reference.ts is the readable reference, equal bit for bit.

/** Bit b of the result says whether column b has its mask set. */
// @ts-ignore: decorator
@inline
export function bitsOf(m0: v128, m1: v128, m2: v128, m3: v128): i32 {
  return i16x8.bitmask(
    i16x8.narrow_i32x4_s(v128.shuffle<i32>(m0, m1, 0, 2, 4, 6), v128.shuffle<i32>(m2, m3, 0, 2, 4, 6)),
  );
}

/**
 * With h = V − V(0): best = max_a h(a), low/high of R + gamma·best − h, max |R|, max |h|, of each column. V stays as it is.
 * If `decides`, bit b of near[n] says whether row n, of those in states with several, is a best one in column b, and
 * gaps (8) is the least distance between a state's best and second row.
 *
 * @param statePtr   i32 (S + 1) into `successor`, byte offsets of rows: one successor a row
 * @param bounds     f64 (16): low and high
 * @param largest    f64 (16): max |R|, then max |h|, which is NaN if a change is not a number: no certificate can pass
 */
// @ts-ignore: decorator
@inline
function judgeRows(
  decides: boolean,
  stateCount: i32,
  statePtr: usize,
  successor: usize,
  rewards: usize,
  values: usize,
  best: usize,
  near: usize,
  bounds: usize,
  largest: usize,
  gaps: usize,
  gamma: f64,
): void {
  const g = f64x2.splat(gamma);
  const reference0 = v128.load(values);
  const reference1 = v128.load(values, 16);
  const reference2 = v128.load(values, 32);
  const reference3 = v128.load(values, 48);
  let low0 = f64x2.splat(Infinity);
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let gap0 = low0;
  let gap1 = low0;
  let gap2 = low0;
  let gap3 = low0;
  let high0 = f64x2.splat(-Infinity);
  let high1 = high0;
  let high2 = high0;
  let high3 = high0;
  let reward0 = f64x2.splat(0);
  let reward1 = reward0;
  let reward2 = reward0;
  let reward3 = reward0;
  let size0 = reward0;
  let size1 = reward0;
  let size2 = reward0;
  let size3 = reward0;
  let wrong0 = reward0;
  let wrong1 = reward0;
  let wrong2 = reward0;
  let wrong3 = reward0;
  const lastState = statePtr + (<usize>stateCount << 2);
  let row = successor;
  let at: usize = 0;
  while (statePtr < lastState) {
    statePtr += 4;
    const end = successor + (<usize>load<i32>(statePtr) << 2);
    const first = row;
    let from = values + <usize>load<i32>(row);
    let top0 = v128.load(from);
    let top1 = v128.load(from, 16);
    let top2 = v128.load(from, 32);
    let top3 = v128.load(from, 48);
    row += 4;
    if (decides && row !== end) {
      let second0 = f64x2.splat(-Infinity);
      let second1 = second0;
      let second2 = second0;
      let second3 = second0;
      for (; row !== end; row += 4) {
        from = values + <usize>load<i32>(row);
        const x0 = v128.load(from);
        const x1 = v128.load(from, 16);
        const x2 = v128.load(from, 32);
        const x3 = v128.load(from, 48);
        second0 = f64x2.pmax(second0, f64x2.pmin(top0, x0));
        second1 = f64x2.pmax(second1, f64x2.pmin(top1, x1));
        second2 = f64x2.pmax(second2, f64x2.pmin(top2, x2));
        second3 = f64x2.pmax(second3, f64x2.pmin(top3, x3));
        top0 = f64x2.pmax(top0, x0);
        top1 = f64x2.pmax(top1, x1);
        top2 = f64x2.pmax(top2, x2);
        top3 = f64x2.pmax(top3, x3);
      }
      for (let again = first; again !== end; again += 4) {
        from = values + <usize>load<i32>(again);
        const close = bitsOf(
          f64x2.eq(top0, v128.load(from)),
          f64x2.eq(top1, v128.load(from, 16)),
          f64x2.eq(top2, v128.load(from, 32)),
          f64x2.eq(top3, v128.load(from, 48)),
        );
        store<i32>(near, close);
        near += 4;
      }
      top0 = f64x2.sub(top0, reference0);
      top1 = f64x2.sub(top1, reference1);
      top2 = f64x2.sub(top2, reference2);
      top3 = f64x2.sub(top3, reference3);
      gap0 = f64x2.pmin(gap0, f64x2.sub(top0, f64x2.sub(second0, reference0)));
      gap1 = f64x2.pmin(gap1, f64x2.sub(top1, f64x2.sub(second1, reference1)));
      gap2 = f64x2.pmin(gap2, f64x2.sub(top2, f64x2.sub(second2, reference2)));
      gap3 = f64x2.pmin(gap3, f64x2.sub(top3, f64x2.sub(second3, reference3)));
    } else {
      for (; row !== end; row += 4) {
        from = values + <usize>load<i32>(row);
        top0 = f64x2.pmax(top0, v128.load(from));
        top1 = f64x2.pmax(top1, v128.load(from, 16));
        top2 = f64x2.pmax(top2, v128.load(from, 32));
        top3 = f64x2.pmax(top3, v128.load(from, 48));
      }
      top0 = f64x2.sub(top0, reference0);
      top1 = f64x2.sub(top1, reference1);
      top2 = f64x2.sub(top2, reference2);
      top3 = f64x2.sub(top3, reference3);
    }
    v128.store(best + at, top0);
    v128.store(best + at, top1, 16);
    v128.store(best + at, top2, 32);
    v128.store(best + at, top3, 48);
    let x = v128.load(rewards + at);
    reward0 = f64x2.pmax(reward0, f64x2.abs(x));
    let h = f64x2.sub(v128.load(values + at), reference0);
    size0 = f64x2.pmax(size0, f64x2.abs(h));
    x = f64x2.sub(f64x2.add(x, f64x2.mul(g, top0)), h);
    wrong0 = v128.or(wrong0, f64x2.ne(x, x));
    low0 = f64x2.pmin(low0, x);
    high0 = f64x2.pmax(high0, x);
    x = v128.load(rewards + at, 16);
    reward1 = f64x2.pmax(reward1, f64x2.abs(x));
    h = f64x2.sub(v128.load(values + at, 16), reference1);
    size1 = f64x2.pmax(size1, f64x2.abs(h));
    x = f64x2.sub(f64x2.add(x, f64x2.mul(g, top1)), h);
    wrong1 = v128.or(wrong1, f64x2.ne(x, x));
    low1 = f64x2.pmin(low1, x);
    high1 = f64x2.pmax(high1, x);
    x = v128.load(rewards + at, 32);
    reward2 = f64x2.pmax(reward2, f64x2.abs(x));
    h = f64x2.sub(v128.load(values + at, 32), reference2);
    size2 = f64x2.pmax(size2, f64x2.abs(h));
    x = f64x2.sub(f64x2.add(x, f64x2.mul(g, top2)), h);
    wrong2 = v128.or(wrong2, f64x2.ne(x, x));
    low2 = f64x2.pmin(low2, x);
    high2 = f64x2.pmax(high2, x);
    x = v128.load(rewards + at, 48);
    reward3 = f64x2.pmax(reward3, f64x2.abs(x));
    h = f64x2.sub(v128.load(values + at, 48), reference3);
    size3 = f64x2.pmax(size3, f64x2.abs(h));
    x = f64x2.sub(f64x2.add(x, f64x2.mul(g, top3)), h);
    wrong3 = v128.or(wrong3, f64x2.ne(x, x));
    low3 = f64x2.pmin(low3, x);
    high3 = f64x2.pmax(high3, x);
    at += 64;
  }
  v128.store(bounds, low0);
  v128.store(bounds, low1, 16);
  v128.store(bounds, low2, 32);
  v128.store(bounds, low3, 48);
  v128.store(bounds, high0, 64);
  v128.store(bounds, high1, 80);
  v128.store(bounds, high2, 96);
  v128.store(bounds, high3, 112);
  v128.store(largest, reward0);
  v128.store(largest, reward1, 16);
  v128.store(largest, reward2, 32);
  v128.store(largest, reward3, 48);
  // All bits set is not a number.
  v128.store(largest, v128.or(size0, wrong0), 64);
  v128.store(largest, v128.or(size1, wrong1), 80);
  v128.store(largest, v128.or(size2, wrong2), 96);
  v128.store(largest, v128.or(size3, wrong3), 112);
  if (decides) {
    v128.store(gaps, gap0);
    v128.store(gaps, gap1, 16);
    v128.store(gaps, gap2, 32);
    v128.store(gaps, gap3, 48);
  }
}

/** The certificate alone. */
export function judge(
  stateCount: i32,
  statePtr: usize,
  successor: usize,
  rewards: usize,
  values: usize,
  best: usize,
  bounds: usize,
  largest: usize,
  gamma: f64,
): void {
  judgeRows(false, stateCount, statePtr, successor, rewards, values, best, 0, bounds, largest, 0, gamma);
}

/** And the comparison of the rows of all states with several. */
export function judgeAndCompare(
  stateCount: i32,
  statePtr: usize,
  successor: usize,
  rewards: usize,
  values: usize,
  best: usize,
  near: usize,
  bounds: usize,
  largest: usize,
  gaps: usize,
  gamma: f64,
): void {
  judgeRows(true, stateCount, statePtr, successor, rewards, values, best, near, bounds, largest, gaps, gamma);
}
