import { openUniform, type PhiloxKey, philox4x32 } from '../philox.js';
import type { SobolTables } from '../source.js';
import { directionNumbers } from './direction-numbers.js';

/** Direction numbers of one randomised dimension, in 64 binary digits, and its shift. */
interface ScrambledDimension {
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly shiftHigh: number;
  readonly shiftLow: number;
  readonly jitter: number;
}

/** Words of Philox for two columns of a matrix are at counters 0 … 15 of the dimension; its shift is at this one. */
const SHIFT_COUNTER = 16;
/** Of the first dimension of a block: the order of its points is at this counter and those after it. */
const ORDER_COUNTER = 17;
/** Dimensions that have their points in one order. In the table's projections up to this one, few pairs are bad. */
const BLOCK = 64;

/**
 * Random linear scrambling with a digital shift (J. Matoušek, "On the L2-discrepancy for anchored boxes", J. Complexity 14
 * (1998), 527-556): the binary digits of a coordinate are multiplied by a random lower triangular matrix with ones on its
 * diagonal, and random digits are added, all modulo 2. Here the matrix has 64 rows, so that every digit a double can hold
 * is random: each point by itself is exactly uniform. A (t,m,s)-net stays one. The variance of a mean is that of nested
 * uniform (Owen) scrambling (A. B. Owen, "Variance with alternative scramblings of digital nets", ACM TOMACS 13 (2003),
 * 363-378), at the cost of two XORs a coordinate.
 *
 * Nets are good in few dimensions; among thousands some pairs are filled far worse than by independent points. So every
 * block of dimensions after the first takes its points in a random order of its own (Latin supercube sampling: A. B. Owen,
 * ACM TOMACS 8 (1998), 71-102), a linear one: the binary digits of the index are multiplied by a random invertible matrix.
 * Two indices that differ become any two that differ, so that coordinates of two blocks pair as in a random order.
 */
function scrambler(
  key: PhiloxKey,
  purpose: number,
  digits: number,
): (set: number, dimension: number) => ScrambledDimension {
  const words = new Uint32Array(4);
  let keptSet = -1;
  let keptBlock = -1;
  let order = new Uint32Array(0);
  const orderOf = (set: number, block: number): Uint32Array => {
    if (set !== keptSet || block !== keptBlock) {
      order = invertibleMatrix(digits, (n) => {
        philox4x32(set, ORDER_COUNTER + n, block * BLOCK, purpose, key, words);
        return words;
      });
      [keptSet, keptBlock] = [set, block];
    }
    return order;
  };
  return (set, dimension) => {
    let numbers = directionNumbers(dimension, digits);
    const block = Math.floor(dimension / BLOCK);
    if (block > 0) numbers = orderOf(set, block).map((column) => combined(numbers, column));
    const draw = (counter: number): void => philox4x32(set, counter, dimension, purpose, key, words);
    const columnHigh = new Uint32Array(digits);
    const columnLow = new Uint32Array(digits);
    for (let c = 0; c < digits; c++) {
      if (c % 2 === 0) draw(c / 2);
      const word = 2 * (c % 2);
      // One on the diagonal, nothing above it.
      columnHigh[c] = (words[word] & (2 ** (31 - c) - 1)) | (2 ** (31 - c));
      columnLow[c] = words[word + 1];
    }
    const high = new Int32Array(digits);
    const low = new Int32Array(digits);
    for (let k = 0; k < digits; k++) {
      for (let c = 0; c < digits; c++) {
        if (((numbers[k] >>> (31 - c)) & 1) === 0) continue;
        high[k] ^= columnHigh[c];
        low[k] ^= columnLow[c];
      }
    }
    draw(SHIFT_COUNTER);
    return { high, low, shiftHigh: words[0] | 0, shiftLow: words[1] | 0, jitter: words[2] | 0 };
  };
}

/** The XOR of the numbers whose bits are set. */
function combined(numbers: Uint32Array, bits: number): number {
  let sum = 0;
  for (let rest = bits, k = 0; rest !== 0; rest >>>= 1, k++) if ((rest & 1) === 1) sum ^= numbers[k];
  return sum;
}

/**
 * Uint32 (digits): the columns of a random matrix modulo 2, each of all invertible ones as likely as another: columns that
 * depend on those before them are drawn again.
 *
 * @param draw  four random words for n = 0, 1, …
 */
