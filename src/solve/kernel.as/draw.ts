// AssemblyScript. Philox4x32-10, randomised Sobol points and uniform laws for eight samples at once; rewards/philox.ts,
// rewards/sobol/scrambled-points.ts and rewards/kinds/uniform.ts are the readable reference, equal bit for bit.
//
// In Philox a vector x has the words 0 and 2 of the counters of two samples, (0, 0, 2, 2), and y their words 1 and 3,
// (1, 1, 3, 3), so that both products of a round stand where the next one wants them.

const MULTIPLIER_0: i32 = 0xd2511f53;
const MULTIPLIER_1: i32 = 0xcd9e8d57;
const WEYL_0: i32 = 0x9e3779b9;
const WEYL_1: i32 = 0xbb67ae85;

/** (a, a, b, b) */
// @ts-ignore: decorator
@inline
function twice(a: i32, b: i32): v128 {
  return i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(b), 0, a), 1, a);
}

/** The 64-bit products of the words 0 and 1, and of the words 2 and 3. */
// @ts-ignore: decorator
@inline
function lows(x: v128, m: v128): v128 {
  return i64x2.extmul_low_i32x4_u(x, m);
}
// @ts-ignore: decorator
@inline
function highs(x: v128, m: v128): v128 {
  return i64x2.extmul_high_i32x4_u(x, m);
}

/** The x of the next round: upper words of the products, exchanged, xor y, xor key. */
// @ts-ignore: decorator
@inline
function nextX(low: v128, high: v128, y: v128, key: v128): v128 {
  return v128.xor(v128.shuffle<i32>(high, low, 1, 3, 5, 7), v128.xor(y, key));
}

/** The y of the next round: lower words of the products, exchanged. */
// @ts-ignore: decorator
@inline
function nextY(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(high, low, 0, 2, 4, 6);
}

/** openUniform of two samples: their upper and lower words stand in words 0 and 1 of each argument. */
// @ts-ignore: decorator
@inline
function openUniforms(upper: v128, lower: v128): v128 {
  const high = f64x2.convert_low_i32x4_s(i32x4.shr_u(upper, 5));
  const low = f64x2.convert_low_i32x4_s(i32x4.shr_u(lower, 6));
  const k = f64x2.add(f64x2.mul(high, f64x2.splat(67108864.0)), low);
  const below = f64x2.lt(k, f64x2.splat(4503599627370496.0));
  const middle = v128.and(below, f64x2.splat(0.5));
  return f64x2.mul(f64x2.add(k, middle), f64x2.splat(1.1102230246251565e-16));
}

/** Two samples of one state: low + width·u, at most high; u itself if `isUnit`. */
// @ts-ignore: decorator
@inline
function put(isUnit: boolean, into: usize, law: usize, upper: v128, lower: v128): void {
  const u = openUniforms(upper, lower);
  if (isUnit) {
    v128.store(into, u);
    return;
  }
  const value = f64x2.add(v128.load_splat<f64>(law), f64x2.mul(v128.load_splat<f64>(law, 8), u));
  v128.store(into, f64x2.pmin(value, v128.load_splat<f64>(law, 16)));
}

/** Two samples of two neighbouring states, from the words of the samples' counters. */
// @ts-ignore: decorator
@inline
function putPair(isUnit: boolean, into: usize, law: usize, x: v128, y: v128): void {
  put(isUnit, into, law, x, y);
  put(isUnit, into + 64, law + 24, v128.shuffle<i64>(x, x, 1, 1), v128.shuffle<i64>(y, y, 1, 1));
}

/**
 * Rewards of eight samples, the first of which is a multiple of 8. `laws` has (low, width, high) of each state and, like
 * `rewards`, room for an even number of states; `start` is scratch of 128 bytes.
 *
 * The number of a pair of states is word 2 of a counter. In the first two rounds it meets the other words by xor alone, so
 * they are done once, for pair 0, and what another pair changes is xored in: a = M1·pair is in words 0 and 1 after the
 * first round; after the second its lower word is in word 0, and b = M0·(upper word of a xor word 0 of pair 0) in words 2, 3.
 */
