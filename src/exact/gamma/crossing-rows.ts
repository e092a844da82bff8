import { add, approximate, divide, equals, ratio, ratioText } from '../../number/ratio.js';
import { termsText } from '../../number/rational-function.js';
import { rootFactor } from '../../number/root-factor.js';
import type { CrossingPair, CrossingRow, OrderSign } from '../../power/crossing-row.js';
import { type Crossing, crossings, type Order } from './crossings.js';
import { enclosureTexts } from './gamma-text.js';
import type { SymbolicPiece } from './symbolic.js';

/** Two results that are to be compared: their names, and what they are as functions of γ. */
export interface ComparedResults {
  readonly kind: CrossingRow['kind'];
  readonly state: string;
  readonly action: string | null;
  readonly other: string;
  /** each throws ExactRefusal where there is no such function */
  readonly first: () => readonly SymbolicPiece[];
  readonly second: () => readonly SymbolicPiece[];
}

/** The orders of two results and the γ at which they change, from their rational functions. @throws {ExactRefusal} */
export function exactCrossings({ kind, state, action, other, first, second }: ComparedResults): {
  pair: CrossingPair;
  rows: CrossingRow[];
} {
  const orders = crossings(first(), second());
  const rows = orders.crossings.map((crossing): CrossingRow => {
    const [low, high] = enclosureTexts(crossing.gamma);
    const middle = divide(add(crossing.gamma.low, crossing.gamma.high), ratio(2n));
    const isPoint = equals(crossing.gamma.low, crossing.gamma.high);
    return {
      kind,
      state,
      action,
      other,
      gamma: approximate(middle),
      low,
      high,
      exact: isPoint ? ratioText(crossing.gamma.low) : null,
      polynomial: isPoint ? null : polynomialText(crossing),
      before: signOf(crossing.before),
      after: signOf(crossing.after),
      method: 'exact',
    };
  });
  const all = [orders.first, ...orders.crossings.map(({ after }) => after)].map(signOf);
  return { pair: { state, action, other, orders: all, method: 'exact' }, rows };
}

function signOf(order: Order): OrderSign {
  return order === 0 ? '=' : order > 0 ? '>' : '<';
}

function polynomialText({ polynomial, gamma }: Crossing): string | null {
  return polynomial === null ? null : termsText(rootFactor(polynomial, gamma), 'γ');
}
