import { joeKuo } from './joe-kuo.js';

/** Dimensions that have direction numbers. */
export const SOBOL_DIMENSIONS = 2048;

interface Initial {
  /** degree of the primitive polynomial */
  readonly degree: number;
  /** its inner coefficients a_1 … a_(degree−1), the first one highest */
  readonly inner: number;
  /** m_1 … m_degree */
  readonly odd: readonly number[];
}

/** Decoded up to the last dimension that was asked for. */
const decoded: Initial[] = [];
let decoding: Generator<Initial> | undefined;

/**
 * Uint32 (digits): direction numbers of one dimension, the first binary digit of a coordinate highest: coordinate of point
 * i = XOR of the numbers j for which bit j of the Gray code i ⊕ ⌊i/2⌋ is set (Antonov & Saleev 1979), over 2³². For digit
 * k ≥ degree s: V_k = V_(k−s) ⊕ V_(k−s)/2^s ⊕ a_1 V_(k−1) ⊕ … ⊕ a_(s−1) V_(k−s+1) (Joe & Kuo 2008, eq. 2).
 *
 * @param dimension  0 … SOBOL_DIMENSIONS − 1
 * @param digits     1 … 32: a sequence has 2³² points
 */
export function directionNumbers(dimension: number, digits: number): Uint32Array {
  const numbers = new Uint32Array(digits);
  if (dimension === 0) return numbers.map((_, k) => 2 ** (31 - k));
  decoding ??= initials();
  while (decoded.length < dimension) decoded.push(decoding.next().value as Initial);
  const { degree, inner, odd } = decoded[dimension - 1];
  for (let k = 0; k < digits; k++) {
    if (k < degree) {
      numbers[k] = odd[k] * 2 ** (31 - k);
      continue;
    }
    let number = numbers[k - degree] ^ (numbers[k - degree] >>> degree);
    for (let i = 1; i < degree; i++) {
      if (((inner >>> (degree - 1 - i)) & 1) === 1) number ^= numbers[k - i];
    }
    numbers[k] = number >>> 0;
  }
  return numbers;
}

/** The entries of the table, in the order of the dimensions. */
function* initials(): Generator<Initial> {
  for (const [index, [polynomials, text]] of joeKuo.entries()) {
    const degree = index + 1;
    const bytes = atob(text);
    let at = 0;
    const read = (bits: number): number => {
      let value = 0;
      for (let i = 0; i < bits; i++, at++) {
        value = 2 * value + ((bytes.charCodeAt(at >>> 3) >>> (7 - (at & 7))) & 1);
      }
      return value;
    };
    for (let polynomial = 0; polynomial < polynomials; polynomial++) {
      const inner = read(degree - 1);
      yield { degree, inner, odd: Array.from({ length: degree }, (_, k) => 2 * read(k) + 1) };
    }
  }
}