// @ts-ignore: decorator
@inline
function drawRows(
  isUnit: boolean,
  stateCount: i32,
  start: usize,
  laws: usize,
  rewards: usize,
  firstLow: i32,
  firstHigh: i32,
  keyLow: i32,
  keyHigh: i32,
  purpose: i32,
): void {
  const m = twice(MULTIPLIER_0, MULTIPLIER_1);
  const weyl = twice(WEYL_0, WEYL_1);
  const key1 = twice(keyLow, keyHigh);
  const key2 = i32x4.add(key1, weyl);
  const key3 = i32x4.add(key2, weyl);
  const y = twice(firstHigh, purpose);
  const two = twice(2, 0);
  let x = i32x4.replace_lane(twice(firstLow, 0), 1, firstLow + 1);
  for (let at = start; at < start + 128; at += 32) {
    const low = lows(x, m);
    const high = highs(x, m);
    const x1 = nextX(low, high, y, key1);
    const low1 = lows(x1, m);
    const high1 = highs(x1, m);
    v128.store(at, nextX(low1, high1, nextY(low, high), key2));
    v128.store(at, nextY(low1, high1), 16);
    x = i32x4.add(x, two);
  }
  const word0 = firstHigh ^ keyLow;
  const ofPairZero = <u64>(<u32>word0) * <u64>(<u32>MULTIPLIER_0);
  for (let s = 0; s < stateCount; s += 2) {
    const a = <u64>(<u32>(s >> 1)) * <u64>(<u32>MULTIPLIER_1);
    const b = (<u64>(<u32>(a >> 32) ^ <u32>word0) * <u64>(<u32>MULTIPLIER_0)) ^ ofPairZero;
    const changeX = twice(<i32>a, <i32>(b >> 32));
    const changeY = twice(0, <i32>b);
    let x0 = v128.xor(v128.load(start), changeX);
    let x1 = v128.xor(v128.load(start, 32), changeX);
    let x2 = v128.xor(v128.load(start, 64), changeX);
    let x3 = v128.xor(v128.load(start, 96), changeX);
    let y0 = v128.xor(v128.load(start, 16), changeY);
    let y1 = v128.xor(v128.load(start, 48), changeY);
    let y2 = v128.xor(v128.load(start, 80), changeY);
    let y3 = v128.xor(v128.load(start, 112), changeY);
    let key = key3;
    for (let round = 2; round < 10; round++) {
      let low = lows(x0, m);
      let high = highs(x0, m);
      x0 = nextX(low, high, y0, key);
      y0 = nextY(low, high);
      low = lows(x1, m);
      high = highs(x1, m);
      x1 = nextX(low, high, y1, key);
      y1 = nextY(low, high);
      low = lows(x2, m);
      high = highs(x2, m);
      x2 = nextX(low, high, y2, key);
      y2 = nextY(low, high);
      low = lows(x3, m);
      high = highs(x3, m);
      x3 = nextX(low, high, y3, key);
      y3 = nextY(low, high);
      key = i32x4.add(key, weyl);
    }
    const law = laws + <usize>s * 24;
    const into = rewards + (<usize>s << 6);
    putPair(isUnit, into, law, x0, y0);
    putPair(isUnit, into + 16, law, x1, y1);
    putPair(isUnit, into + 32, law, x2, y2);
    putPair(isUnit, into + 48, law, x3, y3);
  }
}

export function draw(
  stateCount: i32,
  start: usize,
  laws: usize,
  rewards: usize,
  firstLow: i32,
  firstHigh: i32,
  keyLow: i32,
  keyHigh: i32,
  purpose: i32,
): void {
  drawRows(false, stateCount, start, laws, rewards, firstLow, firstHigh, keyLow, keyHigh, purpose);
}

/** Of the law uniform on (0, 1), which needs no arithmetic. */
export function drawUnit(
  stateCount: i32,
  start: usize,
  rewards: usize,
  firstLow: i32,
  firstHigh: i32,
  keyLow: i32,
  keyHigh: i32,
  purpose: i32,
): void {
  drawRows(true, stateCount, start, 0, rewards, firstLow, firstHigh, keyLow, keyHigh, purpose);
}

/** 32 bits of four points from a key and their numbers, `mixed` of rewards/sobol/scrambled-points.ts. */
// @ts-ignore: decorator
@inline
function mixed(key: i32, index: i32): v128 {
  const number = i32x4.mul(i32x4.add(i32x4.splat(index), i32x4(0, 1, 2, 3)), i32x4.splat(WEYL_0));
  let h = i32x4.add(i32x4.splat(key), number);
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/**
 * Rewards of the points index … index+7 of a randomised Sobol set of 2^log2Size ≥ 8 points, `index` a multiple of 8. The
 * Gray code is linear over XOR, so the points of a group differ by the same combinations of three direction numbers.
 *
 * @param table  272 bytes a state: 32 direction numbers and a shift of 64 binary digits each, the key of the jitter
 */
export function drawSobol(
  stateCount: i32,
  laws: usize,
  rewards: usize,
  table: usize,
  index: i32,
  log2Size: i32,
): void {
  const code = index ^ (index >>> 1);
  for (let s = 0; s < stateCount; s++) {
    const numbers = table + <usize>s * 272;
    let base = load<i64>(numbers, 256);
    for (let gray = code, at = numbers; gray !== 0; gray >>>= 1, at += 8) {
      base ^= load<i64>(at) & -(<i64>(gray & 1));
    }
    const v0 = load<i64>(numbers);
    const v1 = load<i64>(numbers, 8);
    const v2 = load<i64>(numbers, 16);
    const odd = i64x2.replace_lane(i64x2.splat(0), 1, v0);
    const point0 = v128.xor(i64x2.splat(base), odd);
    const point2 = v128.xor(i64x2.splat(base ^ v0 ^ v1), odd);
    const point4 = v128.xor(i64x2.splat(base ^ v1 ^ v2), odd);
    const point6 = v128.xor(i64x2.splat(base ^ v0 ^ v2), odd);
    const jitter = load<i32>(numbers, 264);
    const upper0 = v128.xor(
      v128.shuffle<i32>(point0, point2, 1, 3, 5, 7),
      i32x4.shr_u(mixed(jitter, index), log2Size),
    );
    const upper4 = v128.xor(
      v128.shuffle<i32>(point4, point6, 1, 3, 5, 7),
      i32x4.shr_u(mixed(jitter, index + 4), log2Size),
    );
    const lower0 = v128.shuffle<i32>(point0, point2, 0, 2, 4, 6);
    const lower4 = v128.shuffle<i32>(point4, point6, 0, 2, 4, 6);
    const law = laws + <usize>s * 24;
    const into = rewards + (<usize>s << 6);
    put(false, into, law, upper0, lower0);
    put(false, into + 16, law, v128.shuffle<i64>(upper0, upper0, 1, 1), v128.shuffle<i64>(lower0, lower0, 1, 1));
    put(false, into + 32, law, upper4, lower4);
    put(false, into + 48, law, v128.shuffle<i64>(upper4, upper4, 1, 1), v128.shuffle<i64>(lower4, lower4, 1, 1));
  }
}
