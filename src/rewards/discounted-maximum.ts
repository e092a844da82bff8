import { exp, expm1, log } from '../number/elementary.js';
import { betaLaw, betaTails } from '../number/incomplete-beta.js';
import { normalCdf } from '../number/normal-law.js';
import { pow } from '../number/pow.js';
import { distributionOf } from './distribution.js';
import { readDouble } from './exact-number.js';
import type { RewardSource } from './source.js';
import type { Law } from './spec.js';

const HALF_PI = 1.5707963267948966;
/** Rewards are counted from this quantile: about what the way to a good state brings, a step. */
const FLOOR_QUANTILE = 0.6;
/** The greatest uniform. */
const LAST_UNIFORM = 1 - 2 ** -53;

/**
 * What is known of E max(0, max_i w_i (R_i − floor)) for independent draws R_i of a law with distribution function F:
 * ∫_0^∞ 1 − Π_i F(floor + z/w_i) dz. Nothing for laws with atoms, with infinite variance, or of unknown moments.
 */
export function discountedMaximum(law: Law): Pick<RewardSource, 'discountedMaximum'> {
  const distribution = cdfOf(law);
  if (distribution === undefined) return {};
  const { transform, support, moments, atomless } = distributionOf(law);
  if (moments !== 'finite' || !atomless) return {};
  const [floor, greatest] = [FLOOR_QUANTILE, LAST_UNIFORM].map((u) => {
    const value = Float64Array.of(u);
    transform(value);
    return value[0];
  });
  const isBounded = Number.isFinite(support[1]);
  const top = (isBounded ? support[1] : greatest) - floor;
  const logCdf = (x: number): number => (x >= top ? 0 : log(distribution(floor + x)));
  return {
    discountedMaximum: {
      floor,
      means: (factor, profiles) => meansOf(logCdf, top, isBounded, factor, profiles),
    },
  };
}

/** The distribution functions of laws that have a simple one. */
function cdfOf(law: Law): ((x: number) => number) | undefined {
  switch (law.kind) {
    case 'uniform': {
      const [low, high] = distributionOf(law).support;
      return (x) => (x - low) / (high - low);
    }
    case 'exponential': {
      const rate = readDouble(law.rate);
      return (x) => -expm1(-rate * x);
    }
    case 'pareto': {
      const [scale, shape] = [readDouble(law.scale), readDouble(law.shape)];
      return (x) => 1 - pow(scale / x, shape);
    }
    case 'normal': {
      const [mean, sd] = [readDouble(law.mean), readDouble(law.sd)];
      return (x) => normalCdf((x - mean) / sd);
    }
    case 'beta': {
      const shapes = betaLaw(readDouble(law.a), readDouble(law.b));
      return (x) => betaTails(shapes, x, 1 - x).lower;
    }
    case 'discrete':
    case 'quantile':
      return undefined;
  }
}

/** Steps that the integrals of all profiles may take: a fraction of a second. */
const BUDGET = 5e7;
/** Of a step, an exponential function. */
const EXPONENTIAL = 20;
/** Logarithm of a probability below which it is nothing beside 1. */
const SURE = -40;
/** Parts of the integral of laws without an upper end, each half as long as the one above it. */
const MOST_HALVINGS = 200;

/**
 * The integrals for weights factor^d, profiles[k][d] draws with each. Each integrand is analytic between the points where a
 * factor comes to 1, z = w_d·top; without an upper end parts that are halved and halved again follow its scale.
 */
function meansOf(
  logCdf: (x: number) => number,
  top: number,
  isBounded: boolean,
  factor: number,
  profiles: readonly Int32Array[],
): Float64Array | null {
  const weights: number[] = [];
  const depth = profiles.reduce((most, { length }) => Math.max(most, length), 0);
  for (let d = 0, w = 1; d < depth && w > 2 ** -60; d++, w *= factor) weights.push(w);
  const least = weights[weights.length - 1] * top;
  const ends = isBounded ? weights.map((w) => w * top) : halvings(top, least);
  const nodes = ends.length * RULE.length;
  if (nodes * profiles.length * (weights.length + EXPONENTIAL) > BUDGET) return null;

  const means = new Float64Array(profiles.length);
  const logs = new Float64Array(weights.length);
  ends.forEach((end, i) => {
    const start = ends[i + 1] ?? 0;
    for (const { place, weight } of RULE) {
      const z = start + (end - start) * place;
      let count = 0;
      for (; count < weights.length && z < weights[count] * top; count++)
        logs[count] = logCdf(z / weights[count]);
      profiles.forEach((counts, k) => {
        let sum = 0;
        for (let d = Math.min(count, counts.length) - 1; d >= 0; d--) sum += counts[d] * logs[d];
        means[k] += (end - start) * weight * (sum < SURE ? 1 : -expm1(sum));
      });
    }
  });
  return means;
}

/** From the top down to where all factors are near those at 0. */
function halvings(top: number, least: number): number[] {
  const ends = [top];
  while (ends[ends.length - 1] > least * 2 ** -53 && ends.length < MOST_HALVINGS)
    ends.push(ends[ends.length - 1] / 2);
  return ends;
}

/**
 * The double exponential rule on (0, 1) (Takahasi & Mori 1974): v = 1/(1 + e^(−π sinh x)), trapezoids in x. It converges
 * exponentially for analytic integrands, whatever their algebraic ends.
 */
const RULE: readonly { readonly place: number; readonly weight: number }[] = doubleExponential(28, 1 / 8);

function doubleExponential(side: number, step: number): { place: number; weight: number }[] {
  return Array.from({ length: 2 * side + 1 }, (_, i) => {
    const x = (i - side) * step;
    const [grown, shrunk] = [exp(x), exp(-x)];
    const tail = exp(-HALF_PI * Math.abs(grown - shrunk));
    const place = x < 0 ? tail / (1 + tail) : 1 / (1 + tail);
    return { place, weight: (step * HALF_PI * (grown + shrunk) * tail) / ((1 + tail) * (1 + tail)) };
  });
}
