// AssemblyScript. Rising to the fixpoint of a deterministic model, and the values to start and to end with.
// solve/kernel/kernel-reference.ts is the readable reference, equal bit for bit.

/**
 * Values to climb from: R/(1 − gamma) where a state can stay, else the least reward's, lower bounds of V; then every state
 * of a listed cycle is worth going round it for ever, and `slack` of that more.
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
  slack: f64,
): void {
  const scale = f64x2.splat(horizon);
  const g = f64x2.splat(gamma);
  let least0 = f64x2.splat(Infinity);
  let least1 = least0;
  let least2 = least0;
  let least3 = least0;
  let canAllStay = true;
  for (let s = 0; s < stateCount; s++) {
    const at = <usize>s << 6;
    const reward0 = v128.load(rewards + at);
    const reward1 = v128.load(rewards + at, 16);
    const reward2 = v128.load(rewards + at, 32);
    const reward3 = v128.load(rewards + at, 48);
    if (load<u8>(canStay + <usize>s) === 0) canAllStay = false;
    least0 = f64x2.pmin(least0, reward0);
    least1 = f64x2.pmin(least1, reward1);
    least2 = f64x2.pmin(least2, reward2);
    least3 = f64x2.pmin(least3, reward3);
    v128.store(values + at, f64x2.mul(reward0, scale));
    v128.store(values + at, f64x2.mul(reward1, scale), 16);
    v128.store(values + at, f64x2.mul(reward2, scale), 32);
    v128.store(values + at, f64x2.mul(reward3, scale), 48);
  }
  if (canAllStay) return;
  least0 = f64x2.mul(least0, scale);
  least1 = f64x2.mul(least1, scale);
  least2 = f64x2.mul(least2, scale);
  least3 = f64x2.mul(least3, scale);
  for (let s = 0; s < stateCount; s++) {
    if (load<u8>(canStay + <usize>s) === 1) continue;
    const at = <usize>s << 6;
    v128.store(values + at, least0);
    v128.store(values + at, least1, 16);
    v128.store(values + at, least2, 32);
    v128.store(values + at, least3, 48);
  }
  for (let half: usize = 0; half < 64; half += 16) {
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
      around = f64x2.add(around, f64x2.mul(f64x2.splat(slack), f64x2.abs(around)));
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
 * successors), states in `order`, in the opposite order, in `crossOrder` and in its opposite by turns, until a whole sweep
 * changes no bit or `most` sweeps are done. A column at its fixpoint is not changed by further sweeps, so it does not
 * depend on its neighbours; nor does it on the orders.
 *
 * @returns sweeps done; `most` + 1 if the last one still changed something
 */
export function climb(
  stateCount: i32,
  order: usize,
  crossOrder: usize,
  successorPtr: usize,
  successor: usize,
  rewards: usize,
  values: usize,
  gamma: f64,
  most: i32,
): i32 {
  const g = f64x2.splat(gamma);
  const length = <usize>stateCount << 2;
  for (let count = 1; count <= most; count++) {
    let changed = i64x2.splat(0);
    const first = (count - 1) & 2 ? crossOrder : order;
    const isForward = (count & 1) === 1;
    const step: usize = isForward ? 4 : -4;
    let place = isForward ? first : first + length - 4;
    const end = isForward ? first + length : first - 4;
    for (; place !== end; place += step) {
      const s = <usize>load<i32>(place);
      const offsets = successorPtr + (s << 2);
      let next = successor + (<usize>load<i32>(offsets) << 2);
      const last = successor + (<usize>load<i32>(offsets, 4) << 2);
      if (next === last) continue;
      let from = values + <usize>load<i32>(next);
      let best0 = v128.load(from);
      let best1 = v128.load(from, 16);
      let best2 = v128.load(from, 32);
      let best3 = v128.load(from, 48);
      for (next += 4; next !== last; next += 4) {
        from = values + <usize>load<i32>(next);
        best0 = f64x2.pmax(best0, v128.load(from));
        best1 = f64x2.pmax(best1, v128.load(from, 16));
        best2 = f64x2.pmax(best2, v128.load(from, 32));
        best3 = f64x2.pmax(best3, v128.load(from, 48));
      }
      const reward = rewards + (s << 6);
      const own = values + (s << 6);
      const old0 = v128.load(own);
      const old1 = v128.load(own, 16);
      const old2 = v128.load(own, 32);
      const old3 = v128.load(own, 48);
      best0 = f64x2.add(v128.load(reward), f64x2.mul(g, best0));
      best1 = f64x2.add(v128.load(reward, 16), f64x2.mul(g, best1));
      best2 = f64x2.add(v128.load(reward, 32), f64x2.mul(g, best2));
      best3 = f64x2.add(v128.load(reward, 48), f64x2.mul(g, best3));
      changed = v128.or(
        changed,
        v128.or(
          v128.or(f64x2.lt(old0, best0), f64x2.lt(old1, best1)),
          v128.or(f64x2.lt(old2, best2), f64x2.lt(old3, best3)),
        ),
      );
      v128.store(own, f64x2.pmax(old0, best0));
      v128.store(own, f64x2.pmax(old1, best1), 16);
      v128.store(own, f64x2.pmax(old2, best2), 32);
      v128.store(own, f64x2.pmax(old3, best3), 48);
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
