import { angle } from './angle.js';
import {
  addIntervals,
  around,
  divideIntervals,
  type Interval,
  multiplyIntervals,
  negateInterval,
  sqrtInterval,
  sumOfProducts,
} from './interval.js';

/**
 * Taylor coefficients f^(k)(x)/k!, k = 0 … order, of a function at a point, or enclosures of them over an interval: the
 * same recurrences serve for both (Moore 1966, ch. 11).
 */
export type Jet = readonly Interval[];

const ZERO: Interval = [0, 0];

export function constantJet(value: Interval, order: number): Jet {
  return Array.from({ length: order + 1 }, (_, k) => (k === 0 ? value : ZERO));
}

/** x itself. */
export function variableJet(at: Interval, order: number): Jet {
  return Array.from({ length: order + 1 }, (_, k) => (k === 0 ? at : k === 1 ? [1, 1] : ZERO));
}

export function addJets(a: Jet, b: Jet): Jet {
  return a.map((x, k) => addIntervals(x, b[k]!));
}

export function scaleJet(a: Jet, factor: Interval): Jet {
  return a.map((x) => multiplyIntervals(x, factor));
}

export function multiplyJets(a: Jet, b: Jet): Jet {
  return a.map((_, k) => sumOfProducts(a, b, 0, k, k));
}

export function divideJets(a: Jet, b: Jet): Jet {
  const quotient: Interval[] = [];
  a.forEach((value, k) => {
    const rest = addIntervals(value, negateInterval(sumOfProducts(b, quotient, 1, k, k)));
    quotient.push(divideIntervals(rest, b[0]!));
  });
  return quotient;
}

/** √a, a positive: 2·r_0·r_k = a_k − Σ_{0<j<k} r_j·r_{k−j}. */
export function sqrtJet(a: Jet): Jet {
  const root: Interval[] = [];
  a.forEach((value, k) => {
    if (k === 0) {
      root.push(sqrtInterval(value));
      return;
    }
    const rest = addIntervals(value, negateInterval(sumOfProducts(root, root, 1, k - 1, k)));
    root.push(divideIntervals(rest, multiplyIntervals([2, 2], root[0]!)));
  });
  return root;
}

/** Twice the bound on the error of `angle`. */
const ANGLE_ERROR = 2 ** -49;

/** The angle of (x, y), x not negative and not 0 together with y: θ' = (x·y' − y·x')/(x² + y²). */
export function angleJet(y: Jet, x: Jet): Jet {
  const [low, high] = [0, 1].map((end) => {
    // Over x ≥ 0 the angle rises with y; with x it falls where y > 0 and rises where y < 0.
    const height = y[0]![end]!;
    const side = (end === 0) === height > 0 ? x[0]![1] : Math.max(0, x[0]![0]);
    return angle(height, side);
  });
  const slope = divideJets(
    addJets(multiplyJets(x, derivative(y)), scaleJet(multiplyJets(y, derivative(x)), [-1, -1])),
    addJets(multiplyJets(x, x), multiplyJets(y, y)),
  );
  return y.map((_, k) =>
    k === 0
      ? [around(low!, ANGLE_ERROR)[0], around(high!, ANGLE_ERROR)[1]]
      : divideIntervals(slope[k - 1]!, [k, k]),
  );
}

/** The derivative; its last coefficient is not known and stands as 0: it enters no coefficient that is used. */
function derivative(a: Jet): Jet {
  return a.map((_, k) => (k + 1 < a.length ? multiplyIntervals(a[k + 1]!, [k + 1, k + 1]) : ZERO));
}
