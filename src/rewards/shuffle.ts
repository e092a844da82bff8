import { type PhiloxKey, Purpose, philox4x32 } from './philox.js';

const WORD = 0x100000000;

/**
 * The permutation of 0 … size−1 that belongs to one sample, uniform over all of them: Fisher & Yates's shuffle (Durstenfeld
 * 1964) on Philox words of the sample's own counters, each turned into an unbiased integer by Lemire's method ("Fast random
 * integer generation in an interval", ACM TOMACS 29 (2019), algorithm 5).
 */
export function permutation(key: PhiloxKey, sample: number, size: number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  const words = new Uint32Array(4);
  let used = 4;
  let block = 0;
  const nextWord = (): number => {
    if (used === 4) {
      philox4x32(sample, Math.floor(sample / WORD), block++, Purpose.shuffle, key, words);
      used = 0;
    }
    return words[used++];
  };
  for (let last = size - 1; last > 0; last--) {
    const other = below(last + 1, nextWord);
    const moved = order[last];
    order[last] = order[other];
    order[other] = moved;
  }
  return order;
}

/** An integer from 0 to range − 1, each equally likely, for range ≤ 2²¹: then word·range is an exact double. */
function below(range: number, nextWord: () => number): number {
  const surplus = WORD % range;
  for (;;) {
    const product = nextWord() * range;
    const high = Math.floor(product / WORD);
    // The lowest `surplus` of the low words would make some integers more likely.
    if (product - high * WORD >= surplus) return high;
  }
}
