import { binomial, factorial } from '../../number/integer.js';
import {
  add,
  divide,
  multiply,
  negate,
  ONE_RATIO,
  power,
  type Ratio,
  ratio,
  subtract,
  ZERO_RATIO,
} from '../../number/ratio.js';
import { type Budget, ExactRefusal, spend } from '../budget.js';
import type { RowChances } from '../solvers/row-chances.js';
import type { Marginal } from './exact-law.js';
import { type ExponentialSum, sumOfTerms, type Term } from './exponential-sum.js';
import type { LawAlgebra } from './law-algebra.js';

/**
 * Laws on [0, ∞) whose distribution functions are sums of terms c·t^k·e^(−μt) with rational c and μ ≥ 0: those of exponential
 * rewards, and of all that becomes of them on a tree. Means and chances are rational.
 */
export const exponentialAlgebra: LawAlgebra<ExponentialSum> = {
  reward: rewardOf,
  scaled: (law, factor) => {
    const slope = divide(ONE_RATIO, factor);
    return sumOfTerms(
      law.map(({ coefficient, degree, rate }) => ({
        coefficient: multiply(coefficient, power(slope, degree)),
        degree,
        rate: multiply(rate, slope),
      })),
    );
  },
  sum: (x, z, budget) => {
    charge([x, z], budget, 'the law of a sum of values');
    const atZero = valueAtZero(x);
    const shifted = z.map((term) => ({ ...term, coefficient: multiply(term.coefficient, atZero) }));
    return sumOfTerms([...densityOf(x).flatMap((a) => z.flatMap((b) => convolved(a, b))), ...shifted]);
  },
  greatest: (laws, budget) => {
    charge(laws, budget, `the greatest of ${laws.length} values`);
    return laws.reduce(product);
  },
  stayOrLeave: (x, z, slope, budget) => {
    charge([x, z], budget, 'the law of staying or leaving');
    const atZero = valueAtZero(x);
    const shifted = z.map((term) => ({ ...term, coefficient: multiply(term.coefficient, atZero) }));
    return sumOfTerms([...densityOf(x).flatMap((a) => z.flatMap((b) => upToShare(a, b, slope))), ...shifted]);
  },
  mean: (law) => {
    // E Z = ∫ (1 − F): the terms that vanish at infinity, with the other sign.
    return law
      .filter(({ rate }) => rate.n !== 0n)
      .reduce((sum, term) => subtract(sum, integralOf(term)), ZERO_RATIO);
  },
  chances: (laws, budget) => {
    charge([...laws, ...laws], budget, `the greatest of ${laws.length} values`);
    // Ties have positive probability at 0 only, where all that are not certain to be positive can be 0 together.
    const allZero = laws.map(valueAtZero).reduce(multiply);
    return laws.map((law, i): RowChances => {
      const others = laws.filter((_, k) => k !== i);
      const strict = others
        .reduce(product, densityOf(law))
        .reduce((sum, term) => add(sum, integralOf(term)), ZERO_RATIO);
      return {
        weak: add(strict, allZero),
        strict: laws.length === 1 ? ONE_RATIO : strict,
        fractional: add(strict, divide(allZero, ratio(BigInt(laws.length)))),
      };
    });
  },
};

/** 1 − e^(−rate·t); only 0 among the constants. */
function rewardOf(marginal: Marginal): ExponentialSum {
  if (marginal.kind === 'exponential')
    return sumOfTerms([
      { coefficient: ONE_RATIO, degree: 0, rate: ZERO_RATIO },
      { coefficient: negate(ONE_RATIO), degree: 0, rate: marginal.rate },
    ]);
  const isZero =
    marginal.kind === 'discrete' && marginal.atoms.length === 1 && marginal.atoms[0]!.value.n === 0n;
  if (!isZero)
    throw new ExactRefusal('exponential rewards beside others that are not exponential or always 0');
  return [{ coefficient: ONE_RATIO, degree: 0, rate: ZERO_RATIO }];
}

function valueAtZero(law: ExponentialSum): Ratio {
  return law
    .filter(({ degree }) => degree === 0)
    .reduce((sum, term) => add(sum, term.coefficient), ZERO_RATIO);
}

