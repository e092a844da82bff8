import { evaluatePolynomial, isZeroPolynomial, type Polynomial } from '../../number/polynomial.js';
import { compare, equals, type Ratio, subtract } from '../../number/ratio.js';
import { differenceNumerator, evaluateRational } from '../../number/rational-function.js';
import { type Enclosure, rootsBetween } from '../../number/roots.js';
import { simplestBetween } from '../../number/simplest-between.js';
import type { SymbolicPiece } from './symbolic.js';

/** The order of two results: the sign of first − second. */
export type Order = -1 | 0 | 1;

/** Where the order of two results changes. */
export interface Crossing {
  /** exact if low = high */
  readonly gamma: Enclosure;
  /** which of the two is greater before and after; 0 where they are equal on an interval */
  readonly before: Order;
  readonly after: Order;
  /** a polynomial of which gamma is a root, where it is the root of one; null at the border of two pieces */
  readonly polynomial: Polynomial | null;
}

/** The order of two results on (0, 1): where it begins, and every γ at which it changes, ascending. */
export interface Orders {
  readonly first: Order;
  readonly crossings: readonly Crossing[];
}

/**
 * The gammas in (0, 1) at which two results change order, from their rational functions on pieces (symbolic.ts): between
 * the borders of pieces of either the difference is one rational function, whose roots Sturm's theorem separates. Borders
 * that are known only to overlapping intervals count as one.
 *
 * @param first, second  all pieces of each result, from 0 to 1
 */
export function crossings(first: readonly SymbolicPiece[], second: readonly SymbolicPiece[]): Orders {
  const cells = cellsOf(first, second);
  const found: Crossing[] = [];
  let before = cells[0]!.order;
  for (const { from, order, polynomial } of cells.slice(1)) {
    if (order !== before) found.push({ gamma: from, before, after: order, polynomial });
    before = order;
  }
  return { first: cells[0]!.order, crossings: found };
}

/** An interval without a change of order inside, from its lower end to that of the next cell. */
interface Cell {
  readonly from: Enclosure;
  readonly order: Order;
  /** of which `from` is a root */
  readonly polynomial: Polynomial | null;
}

function cellsOf(first: readonly SymbolicPiece[], second: readonly SymbolicPiece[]): Cell[] {
  const borders = merged([...first, ...second].map(({ from }) => from));
  const end = first.at(-1)!.to;
  return borders.flatMap((from, i): Cell[] => {
    const to = borders[i + 1] ?? end;
    const inside = between(from, to);
    const [f, g] = [pieceAt(first, inside), pieceAt(second, inside)];
    const difference = differenceNumerator(f, g);
    const roots = isZeroPolynomial(difference) ? [] : rootsBetween(difference, from.high, to.low);
    const orderIn = (a: Enclosure, b: Enclosure): Order => {
      const at = between(a, b);
      const { n } = subtract(evaluateRational(f, at), evaluateRational(g, at));
      return n === 0n ? 0 : n > 0n ? 1 : -1;
    };
    const isRoot = equals(from.low, from.high) && evaluatePolynomial(difference, from.low).n === 0n;
    return [
      { from, order: orderIn(from, roots[0] ?? to), polynomial: isRoot ? difference : null },
      ...roots.map((root, k) => ({
        from: root,
        order: orderIn(root, roots[k + 1] ?? to),
        polynomial: difference,
      })),
    ];
  });
}

/** Enclosures ascending, those that overlap as one. */
function merged(enclosures: readonly Enclosure[]): Enclosure[] {
  const sorted = [...enclosures].sort((a, b) => compare(a.low, b.low));
  const result: Enclosure[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (last === undefined || compare(next.low, last.high) > 0) result.push(next);
    else if (compare(next.high, last.high) > 0)
      result[result.length - 1] = { low: last.low, high: next.high };
  }
  return result;
}

/** A simple fraction strictly between two enclosures. */
function between(low: Enclosure, high: Enclosure): Ratio {
  return simplestBetween(low.high, high.low);
}

function pieceAt(pieces: readonly SymbolicPiece[], gamma: Ratio): SymbolicPiece['value'] {
  return pieces.find(({ to }) => compare(gamma, to.low) <= 0)!.value;
}
