import {
  differentiatePolynomial,
  evaluatePolynomial,
  isZeroPolynomial,
  substituteLinear,
} from '../../number/polynomial.js';
import { divide, multiply, negate, ONE_RATIO, type Ratio, subtract, ZERO_RATIO } from '../../number/ratio.js';
import { type Budget, ExactRefusal, spend } from '../budget.js';
import type { RowChances } from '../solvers/row-chances.js';
import type { Marginal } from './exact-law.js';
import {
  affineLaw,
  fractionalWin,
  type Law,
  maxLaw,
  meanOf,
  pointLaw,
  uniformLaw,
  winProbability,
} from './law.js';
import type { LawAlgebra } from './law-algebra.js';
import {
  antiderivative,
  combination,
  compose,
  jumps,
  type Piecewise,
  product,
  restrict,
} from './piecewise.js';
import { convolve } from './truncated-powers.js';

/** Laws whose distribution functions are piecewise polynomials, atoms included: uniform, discrete, beta with whole parameters. */
export const polynomialAlgebra: LawAlgebra<Law> = {
  reward: rewardLaw,
  scaled: (law, factor) => affineLaw(law, factor, ZERO_RATIO),
  sum: (x, z, budget) => {
    spend(
      budget,
      (x.knots.length * degreeOf(x) + 1) * (z.knots.length * degreeOf(z) + 1),
      'the law of a sum of values',
    );
    return convolve(x, z);
  },
  greatest: (laws, budget) => {
    chargeProduct(laws, budget);
    return maxLaw(laws);
  },
  stayOrLeave,
  mean: meanOf,
  chances: (laws, budget) => {
    chargeProduct(laws, budget);
    const ties = laws.filter((law) => jumps(law).length > 0).length > 1;
    return laws.map((law, i): RowChances => {
      const others = laws.filter((_, k) => k !== i);
      const weak = winProbability(law, others);
      if (!ties) return { weak, strict: weak, fractional: weak };
      return { weak, strict: winProbability(law, others, true), fractional: fractionalWin(law, others) };
    });
  },
};

/** The law of one reward. @throws {ExactRefusal} its distribution function is no piecewise polynomial */
export function rewardLaw(marginal: Marginal): Law {
  switch (marginal.kind) {
    case 'uniform':
      return uniformLaw(marginal.low, marginal.high);
    case 'discrete':
      return combination(
        marginal.atoms.map(({ value }) => pointLaw(value)),
        marginal.atoms.map(({ probability }) => probability),
      );
    case 'polynomial':
      return marginal.law;
    default:
      throw new ExactRefusal(
        'a law without a piecewise polynomial distribution function beside ones that have it',
      );
  }
}

/**
 * P(≤ t) = ∫ F_Z(t − x) dF_X(x) over x ≤ t/slope: for an atom at c a part of F_Z(t − c), for a density f on [l, h] by
 * repeated integration by parts Σ_k (f⁽ᵏ⁾(l)·A_(k+1)(t − l) − f⁽ᵏ⁾(u)·A_(k+1)(t − u)), u = min(h, t/slope), A_k the k-fold
 * antiderivative of F_Z.
 */
function stayOrLeave(x: Law, z: Law, slope: Ratio, budget: Budget): Law {
  spend(
    budget,
    4 * x.knots.length * z.knots.length * (degreeOf(x) + degreeOf(z) + 1) ** 2,
    'the law of staying or leaving',
  );
  const parts: Piecewise[] = [];
  const weights: Ratio[] = [];
  const put = (part: Piecewise, weight: Ratio): void => {
    parts.push(part);
    weights.push(weight);
  };
  for (const { at, size } of jumps(x))
    put(restrict(compose(z, ONE_RATIO, negate(at)), multiply(slope, at)), size);
  const inverse = divide(ONE_RATIO, slope);
  x.pieces.forEach((piece, i) => {
    const low = x.knots[i]!;
    const high = x.knots[i + 1];
    let derivative = differentiatePolynomial(piece);
    if (isZeroPolynomial(derivative) || high === undefined) return;
    const [from, to] = [multiply(slope, low), multiply(slope, high)];
    let integral = antiderivative(z);
    for (; !isZeroPolynomial(derivative); derivative = differentiatePolynomial(derivative)) {
      put(restrict(compose(integral, ONE_RATIO, negate(low)), from), evaluatePolynomial(derivative, low));
      put(
        restrict(compose(integral, ONE_RATIO, negate(high)), to),
        negate(evaluatePolynomial(derivative, high)),
      );
      const moving: Piecewise = {
        knots: [from],
        pieces: [substituteLinear(derivative, inverse, ZERO_RATIO)],
      };
      const inside = compose(integral, subtract(ONE_RATIO, inverse), ZERO_RATIO);
      put(restrict(product([inside, moving]), from, to), negate(ONE_RATIO));
      integral = antiderivative(integral);
    }
  });
  return combination(parts, weights);
}

function degreeOf(law: Law): number {
  return law.pieces.reduce((high, p) => Math.max(high, p.coefficients.length), 1);
}

function chargeProduct(laws: readonly Law[], budget: Budget): void {
  const knots = laws.reduce((sum, law) => sum + law.knots.length, 0);
  const degree = laws.reduce((sum, law) => sum + degreeOf(law), 0);
  spend(budget, knots * degree ** 2, `the greatest of ${laws.length} values with ${knots} knots`);
}
