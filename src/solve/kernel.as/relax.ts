// AssemblyScript. Gauss–Seidel sweeps without self-loops, and their extrapolation, for eight reward functions at once.
// solve/kernel/relax-reference.ts is the readable reference, equal bit for bit.

/**
 * V(s) += max_r scale(r)·(R(s) + gamma·P_r V − V(s)), in place, of one state; `changes` (8) keeps the greatest |change|.
 *
 * @param state  i32 (S + 1) into `rowPtr`: address of the state's entry
 * @param scale  f64, one for each row: 1/(1 − gamma·probability of the state itself)
 * @param own    address of the state's row in `values`, `reward` in `rewards`
 */
// @ts-ignore: decorator
@inline
function relaxState(
  state: usize,
  rowPtr: usize,
  successor: usize,
  probability: usize,
  scale: usize,
  reward: usize,
  own: usize,
  values: usize,
  changes: usize,
  g: v128,
): void {
  const v0 = v128.load(own);
  const v1 = v128.load(own, 16);
  const v2 = v128.load(own, 32);
  const v3 = v128.load(own, 48);
  const base0 = f64x2.sub(v128.load(reward), v0);
  const base1 = f64x2.sub(v128.load(reward, 16), v1);
  const base2 = f64x2.sub(v128.load(reward, 32), v2);
  const base3 = f64x2.sub(v128.load(reward, 48), v3);
  let best0 = f64x2.splat(-Infinity);
  let best1 = best0;
  let best2 = best0;
  let best3 = best0;
  const last = load<i32>(state, 4);
  for (let r = load<i32>(state); r < last; r++) {
    const k = <usize>load<i32>(rowPtr + (<usize>r << 2));
    let at = successor + (k << 2);
    let weight = probability + (k << 3);
    const end = successor + (<usize>load<i32>(rowPtr + (<usize>r << 2), 4) << 2);
    let p = v128.load_splat<f64>(weight);
    let from = values + <usize>load<i32>(at);
    let sum0 = f64x2.mul(p, v128.load(from));
    let sum1 = f64x2.mul(p, v128.load(from, 16));
    let sum2 = f64x2.mul(p, v128.load(from, 32));
    let sum3 = f64x2.mul(p, v128.load(from, 48));
    for (at += 4, weight += 8; at < end; at += 4, weight += 8) {
      p = v128.load_splat<f64>(weight);
      from = values + <usize>load<i32>(at);
      sum0 = f64x2.add(sum0, f64x2.mul(p, v128.load(from)));
      sum1 = f64x2.add(sum1, f64x2.mul(p, v128.load(from, 16)));
      sum2 = f64x2.add(sum2, f64x2.mul(p, v128.load(from, 32)));
      sum3 = f64x2.add(sum3, f64x2.mul(p, v128.load(from, 48)));
    }
    const c = v128.load_splat<f64>(scale + (<usize>r << 3));
    best0 = f64x2.pmax(best0, f64x2.mul(c, f64x2.add(base0, f64x2.mul(g, sum0))));
    best1 = f64x2.pmax(best1, f64x2.mul(c, f64x2.add(base1, f64x2.mul(g, sum1))));
    best2 = f64x2.pmax(best2, f64x2.mul(c, f64x2.add(base2, f64x2.mul(g, sum2))));
    best3 = f64x2.pmax(best3, f64x2.mul(c, f64x2.add(base3, f64x2.mul(g, sum3))));
  }
  v128.store(own, f64x2.add(v0, best0));
  v128.store(own, f64x2.add(v1, best1), 16);
  v128.store(own, f64x2.add(v2, best2), 32);
  v128.store(own, f64x2.add(v3, best3), 48);
  v128.store(changes, f64x2.pmax(v128.load(changes), f64x2.abs(best0)));
  v128.store(changes, f64x2.pmax(v128.load(changes, 16), f64x2.abs(best1)), 16);
  v128.store(changes, f64x2.pmax(v128.load(changes, 32), f64x2.abs(best2)), 32);
  v128.store(changes, f64x2.pmax(v128.load(changes, 48), f64x2.abs(best3)), 48);
}

/** One sweep over the states in order and one in the opposite order. @param changes  f64 (8): those of the second */
export function relax(
  stateCount: i32,
  statePtr: usize,
  rowPtr: usize,
  successor: usize,
  probability: usize,
  scale: usize,
  rewards: usize,
  values: usize,
  changes: usize,
  gamma: f64,
): void {
  const g = f64x2.splat(gamma);
  for (let s: usize = 0; s < <usize>stateCount; s++) {
    const at = s << 6;
    const state = statePtr + (s << 2);
    relaxState(state, rowPtr, successor, probability, scale, rewards + at, values + at, values, changes, g);
  }
  const zero = f64x2.splat(0);
  for (let i: usize = 0; i < 64; i += 16) v128.store(changes + i, zero);
  for (let s: usize = <usize>stateCount; s-- > 0; ) {
    const at = s << 6;
    const state = statePtr + (s << 2);
    relaxState(state, rowPtr, successor, probability, scale, rewards + at, values + at, values, changes, g);
  }
}

/**
 * difference' = V − before and before' = V, and of each column the products difference'·difference and difference·difference.
 *
 * @param products  f64 (16)
 */
export function step(
  stateCount: i32,
  values: usize,
  before: usize,
  difference: usize,
  products: usize,
): void {
  for (let lane: usize = 0; lane < 64; lane += 16) {
    let both = f64x2.splat(0);
    let last = f64x2.splat(0);
    const end = values + lane + (<usize>stateCount << 6);
    let from = before + lane;
    let change = difference + lane;
    for (let at = values + lane; at < end; at += 64, from += 64, change += 64) {
      const v = v128.load(at);
      const d = f64x2.sub(v, v128.load(from));
      const d0 = v128.load(change);
      both = f64x2.add(both, f64x2.mul(d, d0));
      last = f64x2.add(last, f64x2.mul(d0, d0));
      v128.store(change, d);
      v128.store(from, v);
    }
    v128.store(products + lane, both);
    v128.store(products + lane, last, 64);
  }
}

/** V += factors(b)·difference, and before = V. @param factors  f64 (8) */
export function extrapolate(
  stateCount: i32,
  values: usize,
  before: usize,
  difference: usize,
  factors: usize,
): void {
  const end = values + (<usize>stateCount << 6);
  for (; values < end; values += 64, before += 64, difference += 64) {
    for (let lane: usize = 0; lane < 64; lane += 16) {
      const more = f64x2.mul(v128.load(factors + lane), v128.load(difference + lane));
      const v = f64x2.add(v128.load(values + lane), more);
      v128.store(values + lane, v);
      v128.store(before + lane, v);
    }
  }
}
