import { evaluatePolynomial, isZeroPolynomial } from '../number/polynomial.js';
import { type Ratio, subtract } from '../number/ratio.js';
import { type Enclosure, rootsBetween } from '../number/roots.js';
import { simplestFractions } from '../number/thiele.js';
import type { SymbolicPiece } from './symbolic.js';
import { symbolicPieces } from './symbolic.js';

/** Where the order of two results changes, γ ascending. */
export interface Crossing {
  /** exact if low = high */
  readonly gamma: Enclosure;
  /** which of the two is greater before and after; 0 where they are equal on an interval */
  readonly before: -1 | 0 | 1;
  readonly after: -1 | 0 | 1;
}

/**
 * The gammas in (0, 1) at which two exact results change order, such as POWER of two states or the probabilities of two
 * actions: the sign changes of their difference, which is a rational function on pieces (symbolic.ts).
 *
 * @param first, second  the exact values at a rational γ, 0 < γ < 1, both continuous
 * @throws {ExactRefusal} the difference is not found as rational functions
 */
export function crossings(first: (gamma: Ratio) => Ratio, second: (gamma: Ratio) => Ratio): Crossing[] {
  const cells = symbolicPieces((gamma) => subtract(first(gamma), second(gamma))).flatMap(cellsOf);
  const found: Crossing[] = [];
  let before = cells[0]!.sign;
  for (const { from, sign } of cells.slice(1)) {
    if (sign !== before) found.push({ gamma: from, before, after: sign });
    before = sign;
  }
  return found;
}

interface Cell {
  readonly from: Enclosure;
  /** of the difference */
  readonly sign: -1 | 0 | 1;
}

/** A piece cut at the roots of its function. */
function cellsOf({ from, to, value }: SymbolicPiece): Cell[] {
  const isZero = isZeroPolynomial(value.numerator);
  const roots = isZero ? [] : rootsBetween(value.numerator, from.high, to.low);
  const starts = [from, ...roots];
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? to;
    const inside = simplestFractions(start.high, end.low, 1)[0]!;
    return { from: start, sign: signAt(value, inside) };
  });
}

function signAt({ numerator, denominator }: SymbolicPiece['value'], at: Ratio): -1 | 0 | 1 {
  const top = evaluatePolynomial(numerator, at).n;
  const bottom = evaluatePolynomial(denominator, at).n;
  if (top === 0n) return 0;
  return top > 0n === bottom > 0n ? 1 : -1;
}
