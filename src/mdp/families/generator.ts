/** A small seeded source of integers for making models; reward samples come from src/rewards. */
export interface IntegerGenerator {
  /** Uniform in 0 … bound−1, without bias. 1 ≤ bound ≤ 2³². */
  below(bound: number): number;
  /** `count` distinct integers of 0 … bound−1, ascending; every such set is equally likely. count ≤ bound. */
  distinctBelow(count: number, bound: number): number[];
}

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47), all in 32-bit
 * operations. A state of four 32-bit words, not all 0; each call returns the next 32-bit output.
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/**
 * The generator of a seed: the four words are the hashes of seed + 1, … , seed + 4 times the golden ratio, by the finaliser
 * of MurmurHash3 (Appleby 2011, public domain).
 * @param seed  an integer, 0 ≤ seed < 2³²
 */
export function integerGenerator(seed: number): IntegerGenerator {
  const word = (i: number): number => finaliser((seed + Math.imul(i, 0x9e37_79b9)) | 0);
  const next = xoshiro128([word(1), word(2), word(3), word(4)]);
  const below = (bound: number): number => {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const value = next();
      if (value < limit) return value % bound;
    }
  };
  const distinctBelow = (count: number, bound: number): number[] => {
    // Floyd's method (Bentley & Floyd 1987): one draw for each element, whatever the bound is.
    const chosen = new Set<number>();
    for (let top = bound - count; top < bound; top++) {
      const value = below(top + 1);
      chosen.add(chosen.has(value) ? top : value);
    }
    return [...chosen].sort((x, y) => x - y);
  };
  return { below, distinctBelow };
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

function finaliser(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) | 0;
}
