import { quoted } from '../errors.js';
import { nearestDouble } from '../number/nearest-double.js';
import { ONE, type Rational, rational, rationalText, ZERO } from '../number/rational.js';
import { writtenText } from '../number/written-number.js';
import { exactNumber } from './exact-number.js';
import type { Argument, FailInText } from './law-text.js';
import type { DiscreteLaw, Law } from './spec.js';

/** uniform(low, high), low < high */
export function uniformOf([first, second]: readonly Argument[], fail: FailInText): Law {
  const low = numberOf(first, fail);
  const high = numberOf(second, fail);
  demand(
    nearestDouble(low) < nearestDouble(high),
    second,
    fail,
    'a number above the lower end',
    'the upper end',
  );
  return {
    kind: 'uniform',
    text: lawText('uniform', low, high),
    low: writtenText(low),
    high: writtenText(high),
  };
}

/** normal(mean, sd), sd > 0 */
export function normalOf([first, second]: readonly Argument[], fail: FailInText): Law {
  const mean = numberOf(first, fail);
  const sd = positive(second, fail, 'the standard deviation');
  return { kind: 'normal', text: lawText('normal', mean, sd), mean: writtenText(mean), sd: writtenText(sd) };
}

/** exponential(rate), rate > 0; the mean is 1/rate */
export function exponentialOf([first]: readonly Argument[], fail: FailInText): Law {
  const rate = positive(first, fail, 'the rate');
  return { kind: 'exponential', text: lawText('exponential', rate), rate: writtenText(rate) };
}

/** beta(a, b), both from 1/100 to a million: below, most samples round to 0 or 1. */
export function betaOf(given: readonly Argument[], fail: FailInText): Law {
  const [a, b] = given.map((argument) => {
    const shape = positive(argument, fail, 'a shape of beta');
    const inRange = shape.compare(rational(1, 100)) >= 0 && shape.compare(rational(1_000_000)) <= 0;
    demand(inRange, argument, fail, 'a number from 0.01 to 1000000', 'a shape of beta');
    return shape;
  });
  return { kind: 'beta', text: lawText('beta', a, b), a: writtenText(a), b: writtenText(b) };
}

/** pareto(scale, shape): P(X > x) = (scale/x)^shape for x ≥ scale > 0. The mean is infinite for shape ≤ 1. */
export function paretoOf([first, second]: readonly Argument[], fail: FailInText): Law {
  const scale = positive(first, fail, 'the scale');
  const shape = positive(second, fail, 'the shape');
  if (nearestDouble(shape) <= 1) {
    throw fail(second.at, {
      code: 'E_REWARD_INFINITE',
      message: 'a Pareto law with shape at most 1 has an infinite mean, so POWER is infinite',
      found: second.text,
      wanted: 'a shape above 1 (above 2 for intervals)',
    });
  }
  return {
    kind: 'pareto',
    text: lawText('pareto', scale, shape),
    scale: writtenText(scale),
    shape: writtenText(shape),
  };
}

/** bernoulli(p): 1 with probability p, else 0; point(v): always v; discrete(v1: p1, …): probabilities sum to exactly 1. */
export function discreteOf(name: string, given: readonly Argument[], fail: FailInText): DiscreteLaw {
  if (name === 'point') return pointLaw(numberOf(given[0], fail));
  if (name === 'bernoulli') {
    const p = probability(given[0], fail);
    return discreteLaw(lawText('bernoulli', p), [
      [ZERO, ONE.sub(p)],
      [ONE, p],
    ]);
  }
  const atoms: [Rational, Rational][] = [];
  const seen = new Set<string>();
  for (const argument of given) {
    const colon = argument.text.indexOf(':');
    if (colon < 0) {
      throw fail(argument.at, {
        code: 'E_REWARD_SYNTAX',
        message: 'an item of discrete has no probability',
        found: quoted(argument.text),
        wanted: 'value: probability, such as 1: 1/2',
      });
    }
    const value = numberOf({ text: argument.text.slice(0, colon).trimEnd(), at: argument.at }, fail);
    const rest = argument.text.slice(colon + 1);
    const at = argument.at + colon + 1 + rest.length - rest.trimStart().length;
    atoms.push([value, probability({ text: rest.trim(), at }, fail)]);
    demand(
      !seen.has(rationalText(value)),
      argument,
      fail,
      'every value once',
      'a value of discrete, given twice,',
    );
    seen.add(rationalText(value));
  }
  const total = atoms.reduce((sum, [, p]) => sum.add(p), ZERO);
  if (!total.equals(ONE)) {
    throw fail(given[0].at, {
      code: 'E_REWARD_SUM',
      message: `the probabilities of discrete sum to ${rationalText(total)}`,
      found: rationalText(total),
      wanted: 'exactly 1',
      hint: 'write fractions where decimals are rounded: 1/3, not 0.333',
    });
  }
  const text = atoms.map(([value, p]) => `${writtenText(value)}: ${writtenText(p)}`).join(', ');
  return discreteLaw(`discrete(${text})`, atoms);
}

/** The law that is always `value`. */
function pointLaw(value: Rational): DiscreteLaw {
  return discreteLaw(lawText('point', value), [[value, ONE]]);
}

function discreteLaw(text: string, atoms: readonly (readonly [Rational, Rational])[]): DiscreteLaw {
  const possible = atoms.filter(([, p]) => !p.equals(ZERO)).sort(([v], [w]) => v.compare(w));
  return {
    kind: 'discrete',
    text,
    atoms: possible.map(([value, p]) => ({ value: writtenText(value), probability: writtenText(p) })),
  };
}

const lawText = (name: string, ...parameters: readonly Rational[]): string =>
  `${name}(${parameters.map(writtenText).join(', ')})`;

function numberOf(argument: Argument, fail: FailInText): Rational {
  return exactNumber(argument.text, (parts) => fail(argument.at, parts));
}

function positive(argument: Argument, fail: FailInText, what: string): Rational {
  const value = numberOf(argument, fail);
  demand(value.compare(ZERO) > 0, argument, fail, 'a number above 0', what);
  return value;
}

function probability(argument: Argument, fail: FailInText): Rational {
  const value = numberOf(argument, fail);
  const inRange = value.compare(ZERO) >= 0 && value.compare(ONE) <= 0;
  demand(inRange, argument, fail, 'a number between 0 and 1', 'a probability');
  return value;
}

function demand(holds: boolean, argument: Argument, fail: FailInText, wanted: string, what: string): void {
  if (holds) return;
  throw fail(argument.at, {
    code: 'E_REWARD_PARAMETER',
    message: `${what} cannot be ${quoted(argument.text, 40).slice(1, -1)}`,
    found: quoted(argument.text, 40),
    wanted,
  });
}
