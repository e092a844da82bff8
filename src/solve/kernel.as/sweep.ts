// AssemblyScript. The sweeps of value iteration for eight reward functions at once: every state has one row of 64 bytes,
// eight doubles, a cache line. solve/kernel/sweep.ts is the readable reference; `sweep` here equals it bit for bit.
//
// All addresses are byte addresses into one memory; successors are stored as byte offsets of their rows (64·t).

/** One relative sweep (sweep.ts): best = max_a P_a h, next = R + gamma·best − reference, low/high of R + gamma·best − h. */
export function sweep(
  stateCount: i32,
  statePtr: usize,
  rowPtr: usize,
  successor: usize,
  probability: usize,
  rewards: usize,
  values: usize,
  best: usize,
  next: usize,
  bounds: usize,
  gamma: f64,
): void {
  const g = f64x2.splat(gamma);
  let low0 = f64x2.splat(Infinity);
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high0 = f64x2.splat(-Infinity);
  let high1 = high0;
  let high2 = high0;
  let high3 = high0;
  let reference0 = f64x2.splat(0);
  let reference1 = reference0;
  let reference2 = reference0;
  let reference3 = reference0;
  let r = 0;
  let k = 0;
  for (let s = 0; s < stateCount; s++) {
    const lastRow = load<i32>(statePtr + (<usize>(s + 1) << 2));
    let best0 = f64x2.splat(-Infinity);
    let best1 = best0;
    let best2 = best0;
    let best3 = best0;
    for (; r < lastRow; r++) {
      const lastTransition = load<i32>(rowPtr + (<usize>(r + 1) << 2));
      if (k + 1 === lastTransition) {
        // One successor, reached for certain: 1·h is h.
        const only = values + <usize>load<i32>(successor + (<usize>k << 2));
        best0 = f64x2.pmax(best0, v128.load(only));
        best1 = f64x2.pmax(best1, v128.load(only, 16));
        best2 = f64x2.pmax(best2, v128.load(only, 32));
        best3 = f64x2.pmax(best3, v128.load(only, 48));
        k++;
        continue;
      }
      let p = v128.load_splat<f64>(probability + (<usize>k << 3));
      let from = values + <usize>load<i32>(successor + (<usize>k << 2));
      let sum0 = f64x2.mul(p, v128.load(from));
      let sum1 = f64x2.mul(p, v128.load(from, 16));
      let sum2 = f64x2.mul(p, v128.load(from, 32));
      let sum3 = f64x2.mul(p, v128.load(from, 48));
      for (k++; k < lastTransition; k++) {
        p = v128.load_splat<f64>(probability + (<usize>k << 3));
        from = values + <usize>load<i32>(successor + (<usize>k << 2));
        sum0 = f64x2.add(sum0, f64x2.mul(p, v128.load(from)));
        sum1 = f64x2.add(sum1, f64x2.mul(p, v128.load(from, 16)));
        sum2 = f64x2.add(sum2, f64x2.mul(p, v128.load(from, 32)));
        sum3 = f64x2.add(sum3, f64x2.mul(p, v128.load(from, 48)));
      }
      // pmax(a, b) is a < b ? b : a, as in the reference.
      best0 = f64x2.pmax(best0, sum0);
      best1 = f64x2.pmax(best1, sum1);
      best2 = f64x2.pmax(best2, sum2);
      best3 = f64x2.pmax(best3, sum3);
    }
    const at = <usize>s << 6;
    v128.store(best + at, best0);
    v128.store(best + at, best1, 16);
    v128.store(best + at, best2, 32);
    v128.store(best + at, best3, 48);
    best0 = f64x2.add(v128.load(rewards + at), f64x2.mul(g, best0));
    best1 = f64x2.add(v128.load(rewards + at, 16), f64x2.mul(g, best1));
    best2 = f64x2.add(v128.load(rewards + at, 32), f64x2.mul(g, best2));
    best3 = f64x2.add(v128.load(rewards + at, 48), f64x2.mul(g, best3));
    if (s === 0) {
      reference0 = best0;
      reference1 = best1;
      reference2 = best2;
      reference3 = best3;
    }
    v128.store(next + at, f64x2.sub(best0, reference0));
    v128.store(next + at, f64x2.sub(best1, reference1), 16);
    v128.store(next + at, f64x2.sub(best2, reference2), 32);
    v128.store(next + at, f64x2.sub(best3, reference3), 48);
    best0 = f64x2.sub(best0, v128.load(values + at));
    best1 = f64x2.sub(best1, v128.load(values + at, 16));
    best2 = f64x2.sub(best2, v128.load(values + at, 32));
    best3 = f64x2.sub(best3, v128.load(values + at, 48));
    low0 = f64x2.pmin(low0, best0);
    low1 = f64x2.pmin(low1, best1);
    low2 = f64x2.pmin(low2, best2);
    low3 = f64x2.pmin(low3, best3);
    high0 = f64x2.pmax(high0, best0);
    high1 = f64x2.pmax(high1, best1);
    high2 = f64x2.pmax(high2, best2);
    high3 = f64x2.pmax(high3, best3);
  }
  v128.store(bounds, low0);
  v128.store(bounds, low1, 16);
  v128.store(bounds, low2, 32);
  v128.store(bounds, low3, 48);
  v128.store(bounds, high0, 64);
  v128.store(bounds, high1, 80);
  v128.store(bounds, high2, 96);
  v128.store(bounds, high3, 112);
}
