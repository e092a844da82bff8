// AssemblyScript. The bulk of value iteration in single precision, eight reward functions at once: a row is half a cache
// line, 32 bytes. solve/sweep-single.ts is the readable reference, equal bit for bit. Nothing here is certified: sweeps in
// double precision take over from what it comes to.

/** Rows of doubles to rows of singles, rounded. */
export function narrow(stateCount: i32, doubles: usize, singles: usize): void {
  const end = singles + (<usize>stateCount << 5);
  for (; singles < end; singles += 16, doubles += 32) {
    const low = f32x4.demote_f64x2_zero(v128.load(doubles));
    const high = f32x4.demote_f64x2_zero(v128.load(doubles, 16));
    v128.store(singles, v128.shuffle<i64>(low, high, 0, 2));
  }
}

/** Rows of singles to rows of doubles, exactly. */
export function widen(stateCount: i32, singles: usize, doubles: usize): void {
  const end = singles + (<usize>stateCount << 5);
  for (; singles < end; singles += 16, doubles += 32) {
    const row = v128.load(singles);
    v128.store(doubles, f64x2.promote_low_f32x4(row));
    v128.store(doubles, f64x2.promote_low_f32x4(v128.shuffle<i64>(row, row, 1, 1)), 16);
  }
}

/**
 * next = R + gamma·max_a P_a h minus its row 0, and width(b) = max − min of R + gamma·max_a P_a h − h in column b.
 *
 * @param successor    i32: byte offsets of rows of doubles, twice those of singles
 * @param probability  f32, one for each transition
 * @param extent       f32 (16): the widths, and max |next| of each column
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
  let high0 = f32x4.splat(-Infinity);
  let high1 = high0;
  let reference0 = f32x4.splat(0);
  let reference1 = reference0;
  let size0 = reference0;
  let size1 = reference0;
  let r = 0;
  let k = 0;
  for (let s = 0; s < stateCount; s++) {
    const lastRow = load<i32>(statePtr + (<usize>(s + 1) << 2));
    let best0 = f32x4.splat(-Infinity);
    let best1 = best0;
    for (; r < lastRow; r++) {
      const lastTransition = load<i32>(rowPtr + (<usize>(r + 1) << 2));
      let p = v128.load_splat<f32>(probability + (<usize>k << 2));
      let from = values + (<usize>load<i32>(successor + (<usize>k << 2)) >> 1);
      let sum0 = f32x4.mul(p, v128.load(from));
      let sum1 = f32x4.mul(p, v128.load(from, 16));
      for (k++; k < lastTransition; k++) {
        p = v128.load_splat<f32>(probability + (<usize>k << 2));
        from = values + (<usize>load<i32>(successor + (<usize>k << 2)) >> 1);
        sum0 = f32x4.add(sum0, f32x4.mul(p, v128.load(from)));
        sum1 = f32x4.add(sum1, f32x4.mul(p, v128.load(from, 16)));
      }
      best0 = f32x4.pmax(best0, sum0);
      best1 = f32x4.pmax(best1, sum1);
    }
    const at = <usize>s << 5;
    best0 = f32x4.add(v128.load(rewards + at), f32x4.mul(g, best0));
    best1 = f32x4.add(v128.load(rewards + at, 16), f32x4.mul(g, best1));
    if (s === 0) {
      reference0 = best0;
      reference1 = best1;
    }
    const next0 = f32x4.sub(best0, reference0);
    const next1 = f32x4.sub(best1, reference1);
    v128.store(next + at, next0);
    v128.store(next + at, next1, 16);
    size0 = f32x4.pmax(size0, f32x4.abs(next0));
    size1 = f32x4.pmax(size1, f32x4.abs(next1));
    best0 = f32x4.sub(best0, v128.load(values + at));
    best1 = f32x4.sub(best1, v128.load(values + at, 16));
    low0 = f32x4.pmin(low0, best0);
    low1 = f32x4.pmin(low1, best1);
    high0 = f32x4.pmax(high0, best0);
    high1 = f32x4.pmax(high1, best1);
  }
  v128.store(extent, f32x4.sub(high0, low0));
  v128.store(extent, f32x4.sub(high1, low1), 16);
  v128.store(extent, size0, 32);
  v128.store(extent, size1, 48);
}
