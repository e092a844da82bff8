import { evaluatePolynomial } from '../../number/polynomial.js';
import {
  add,
  compare,
  equals,
  multiply,
  ONE_RATIO,
  type Ratio,
  ratio,
  subtract,
  ZERO_RATIO,
} from '../../number/ratio.js';
import {
  differenceNumerator,
  evaluateRational,
  type RationalFunction,
  sameRational,
} from '../../number/rational-function.js';
import { type Enclosure, rootsBetween } from '../../number/roots.js';
import { simplestBetween } from '../../number/simplest-between.js';
import {
  EMPTY_THIELE,
  extendThiele,
  simpleFractions,
  simplestFractions,
  type Thiele,
  thieleFunction,
} from '../../number/thiele.js';
import { ExactRefusal } from '../budget.js';

/** A result as a rational function of γ between two boundaries. */
export interface SymbolicPiece {
  /** where the piece begins and ends */
  readonly from: Enclosure;
  readonly to: Enclosure;
  readonly value: RationalFunction;
}

/** The most points that are tried to find one rational function: degrees up to about half of it over half of it. */
const DEFAULT_MOST_POINTS = 90;
/** Agreements at further points before a function is believed. */
const CONFIRMATIONS = 3;
const MOST_PIECES = 12;

/**
 * A function of γ in (0, 1) that is known exactly at rational γ, as rational functions on pieces: found through points
 * within a small window, then compared with exact values at further points over its whole piece. What is returned is equal
 * to `evaluate` at every point that was tried; it is not proved between them. Where two pieces do not meet, as for chances
 * under laws of finite support, the jump between them is enclosed by bisection.
 *
 * @param evaluate  the exact value at a rational γ, 0 < γ < 1
 * @throws {ExactRefusal} no rational function of moderate degree is found, or there are too many pieces
 */
export function symbolicPieces(
  evaluate: (gamma: Ratio) => Ratio,
  mostPoints: number = DEFAULT_MOST_POINTS,
): SymbolicPiece[] {
  const known = new Map<string, Ratio>();
  const at = (gamma: Ratio): Ratio => {
    const key = `${gamma.n}/${gamma.d}`;
    const value = known.get(key) ?? evaluate(gamma);
    known.set(key, value);
    return value;
  };
  const found = cover({ at, mostPoints }, ZERO_RATIO, ONE_RATIO, 0);
  const pieces: SymbolicPiece[] = [];
  let from: Enclosure = { low: ZERO_RATIO, high: ZERO_RATIO };
  found.forEach((piece, i) => {
    const next = found[i + 1];
    if (next !== undefined && sameRational(piece.value, next.value)) return;
    const to = next === undefined ? { low: ONE_RATIO, high: ONE_RATIO } : boundary(at, piece, next);
    pieces.push({ from, to, value: piece.value });
    from = to;
  });
  return pieces;
}

/** A function and the greatest and least point at which it was seen to hold. */
interface Found {
  readonly value: RationalFunction;
  readonly first: Ratio;
  readonly last: Ratio;
}

type Evaluate = (gamma: Ratio) => Ratio;

interface Search {
  readonly at: Evaluate;
  readonly mostPoints: number;
}

function cover(search: Search, low: Ratio, high: Ratio, depth: number): Found[] {
  if (depth > MOST_PIECES) throw new ExactRefusal(`more than ${MOST_PIECES} pieces in gamma`);
  const value = fitSomewhere(search, low, high);
  const holds = (gamma: Ratio): boolean => equals(search.at(gamma), evaluateRational(value.f, gamma));
  const right = edge(holds, value.inside, high);
  const left = edge(holds, value.inside, low);
  const own: Found = { value: value.f, first: left.last, last: right.last };
  return [
    ...(left.beyond === undefined ? [] : cover(search, low, left.beyond, depth + 1)),
    own,
    ...(right.beyond === undefined ? [] : cover(search, right.beyond, high, depth + 1)),
  ];
}

/** Windows of an interval in which a function is looked for, away from its middle and other likely boundaries. */
const WINDOWS: readonly (readonly [bigint, bigint])[] = [
  [51n, 60n],
  [31n, 40n],
  [71n, 80n],
  [11n, 20n],
  [91n, 99n],
];

function fitSomewhere(search: Search, low: Ratio, high: Ratio): { f: RationalFunction; inside: Ratio } {
  for (const [first, last] of WINDOWS) {
    const from = between(low, high, ratio(first, 100n));
    const to = between(low, high, ratio(last, 100n));
    const f = fitWithin(search, from, to);
    if (f !== undefined) return { f, inside: simplestBetween(from, to) };
  }
  throw new ExactRefusal(`no rational function of gamma through ${search.mostPoints} exact values`);
}