function invertibleMatrix(digits: number, draw: (n: number) => Uint32Array): Uint32Array<ArrayBuffer> {
  const columns = new Uint32Array(digits);
  // Each with a leading bit that the reduced ones after it do not have.
  const reduced: number[] = [];
  for (let n = 0; reduced.length < digits; n++) {
    for (const word of draw(n)) {
      if (reduced.length === digits) break;
      const column = word >>> (32 - digits);
      const rest = reduced.reduce((left, one) => Math.min(left, left ^ one), column);
      if (rest === 0) continue;
      columns[reduced.length] = column;
      reduced.push(rest);
    }
  }
  return columns;
}

/**
 * A function that writes one coordinate of samples first, first+1, …: point i mod n of the randomised Sobol set ⌊i/n⌋, for
 * n = 2^log2Size, in the order of the Gray code. A pure function of key, dimension and sample; sets are independent.
 *
 * @param purpose   of the random numbers (philox.ts)
 * @param log2Size  0 … 31
 */
export function sobolFiller(
  key: PhiloxKey,
  purpose: number,
  log2Size: number,
): (dimension: number, first: number, out: Float64Array) => void {
  const size = 2 ** log2Size;
  const scramble = scrambler(key, purpose, log2Size);
  let keptSet = -1;
  const kept = new Map<number, ScrambledDimension>();
  const scrambled = (set: number, dimension: number): ScrambledDimension => {
    if (set !== keptSet) kept.clear();
    keptSet = set;
    const known = kept.get(dimension);
    if (known !== undefined) return known;
    const fresh = scramble(set, dimension);
    kept.set(dimension, fresh);
    return fresh;
  };
  return (dimension, first, out) => {
    for (let done = 0; done < out.length; ) {
      const index = (first + done) % size;
      const set = (first + done - index) / size;
      const end = Math.min(out.length, done + size - index);
      writePoints(scrambled(set, dimension), log2Size, index, out.subarray(done, end));
      done = end;
    }
  };
}

/** 32-bit words of a dimension in a table. */
const TABLE_WORDS = 68;

/**
 * The tables that the points of sobolFiller are made from, for drawing them elsewhere (source.ts, SobolTables).
 * @param dimensions  of each coordinate; −1 for those that are not random
 */
export function sobolTables(
  key: PhiloxKey,
  purpose: number,
  log2Size: number,
  dimensions: Int32Array,
): SobolTables {
  const scramble = scrambler(key, purpose, log2Size);
  return {
    log2Size,
    write(set, tables) {
      dimensions.forEach((dimension, coordinate) => {
        if (dimension < 0) return;
        const { high, low, shiftHigh, shiftLow, jitter } = scramble(set, dimension);
        const at = TABLE_WORDS * coordinate;
        for (let k = 0; k < log2Size; k++) {
          tables[at + 2 * k] = low[k];
          tables[at + 2 * k + 1] = high[k];
        }
        tables[at + 64] = shiftLow;
        tables[at + 65] = shiftHigh;
        tables[at + 66] = jitter;
      });
    },
  };
}

/** The coordinates of points index, index+1, … of one set of 2^log2Size points. */
function writePoints(
  { high, low, shiftHigh, shiftLow, jitter }: ScrambledDimension,
  log2Size: number,
  index: number,
  out: Float64Array,
): void {
  let x = shiftHigh;
  let y = shiftLow;
  for (let gray = index ^ (index >>> 1), k = 0; gray !== 0; gray >>>= 1, k++) {
    if ((gray & 1) === 0) continue;
    x ^= high[k];
    y ^= low[k];
  }
  for (let b = 0; ; ) {
    out[b] = openUniform(x ^ (mixed(jitter, index + b) >>> log2Size), y);
    b++;
    if (b === out.length) return;
    // The Gray code of the next index differs in the bit that is its lowest set one.
    const next = index + b;
    const k = 31 - Math.clz32(next & -next);
    x ^= high[k];
    y ^= low[k];
  }
}

/** 32 bits from a key and a number, by the mixing function of MurmurHash3 (A. Appleby, public domain) on a Weyl sequence. */
function mixed(key: number, index: number): number {
  let h = (key + Math.imul(index, 0x9e3779b9)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
