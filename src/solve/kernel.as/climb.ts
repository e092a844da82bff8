// AssemblyScript. Rising to the fixpoint of a deterministic model, and the values to start and to end with.
// solve/kernel-reference.ts is the readable reference, equal bit for bit.

/**
 * Lower bounds of V to climb from: R/(1 − gamma) where a state can stay, else the least reward's; then every state of a
 * listed cycle is worth going round it for ever.
 *
 * @param canStay      bytes (S)
 * @param cyclePtr     i32 (cycles + 1) into `cycleState`, byte offsets of rows in the order of the cycle
 * @param cycleFactor  f64 (cycles): 1/(1 − gamma^length)
 * @param horizon      1/(1 − gamma)
 */
export function startLow(
  stateCount: i32,
  canStay: usize,
  cycles: i32,
  cyclePtr: usize,
  cycleState: usize,
  cycleFactor: usize,
  rewards: usize,
  values: usize,
  gamma: f64,
  horizon: f64,
): void {
  const scale = f64x2.splat(horizon);
  const g = f64x2.splat(gamma);
  for (let half: usize = 0; half < 64; half += 16) {
    let least = f64x2.splat(Infinity);
    for (let s = 0; s < stateCount; s++) {
      least = f64x2.pmin(least, v128.load(rewards + (<usize>s << 6) + half));
    }
    least = f64x2.mul(least, scale);
    for (let s = 0; s < stateCount; s++) {
      const at = (<usize>s << 6) + half;
      const stays = load<u8>(canStay + <usize>s) === 1;
      v128.store(values + at, stays ? f64x2.mul(v128.load(rewards + at), scale) : least);
    }
    for (let c = 0; c < cycles; c++) {
      const from = load<i32>(cyclePtr + (<usize>c << 2));
      const last = load<i32>(cyclePtr + (<usize>c << 2), 4) - 1;
      const factor = v128.load_splat<f64>(cycleFactor + (<usize>c << 3));
      let around = f64x2.splat(0);
      for (let k = last; k >= from; k--) {
        const at = <usize>load<i32>(cycleState + (<usize>k << 2)) + half;
        around = f64x2.add(v128.load(rewards + at), f64x2.mul(g, around));
      }
      around = f64x2.mul(around, factor);
      for (let k = from; k <= last; k++) {
        const n = k === from ? from : last + from + 1 - k;
        const at = <usize>load<i32>(cycleState + (<usize>n << 2)) + half;
        if (k !== from) around = f64x2.add(v128.load(rewards + at), f64x2.mul(g, around));
        v128.store(values + at, f64x2.pmax(v128.load(values + at), around));
      }
    }
  }
}

/**
 * Deterministic models. Values rise in place from a lower bound, V(s) = max(V(s), R(s) + gamma·max over the other
 * successors), states in `order` and in the opposite order by turns, until a whole sweep changes no bit or `most` sweeps
 * are done. A column at its fixpoint is not changed by further sweeps, so it does not depend on its neighbours.
 *
 * @returns sweeps done; `most` + 1 if the last one still changed something
 */
export function climb(
  stateCount: i32,
  order: usize,
  successorPtr: usize,
  successor: usize,
  rewards: usize,
  values: usize,
  gamma: f64,
  most: i32,
): i32 {
  const g = f64x2.splat(gamma);
  for (let count = 1; count <= most; count++) {
    let changed = i64x2.splat(0);
    for (let n = 0; n < stateCount; n++) {
      const s = load<i32>(order + (<usize>((count & 1) === 1 ? n : stateCount - 1 - n) << 2));
      let k = load<i32>(successorPtr + (<usize>s << 2));
      const end = load<i32>(successorPtr + (<usize>s << 2), 4);
      if (k === end) continue;
      let from = values + <usize>load<i32>(successor + (<usize>k << 2));
      let best0 = v128.load(from);
      let best1 = v128.load(from, 16);
      let best2 = v128.load(from, 32);
      let best3 = v128.load(from, 48);
      for (k++; k < end; k++) {
        from = values + <usize>load<i32>(successor + (<usize>k << 2));
        best0 = f64x2.pmax(best0, v128.load(from));
        best1 = f64x2.pmax(best1, v128.load(from, 16));
        best2 = f64x2.pmax(best2, v128.load(from, 32));
        best3 = f64x2.pmax(best3, v128.load(from, 48));
      }
      const at = <usize>s << 6;
      const old0 = v128.load(values + at);
      const old1 = v128.load(values + at, 16);
      const old2 = v128.load(values + at, 32);
      const old3 = v128.load(values + at, 48);
      best0 = f64x2.add(v128.load(rewards + at), f64x2.mul(g, best0));
      best1 = f64x2.add(v128.load(rewards + at, 16), f64x2.mul(g, best1));
      best2 = f64x2.add(v128.load(rewards + at, 32), f64x2.mul(g, best2));
      best3 = f64x2.add(v128.load(rewards + at, 48), f64x2.mul(g, best3));
      changed = v128.or(
        changed,
        v128.or(
          v128.or(f64x2.lt(old0, best0), f64x2.lt(old1, best1)),
          v128.or(f64x2.lt(old2, best2), f64x2.lt(old3, best3)),
        ),
      );
      v128.store(values + at, f64x2.pmax(old0, best0));
      v128.store(values + at, f64x2.pmax(old1, best1), 16);
      v128.store(values + at, f64x2.pmax(old2, best2), 32);
      v128.store(values + at, f64x2.pmax(old3, best3), 48);
    }
    if (!v128.any_true(changed)) return count;
  }
  return most + 1;
}

