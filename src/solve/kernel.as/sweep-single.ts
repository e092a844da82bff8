// AssemblyScript. The bulk of value iteration in single precision, sixteen reward functions at once: every state has one
// row of 64 bytes, sixteen singles, a cache line, of which `narrow` and `widen` exchange one half with eight doubles.
// solve/kernel/sweep-single.ts is the readable reference, equal bit for bit. Nothing here is certified: sweeps in double precision
// take over from what it comes to.

/** Rows of eight doubles to halves of rows of singles, rounded. @param singles  of the half */
export function narrow(stateCount: i32, doubles: usize, singles: usize): void {
  const end = singles + (<usize>stateCount << 6);
  for (; singles < end; singles += 64, doubles += 64) {
    const low0 = f32x4.demote_f64x2_zero(v128.load(doubles));
    const high0 = f32x4.demote_f64x2_zero(v128.load(doubles, 16));
    const low1 = f32x4.demote_f64x2_zero(v128.load(doubles, 32));
    const high1 = f32x4.demote_f64x2_zero(v128.load(doubles, 48));
    v128.store(singles, v128.shuffle<i64>(low0, high0, 0, 2));
    v128.store(singles, v128.shuffle<i64>(low1, high1, 0, 2), 16);
  }
}

/** Halves of rows of singles to rows of eight doubles, exactly. @param singles  of the half */
export function widen(stateCount: i32, singles: usize, doubles: usize): void {
  const end = singles + (<usize>stateCount << 6);
  for (; singles < end; singles += 64, doubles += 64) {
    const row0 = v128.load(singles);
    const row1 = v128.load(singles, 16);
    v128.store(doubles, f64x2.promote_low_f32x4(row0));
    v128.store(doubles, f64x2.promote_low_f32x4(v128.shuffle<i64>(row0, row0, 1, 1)), 16);
    v128.store(doubles, f64x2.promote_low_f32x4(row1), 32);
    v128.store(doubles, f64x2.promote_low_f32x4(v128.shuffle<i64>(row1, row1, 1, 1)), 48);
  }
}

/**
 * next = R + gamma·max_a P_a h minus its row 0, and width(b) = max − min of R + gamma·max_a P_a h − h in column b.
 *
 * @param successor    i32: byte offsets of rows, 64·t
 * @param probability  f32, one for each transition
 * @param extent       f32 (32): the widths, and max |next| of each column
 */
export function sweepSingle(
  stateCount: i32,
  statePtr: usize,
  rowPtr: usize,
  successor: usize,
  probability: usize,
  rewards: usize,
  values: usize,
  next: usize,
  extent: usize,
  gamma: f32,
): void {
  const g = f32x4.splat(gamma);
  let low0 = f32x4.splat(Infinity);
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high0 = f32x4.splat(-Infinity);
  let high1 = high0;
  let high2 = high0;
  let high3 = high0;
  let reference0 = f32x4.splat(0);
  let reference1 = reference0;
  let reference2 = reference0;
  let reference3 = reference0;
  let size0 = reference0;
  let size1 = reference0;
  let size2 = reference0;
  let size3 = reference0;
  let r = 0;
  const first = successor;
  for (let s = 0; s < stateCount; s++) {
    const lastRow = load<i32>(statePtr + (<usize>(s + 1) << 2));
    let best0 = f32x4.splat(-Infinity);
    let best1 = best0;
    let best2 = best0;
    let best3 = best0;
    for (; r < lastRow; r++) {
      const end = first + (<usize>load<i32>(rowPtr + (<usize>(r + 1) << 2)) << 2);
      let p = v128.load_splat<f32>(probability);
      let from = values + <usize>load<i32>(successor);
      let sum0 = f32x4.mul(p, v128.load(from));
      let sum1 = f32x4.mul(p, v128.load(from, 16));
      let sum2 = f32x4.mul(p, v128.load(from, 32));
      let sum3 = f32x4.mul(p, v128.load(from, 48));
      for (successor += 4, probability += 4; successor < end; successor += 4, probability += 4) {
        p = v128.load_splat<f32>(probability);
        from = values + <usize>load<i32>(successor);
        sum0 = f32x4.add(sum0, f32x4.mul(p, v128.load(from)));
        sum1 = f32x4.add(sum1, f32x4.mul(p, v128.load(from, 16)));
        sum2 = f32x4.add(sum2, f32x4.mul(p, v128.load(from, 32)));
        sum3 = f32x4.add(sum3, f32x4.mul(p, v128.load(from, 48)));
      }
      best0 = f32x4.pmax(best0, sum0);
      best1 = f32x4.pmax(best1, sum1);
      best2 = f32x4.pmax(best2, sum2);
      best3 = f32x4.pmax(best3, sum3);
    }
    const at = <usize>s << 6;
    best0 = f32x4.add(v128.load(rewards + at), f32x4.mul(g, best0));
    best1 = f32x4.add(v128.load(rewards + at, 16), f32x4.mul(g, best1));
    best2 = f32x4.add(v128.load(rewards + at, 32), f32x4.mul(g, best2));
    best3 = f32x4.add(v128.load(rewards + at, 48), f32x4.mul(g, best3));
    if (s === 0) {
      reference0 = best0;
      reference1 = best1;
      reference2 = best2;
      reference3 = best3;
    }
    const next0 = f32x4.sub(best0, reference0);
    const next1 = f32x4.sub(best1, reference1);
    const next2 = f32x4.sub(best2, reference2);
    const next3 = f32x4.sub(best3, reference3);
    v128.store(next + at, next0);
    v128.store(next + at, next1, 16);
    v128.store(next + at, next2, 32);
    v128.store(next + at, next3, 48);
    size0 = f32x4.pmax(size0, f32x4.abs(next0));
    size1 = f32x4.pmax(size1, f32x4.abs(next1));
    size2 = f32x4.pmax(size2, f32x4.abs(next2));
    size3 = f32x4.pmax(size3, f32x4.abs(next3));
    best0 = f32x4.sub(best0, v128.load(values + at));
    best1 = f32x4.sub(best1, v128.load(values + at, 16));
    best2 = f32x4.sub(best2, v128.load(values + at, 32));
    best3 = f32x4.sub(best3, v128.load(values + at, 48));
    low0 = f32x4.pmin(low0, best0);
    low1 = f32x4.pmin(low1, best1);
    low2 = f32x4.pmin(low2, best2);
    low3 = f32x4.pmin(low3, best3);
    high0 = f32x4.pmax(high0, best0);
    high1 = f32x4.pmax(high1, best1);
    high2 = f32x4.pmax(high2, best2);
    high3 = f32x4.pmax(high3, best3);
  }
  v128.store(extent, f32x4.sub(high0, low0));
  v128.store(extent, f32x4.sub(high1, low1), 16);
  v128.store(extent, f32x4.sub(high2, low2), 32);
  v128.store(extent, f32x4.sub(high3, low3), 48);
  v128.store(extent, size0, 64);
  v128.store(extent, size1, 80);
  v128.store(extent, size2, 96);
  v128.store(extent, size3, 112);
}
