// AssemblyScript. Philox4x32-10, randomised Sobol points and uniform laws for eight samples at once; rewards/philox.ts,
// rewards/sobol/scrambled-points.ts and rewards/kinds/uniform.ts are the readable reference, equal bit for bit.

const MULTIPLIER_0: i32 = 0xd2511f53;
const MULTIPLIER_1: i32 = 0xcd9e8d57;
const WEYL_0: i32 = 0x9e3779b9;
const WEYL_1: i32 = 0xbb67ae85;

/** The upper words of the four products a·b. */
// @ts-ignore: decorator
@inline
function highWords(a: v128, b: v128): v128 {
  const low = i64x2.extmul_low_i32x4_u(a, b);
  const high = i64x2.extmul_high_i32x4_u(a, b);
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

/** openUniform of two samples: their upper and lower words stand in words 0 and 1 of each argument. */
// @ts-ignore: decorator
@inline
function openUniforms(upper: v128, lower: v128): v128 {
  const high = f64x2.convert_low_i32x4_u(i32x4.shr_u(upper, 5));
  const low = f64x2.convert_low_i32x4_u(i32x4.shr_u(lower, 6));
  const k = f64x2.add(f64x2.mul(high, f64x2.splat(67108864.0)), low);
  const below = f64x2.lt(k, f64x2.splat(4503599627370496.0));
  const middle = v128.and(below, f64x2.splat(0.5));
  return f64x2.mul(f64x2.add(k, middle), f64x2.splat(1.1102230246251565e-16));
}

/** Two samples of one state: low + width·u, at most high. */
// @ts-ignore: decorator
@inline
function put(into: usize, law: usize, upper: v128, lower: v128): void {
  const u = openUniforms(upper, lower);
  const value = f64x2.add(v128.load_splat<f64>(law), f64x2.mul(v128.load_splat<f64>(law + 8), u));
  v128.store(into, f64x2.pmin(value, v128.load_splat<f64>(law + 16)));
}

/**
 * Rewards of eight samples, the first of which is a multiple of 8. `laws` has (low, width, high) of each state and, like
 * `rewards`, room for an even number of states.
 */
export function draw(
  stateCount: i32,
  laws: usize,
  rewards: usize,
  firstLow: i32,
  firstHigh: i32,
  keyLow: i32,
  keyHigh: i32,
  purpose: i32,
): void {
  for (let s = 0; s < stateCount; s += 2) {
    const law = laws + <usize>s * 24;
    for (let half: usize = 0; half < 2; half++) {
      let x0 = i32x4.add(i32x4.splat(firstLow + 4 * <i32>half), i32x4(0, 1, 2, 3));
      let x1 = i32x4.splat(firstHigh);
      let x2 = i32x4.splat(s >> 1);
      let x3 = i32x4.splat(purpose);
      let k0 = keyLow;
      let k1 = keyHigh;
      for (let round = 0; round < 10; round++) {
        const m0 = i32x4.splat(MULTIPLIER_0);
        const m1 = i32x4.splat(MULTIPLIER_1);
        const high0 = highWords(m0, x0);
        const high1 = highWords(m1, x2);
        const low0 = i32x4.mul(m0, x0);
        const low1 = i32x4.mul(m1, x2);
        x0 = v128.xor(v128.xor(high1, x1), i32x4.splat(k0));
        x1 = low1;
        x2 = v128.xor(v128.xor(high0, x3), i32x4.splat(k1));
        x3 = low0;
        k0 += WEYL_0;
        k1 += WEYL_1;
      }
      const into = rewards + (<usize>s << 6) + (half << 5);
      put(into, law, x0, x1);
      put(into + 16, law, v128.shuffle<i64>(x0, x0, 1, 1), v128.shuffle<i64>(x1, x1, 1, 1));
      put(into + 64, law + 24, x2, x3);
      put(into + 80, law + 24, v128.shuffle<i64>(x2, x2, 1, 1), v128.shuffle<i64>(x3, x3, 1, 1));
    }
  }
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
    put(into, law, upper0, lower0);
    put(into + 16, law, v128.shuffle<i64>(upper0, upper0, 1, 1), v128.shuffle<i64>(lower0, lower0, 1, 1));
    put(into + 32, law, upper4, lower4);
    put(into + 48, law, v128.shuffle<i64>(upper4, upper4, 1, 1), v128.shuffle<i64>(lower4, lower4, 1, 1));
  }
}