/**
 * Deterministic models without circles: V(s) = R(s) + gamma·max over the other successors of V, or R(s)/(1 − gamma) where
 * that is more and the state can stay; states in `order`, successors first, so that one pass is all.
 */
export function passBack(
  stateCount: i32,
  order: usize,
  successorPtr: usize,
  successor: usize,
  canStay: usize,
  rewards: usize,
  values: usize,
  gamma: f64,
  horizon: f64,
): void {
  const g = f64x2.splat(gamma);
  const scale = f64x2.splat(horizon);
  for (let n = 0; n < stateCount; n++) {
    const s = load<i32>(order + (<usize>n << 2));
    let k = load<i32>(successorPtr + (<usize>s << 2));
    const end = load<i32>(successorPtr + (<usize>s << 2), 4);
    let best0 = f64x2.splat(-Infinity);
    let best1 = best0;
    let best2 = best0;
    let best3 = best0;
    for (; k < end; k++) {
      const from = values + <usize>load<i32>(successor + (<usize>k << 2));
      best0 = f64x2.pmax(best0, v128.load(from));
      best1 = f64x2.pmax(best1, v128.load(from, 16));
      best2 = f64x2.pmax(best2, v128.load(from, 32));
      best3 = f64x2.pmax(best3, v128.load(from, 48));
    }
    const at = <usize>s << 6;
    const reward0 = v128.load(rewards + at);
    const reward1 = v128.load(rewards + at, 16);
    const reward2 = v128.load(rewards + at, 32);
    const reward3 = v128.load(rewards + at, 48);
    best0 = f64x2.add(reward0, f64x2.mul(g, best0));
    best1 = f64x2.add(reward1, f64x2.mul(g, best1));
    best2 = f64x2.add(reward2, f64x2.mul(g, best2));
    best3 = f64x2.add(reward3, f64x2.mul(g, best3));
    if (load<u8>(canStay + <usize>s) === 1) {
      best0 = f64x2.pmax(best0, f64x2.mul(reward0, scale));
      best1 = f64x2.pmax(best1, f64x2.mul(reward1, scale));
      best2 = f64x2.pmax(best2, f64x2.mul(reward2, scale));
      best3 = f64x2.pmax(best3, f64x2.mul(reward3, scale));
    }
    v128.store(values + at, best0);
    v128.store(values + at, best1, 16);
    v128.store(values + at, best2, 32);
    v128.store(values + at, best3, 48);
  }
}

/** Subtracts row 0 from all rows. What is small rounds little. */
export function centre(stateCount: i32, values: usize): void {
  const reference0 = v128.load(values);
  const reference1 = v128.load(values, 16);
  const reference2 = v128.load(values, 32);
  const reference3 = v128.load(values, 48);
  for (let s = 0; s < stateCount; s++) {
    const at = values + (<usize>s << 6);
    v128.store(at, f64x2.sub(v128.load(at), reference0));
    v128.store(at, f64x2.sub(v128.load(at, 16), reference1), 16);
    v128.store(at, f64x2.sub(v128.load(at, 32), reference2), 32);
    v128.store(at, f64x2.sub(v128.load(at, 48), reference3), 48);
  }
}

/** largest (8): greatest |x| of every column; NaN if one is NaN, which pmax would overlook. */
export function sizes(stateCount: i32, rows: usize, largest: usize): void {
  let size0 = f64x2.splat(0);
  let size1 = size0;
  let size2 = size0;
  let size3 = size0;
  for (let s = 0; s < stateCount; s++) {
    const at = rows + (<usize>s << 6);
    size0 = f64x2.max(size0, f64x2.abs(v128.load(at)));
    size1 = f64x2.max(size1, f64x2.abs(v128.load(at, 16)));
    size2 = f64x2.max(size2, f64x2.abs(v128.load(at, 32)));
    size3 = f64x2.max(size3, f64x2.abs(v128.load(at, 48)));
  }
  v128.store(largest, size0);
  v128.store(largest, size1, 16);
  v128.store(largest, size2, 32);
  v128.store(largest, size3, 48);
}