function fitWithin({ at, mostPoints }: Search, low: Ratio, high: Ratio): RationalFunction | undefined {
  let fraction: Thiele = EMPTY_THIELE;
  let met = 0;
  for (const gamma of simpleFractions(low, high)) {
    const next = extendThiele(fraction, gamma, at(gamma));
    if (next === 'met') {
      if (++met === CONFIRMATIONS) return thieleFunction(fraction);
    } else if (next !== 'unlucky') {
      fraction = next;
      met = 0;
      if (fraction.points.length > mostPoints) return undefined;
    }
  }
  return undefined;
}

/**
 * How far from `inside` towards `end` a function holds: the last point where it does, and a point beyond where it does not.
 * Eight points towards the end are tried, and the step where it fails is halved ten times.
 */
function edge(holds: (gamma: Ratio) => boolean, inside: Ratio, end: Ratio): { last: Ratio; beyond?: Ratio } {
  let last = inside;
  let beyond: Ratio | undefined;
  for (const step of [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n]) {
    const gamma = simplest(
      between(inside, end, ratio(8n * step - 2n, 66n)),
      between(inside, end, ratio(8n * step + 1n, 66n)),
    );
    if (holds(gamma)) last = gamma;
    else {
      beyond = gamma;
      break;
    }
  }
  if (beyond === undefined) return { last };
  for (let k = 0; k < 10; k++) {
    const gamma = simplest(between(last, beyond, ratio(1n, 3n)), between(last, beyond, ratio(2n, 3n)));
    if (holds(gamma)) last = gamma;
    else beyond = gamma;
  }
  return { last, beyond };
}

/** low + share·(high − low) */
function between(low: Ratio, high: Ratio, share: Ratio): Ratio {
  return add(low, multiply(share, subtract(high, low)));
}

/** The simplest fraction between two points in any order. */
function simplest(a: Ratio, b: Ratio): Ratio {
  return compare(a, b) < 0 ? simplestBetween(a, b) : simplestBetween(b, a);
}

/**
 * Where one function passes into the next: a simple fraction at which they are equal, and right, or an enclosure of a root
 * of their difference, or of a jump.
 */
function boundary(at: Evaluate, left: Found, right: Found): Enclosure {
  const difference = differenceNumerator(left.value, right.value);
  const candidates = [left.last, right.first, ...simplestFractions(left.last, right.first, 200)];
  const exact = candidates.find((gamma) => evaluatePolynomial(difference, gamma).n === 0n);
  if (exact !== undefined) {
    if (!equals(at(exact), evaluateRational(left.value, exact)))
      throw new ExactRefusal('pieces in gamma too short to be found');
    return { low: exact, high: exact };
  }
  const roots = rootsBetween(difference, left.last, right.first);
  if (roots.length > 1) throw new ExactRefusal('pieces in gamma that do not meet in one point');
  return roots[0] ?? jump(at, left, right);
}

/** Bisections of the place of a jump, each to at most two thirds. */
const JUMP_STEPS = 60;

/** Where the left function ends and the right one begins without meeting it; at the very place either may hold, or neither. */
function jump(at: Evaluate, left: Found, right: Found): Enclosure {
  let low = left.last;
  let high = right.first;
  for (let step = 0; step < JUMP_STEPS; step++) {
    const gamma = simplest(between(low, high, ratio(1n, 3n)), between(low, high, ratio(2n, 3n)));
    const value = at(gamma);
    if (equals(value, evaluateRational(left.value, gamma))) low = gamma;
    else if (equals(value, evaluateRational(right.value, gamma))) high = gamma;
    else if (isIsolated(at, left, right, gamma)) return { low: gamma, high: gamma };
    else throw new ExactRefusal('pieces in gamma too short to be found');
  }
  const [before, after] = [subtract(low, NEAR), add(high, NEAR)];
  const likely = simplestBetween(before, after);
  return isIsolated(at, left, right, likely) ? { low: likely, high: likely } : { low, high };
}

/** What counts as very near: fractions of moderate denominators are farther apart. */
const NEAR = ratio(1n, 2n ** 100n);

/** Whether the functions hold up to very near a point on either side. */
function isIsolated(at: Evaluate, left: Found, right: Found, gamma: Ratio): boolean {
  const [before, after] = [subtract(gamma, NEAR), add(gamma, NEAR)];
  return (
    equals(at(before), evaluateRational(left.value, before)) &&
    equals(at(after), evaluateRational(right.value, after))
  );
}
