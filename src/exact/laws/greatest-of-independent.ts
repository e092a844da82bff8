import { binomial, lcm } from '../../number/integer.js';
import { polynomial } from '../../number/polynomial.js';
import {
  add,
  compare,
  divide,
  multiply,
  negate,
  ONE_RATIO,
  power,
  type Ratio,
  ratio,
  ratioText,
  subtract,
} from '../../number/ratio.js';
import { type Budget, spend } from '../budget.js';
import type { Marginal } from './exact-law.js';
import { type Law, maxLaw, meanOf } from './law.js';
import { rewardLaw } from './polynomial-algebra.js';

/** Some independent variables of one law. */
export interface Crowd {
  readonly marginal: Marginal;
  readonly count: number;
}

/**
 * E of the greatest of independent variables, in closed form for uniform ones of one law, a + (b−a)·k/(k+1), and for
 * exponential ones, (1 + 1/2 + … + 1/k)/rate.
 * @throws {ExactRefusal} variables without piecewise polynomial distribution functions, or too much work
 */
export function meanOfGreatest(crowds: readonly Crowd[], budget: Budget): Ratio {
  const [only] = crowds;
  if (crowds.length === 1 && only!.marginal.kind === 'uniform') {
    const { low, high } = only!.marginal;
    const share = ratio(BigInt(only!.count), BigInt(only!.count + 1));
    return add(low, multiply(subtract(high, low), share));
  }
  if (crowds.length === 1 && only!.marginal.kind === 'exponential')
    return harmonicMean(only!.marginal.rate, only!.count);
  return meanOf(lawOfGreatest(crowds, budget));
}

function harmonicMean(rate: Ratio, count: number): Ratio {
  let sum: Ratio = ratio(0n);
  for (let k = 1; k <= count; k++) sum = add(sum, ratio(1n, BigInt(k)));
  return divide(sum, rate);
}

/** The law of the greatest of independent variables. @throws {ExactRefusal} variables without piecewise polynomial distribution functions, or too much work */
export function lawOfGreatest(crowds: readonly Crowd[], budget: Budget): Law {
  return maxLaw(crowds.filter(({ count }) => count > 0).map((crowd) => crowdLaw(crowd, budget)));
}

/** F^count: expanded where F is a line, value by value where it is a staircase. */
function crowdLaw({ marginal, count }: Crowd, budget: Budget): Law {
  spend(budget, 4 * count ** 2, `the law of the greatest of ${count} rewards`);
  const one = rewardLaw(marginal);
  if (count === 1) return one;
  if (marginal.kind === 'polynomial') return maxLaw(Array.from({ length: count }, () => one));
  if (marginal.kind !== 'uniform') {
    const pieces = one.pieces.map((piece) => {
      const value = power(ratio(piece.coefficients[0]!, piece.denominator), count);
      return polynomial([value.n], value.d);
    });
    return { knots: one.knots, pieces };
  }
  const { low, high } = marginal;
  const scale = power(divide(ONE_RATIO, subtract(high, low)), count);
  const terms = Array.from({ length: count + 1 }, (_, i) =>
    multiply(scale, multiply(ratio(binomial(count, i)), power(negate(low), count - i))),
  );
  const denominator = lcm(terms.map((term) => term.d));
  const rise = polynomial(
    terms.map((term) => term.n * (denominator / term.d)),
    denominator,
  );
  return { knots: [low, high], pieces: [rise, polynomial([1n])] };
}

/** Equal laws have equal keys. */
export function marginalKey(marginal: Marginal): string {
  if (marginal.kind === 'uniform') return `uniform ${ratioText(marginal.low)} ${ratioText(marginal.high)}`;
  if (marginal.kind === 'normal')
    return `normal ${ratioText(marginal.mean)} ${ratioText(marginal.deviation)}`;
  if (marginal.kind === 'exponential') return `exponential ${ratioText(marginal.rate)}`;
  if (marginal.kind === 'polynomial' || marginal.kind === 'other') return marginal.text;
  const atoms = [...marginal.atoms].sort((a, b) => compare(a.value, b.value));
  const texts = atoms.map(({ value, probability }) => `${ratioText(value)}:${ratioText(probability)}`);
  return `discrete ${texts.join()}`;
}
