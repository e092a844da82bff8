// AssemblyScript. Control variates and averages over sets of states, for eight reward functions at once.
// solve/kernel/reduce-reference.ts is the readable reference, equal bit for bit.

/**
 * The discounted maxima of solve/kernel/reach.ts, `to`, by way of `values`, in sweeps through the states by turns in both
 * directions until one changes nothing.
 *
 * @param ptr        i32 (S + 1) into `neighbour`, byte offsets of rows; every state has a neighbour
 * @returns sweeps
 */
export function reach(
  stateCount: i32,
  ptr: usize,
  neighbour: usize,
  rewards: usize,
  values: usize,
  to: usize,
  floor: f64,
  factor: f64,
): i32 {
  const low = f64x2.splat(floor);
  const f = f64x2.splat(factor);
  for (let at: usize = 0; at < <usize>stateCount << 6; at += 16) {
    const above = f64x2.sub(v128.load(rewards + at), low);
    v128.store(values + at, f64x2.pmax(f64x2.splat(0), above));
  }
  let step = 1;
  let sweeps = 0;
  let isChanging = true;
  while (isChanging) {
    let changed = i64x2.splat(0);
    for (let i = 0, s = step > 0 ? 0 : stateCount - 1; i < stateCount; i++, s += step) {
      const listed = ptr + (<usize>s << 2);
      const end = load<i32>(listed, 4);
      let k = load<i32>(listed);
      let row = values + <usize>load<i32>(neighbour + (<usize>k << 2));
      let most0 = v128.load(row);
      let most1 = v128.load(row, 16);
      let most2 = v128.load(row, 32);
      let most3 = v128.load(row, 48);
      for (k++; k < end; k++) {
        row = values + <usize>load<i32>(neighbour + (<usize>k << 2));
        most0 = f64x2.pmax(most0, v128.load(row));
        most1 = f64x2.pmax(most1, v128.load(row, 16));
        most2 = f64x2.pmax(most2, v128.load(row, 32));
        most3 = f64x2.pmax(most3, v128.load(row, 48));
      }
      const found = to + (<usize>s << 6);
      v128.store(found, most0);
      v128.store(found, most1, 16);
      v128.store(found, most2, 32);
      v128.store(found, most3, 48);
      const own = values + (<usize>s << 6);
      changed = v128.or(changed, raise(own, f64x2.mul(f, most0)));
      changed = v128.or(changed, raise(own + 16, f64x2.mul(f, most1)));
      changed = v128.or(changed, raise(own + 32, f64x2.mul(f, most2)));
      changed = v128.or(changed, raise(own + 48, f64x2.mul(f, most3)));
    }
    isChanging = v128.any_true(changed);
    step = -step;
    sweeps++;
  }
  return sweeps;
}

/** Raises what stands at an address to another value where that is greater. @returns ones where it was */
// @ts-ignore: decorator
@inline
function raise(at: usize, value: v128): v128 {
  const old = v128.load(at);
  v128.store(at, f64x2.pmax(old, value));
  return f64x2.gt(value, old);
}

/** best(s) −= coefficient(s)·(control(s) − mean(s)). */
export function adjust(
  stateCount: i32,
  coefficient: usize,
  mean: usize,
  control: usize,
  best: usize,
): void {
  for (let s = 0; s < stateCount; s++) {
    const factor = load<f64>(coefficient + (<usize>s << 3));
    if (factor === 0) continue;
    const f = f64x2.splat(factor);
    const m = v128.load_splat<f64>(mean + (<usize>s << 3));
    for (let at: usize = <usize>s << 6; at < <usize>(s + 1) << 6; at += 16) {
      const less = f64x2.mul(f, f64x2.sub(v128.load(control + at), m));
      v128.store(best + at, f64x2.sub(v128.load(best + at), less));
    }
  }
}

/** to(o) = the mean of from(s) over the members s of set o. @param member byte offsets of rows, set by set */
export function average(sets: i32, ptr: usize, member: usize, from: usize, to: usize): void {
  let k = 0;
  for (let o = 0; o < sets; o++) {
    const end = load<i32>(ptr + (<usize>o << 2), 4);
    const size = f64x2.splat(<f64>(end - k));
    let sum0 = f64x2.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (; k < end; k++) {
      const row = from + <usize>load<i32>(member + (<usize>k << 2));
      sum0 = f64x2.add(sum0, v128.load(row));
      sum1 = f64x2.add(sum1, v128.load(row, 16));
      sum2 = f64x2.add(sum2, v128.load(row, 32));
      sum3 = f64x2.add(sum3, v128.load(row, 48));
    }
    const at = to + (<usize>o << 6);
    v128.store(at, f64x2.div(sum0, size));
    v128.store(at, f64x2.div(sum1, size), 16);
    v128.store(at, f64x2.div(sum2, size), 32);
    v128.store(at, f64x2.div(sum3, size), 48);
  }
}

/** Eight bits as eight bytes. */
// @ts-ignore: decorator
@inline
function bytesOf(bits: i32): u64 {
  const low = <u64>(bits & 127) * 0x02040810204081;
  return (low & 0x01010101010101) | ((<u64>(bits & 128)) << 49);
}

/**
 * histogram[first(o) + n] += columns in which n rows of set o are near the best.
 *
 * @param ptr      i32 (sets + 1) into `rows`: places in `near`
 * @param first    i32 (sets)
 * @param columns  bits of the columns that count
 */
export function tallySets(
  sets: i32,
  ptr: usize,
  rows: usize,
  first: usize,
  histogram: usize,
  near: usize,
  columns: i32,
): void {
  let k = 0;
  for (let o = 0; o < sets; o++) {
    const end = load<i32>(ptr + (<usize>o << 2), 4);
    const from = histogram + (<usize>load<i32>(first + (<usize>o << 2)) << 2);
    let n0 = i32x4.splat(0);
    let n4 = i32x4.splat(0);
    while (k < end) {
      // Bytes hold 255 rows.
      const stop = min(end, k + 255);
      let bytes: u64 = 0;
      for (; k < stop; k++) {
        const row = load<i32>(rows + (<usize>k << 2));
        bytes += bytesOf(load<i32>(near + (<usize>row << 2)) & 255);
      }
      const words = i16x8.extend_low_i8x16_u(i64x2.splat(bytes));
      n0 = i32x4.add(n0, i32x4.extend_low_i16x8_u(words));
      n4 = i32x4.add(n4, i32x4.extend_high_i16x8_u(words));
    }
    if (columns & 1) count(from, i32x4.extract_lane(n0, 0));
    if (columns & 2) count(from, i32x4.extract_lane(n0, 1));
    if (columns & 4) count(from, i32x4.extract_lane(n0, 2));
    if (columns & 8) count(from, i32x4.extract_lane(n0, 3));
    if (columns & 16) count(from, i32x4.extract_lane(n4, 0));
    if (columns & 32) count(from, i32x4.extract_lane(n4, 1));
    if (columns & 64) count(from, i32x4.extract_lane(n4, 2));
    if (columns & 128) count(from, i32x4.extract_lane(n4, 3));
  }
}

// @ts-ignore: decorator
@inline
function count(from: usize, n: i32): void {
  const at = from + (<usize>n << 2);
  store<i32>(at, load<i32>(at) + 1);
}