function densityOf(law: ExponentialSum): ExponentialSum {
  return sumOfTerms(
    law.flatMap(({ coefficient, degree, rate }) => [
      ...(degree === 0
        ? []
        : [{ coefficient: multiply(coefficient, ratio(BigInt(degree))), degree: degree - 1, rate }]),
      { coefficient: negate(multiply(coefficient, rate)), degree, rate },
    ]),
  );
}

function product(x: ExponentialSum, z: ExponentialSum): ExponentialSum {
  return sumOfTerms(
    x.flatMap((a) =>
      z.map((b) => ({
        coefficient: multiply(a.coefficient, b.coefficient),
        degree: a.degree + b.degree,
        rate: add(a.rate, b.rate),
      })),
    ),
  );
}

/** ∫_0^∞ of a term of positive rate: k!/μ^(k+1). */
function integralOf({ coefficient, degree, rate }: Term): Ratio {
  return multiply(coefficient, divide(ratio(factorial(degree)), power(rate, degree + 1)));
}

/**
 * ∫_0^t a(x)·b(t − x) dx. The Laplace transforms m!/(s+ν)^(m+1) and k!/(s+μ)^(k+1) are multiplied and taken apart into
 * partial fractions; for equal rates they are one power.
 */
function convolved(a: Term, b: Term): Term[] {
  const size = multiply(
    multiply(a.coefficient, b.coefficient),
    ratio(factorial(a.degree) * factorial(b.degree)),
  );
  const gap = subtract(b.rate, a.rate);
  if (gap.n === 0n) {
    const degree = a.degree + b.degree + 1;
    return [{ coefficient: divide(size, ratio(factorial(degree))), degree, rate: a.rate }];
  }
  return [...partialFractions(size, a, b, gap), ...partialFractions(size, b, a, negate(gap))];
}

/** The part of size/((s+μ)^(k+1)·(s+ν)^(m+1)) at the pole −μ of the first term, gap = ν − μ, back from Laplace transforms. */
function partialFractions(size: Ratio, { degree: k, rate }: Term, { degree: m }: Term, gap: Ratio): Term[] {
  return Array.from({ length: k + 1 }, (_, degree): Term => {
    const i = k - degree;
    const sign = i % 2 === 0 ? 1n : -1n;
    const share = divide(ratio(sign * binomial(m + i, i), factorial(degree)), power(gap, m + 1 + i));
    return { coefficient: multiply(size, share), degree, rate };
  });
}

/** ∫_0^(t/slope) a(x)·b(t − x) dx: (t − x)^k expanded, then incomplete gamma integrals of whole order. */
function upToShare(a: Term, b: Term, slope: Ratio): Term[] {
  const size = multiply(a.coefficient, b.coefficient);
  const gap = subtract(a.rate, b.rate);
  const share = divide(ONE_RATIO, slope);
  return Array.from({ length: b.degree + 1 }, (_, i) => i).flatMap((i): Term[] => {
    const sign = i % 2 === 0 ? 1n : -1n;
    const weight = multiply(size, ratio(sign * binomial(b.degree, i)));
    const n = a.degree + i;
    const outer = b.degree - i;
    if (gap.n === 0n) {
      const inner = divide(power(share, n + 1), ratio(BigInt(n + 1)));
      return [{ coefficient: multiply(weight, inner), degree: outer + n + 1, rate: b.rate }];
    }
    // ∫_0^y x^n e^(−δx) dx = n!/δ^(n+1)·(1 − e^(−δy)·Σ_(j≤n) (δy)^j/j!), y = t/slope
    const whole = multiply(weight, divide(ratio(factorial(n)), power(gap, n + 1)));
    const late = add(b.rate, multiply(gap, share));
    return [
      { coefficient: whole, degree: outer, rate: b.rate },
      ...Array.from(
        { length: n + 1 },
        (_, j): Term => ({
          coefficient: negate(multiply(whole, divide(power(multiply(gap, share), j), ratio(factorial(j))))),
          degree: outer + j,
          rate: late,
        }),
      ),
    ];
  });
}

function charge(laws: readonly ExponentialSum[], budget: Budget, what: string): void {
  spend(budget, 4 * laws.reduce((terms, law) => terms * Math.max(1, law.length), 1), what);
}
