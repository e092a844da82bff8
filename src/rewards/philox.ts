/**
 * Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC'11, section 3.3 and table 2): a counter-based generator. Its output is
 * a pure function of key and counter, so any sample can be drawn without the ones before it.
 *
 * Here key = the 64-bit seed, and counter = (sample index, low 32 bits; high bits; pair of coordinates; purpose).
 */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
/** Key increments: the golden ratio and √3 − 1, in 32 bits. */
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** A 64-bit seed as the two words of a key. */
export interface PhiloxKey {
  readonly low: number;
  readonly high: number;
}

/** What a draw is for: streams of different purposes never share a counter. Never renumber: that changes every sample. */
export const Purpose = {
  /** coordinates of a reward function: states or feature weights */
  rewards: 0,
  /** the entry of a finite list */
  list: 1,
  /** the shuffle of an orbit */
  shuffle: 2,
  /** the scrambling of Sobol points */
  scramble: 3,
  /** coordinates and scrambling in pilot runs, whose samples are part of no result */
  pilot: 4,
  pilotScramble: 5,
  /** coordinates of the independent samples that stand in where Sobol points give no interval */
  check: 6,
} as const;

/** The key of a seed. @throws {RangeError} outside 0 … 2⁶⁴ − 1 */
export function philoxKey(seed: bigint): PhiloxKey {
  if (seed < 0n || seed >= 1n << 64n)
    throw new RangeError(`a seed is an integer from 0 to 2^64 - 1, got ${seed}`);
  return { low: Number(seed & 0xffffffffn), high: Number(seed >> 32n) };
}

/** Upper 32 bits of the 64-bit product a·b of two words, through 16-bit halves so that every step is exact. */
function highWord(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // Each sum is below 2^32, so 32-bit addition loses nothing.
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const cross = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (cross >>> 16)) | 0;
}

/** Ten rounds on one counter; the four output words go to out[0 … 3]. */
export function philox4x32(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  key: PhiloxKey,
  out: Uint32Array,
): void {
  let x0 = c0 | 0;
  let x1 = c1 | 0;
  let x2 = c2 | 0;
  let x3 = c3 | 0;
  let k0 = key.low | 0;
  let k1 = key.high | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = highWord(MULTIPLIER_0, x0);
    const low0 = Math.imul(MULTIPLIER_0, x0);
    const high1 = highWord(MULTIPLIER_1, x2);
    const low1 = Math.imul(MULTIPLIER_1, x2);
    x0 = high1 ^ x1 ^ k0;
    x1 = low1;
    x2 = high0 ^ x3 ^ k1;
    x3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

const TWO_52 = 2 ** 52;
const UNIT = 2 ** -53;
const words = new Uint32Array(4);

/**
 * One of 2⁵³ equally likely doubles, all distinct and strictly between 0 and 1, from 53 random bits k: the midpoint
 * (k + 1/2)/2⁵³ below 1/2, and the lower end k/2⁵³ from 1/2 up, where the midpoint is no double and rounding it would
 * give ties and, at the top, 1. So k/2⁵³ ≤ u < (k+1)/2⁵³ always, and P(u < j/2⁵³) = j/2⁵³ exactly for every integer j.
 */
export function openUniform(highBits: number, lowBits: number): number {
  const k = (highBits >>> 5) * 0x4000000 + (lowBits >>> 6);
  return (k < TWO_52 ? k + 0.5 : k) * UNIT;
}

/**
 * Uniforms of coordinates 2·pair and 2·pair + 1 for samples first … first+count−1, to even[0 … count−1] and
 * odd[0 … count−1]; an output that is not wanted is null.
 */
export function fillUniformPair(
  key: PhiloxKey,
  purpose: number,
  pair: number,
  first: number,
  count: number,
  even: Float64Array | null,
  odd: Float64Array | null,
): void {
  for (let b = 0; b < count; b++) {
    const sample = first + b;
    philox4x32(sample, Math.floor(sample / 0x100000000), pair, purpose, key, words);
    if (even !== null) even[b] = openUniform(words[0], words[1]);
    if (odd !== null) odd[b] = openUniform(words[2], words[3]);
  }
}
