import { productError, sumError } from '../number/error-free.js';
import { nearestDouble } from '../number/nearest-double.js';
import { type Rational, rationalOfDouble, rationalText, ZERO } from '../number/rational.js';
import { type Distribution, distributionOf } from './distribution.js';
import { readNumber } from './exact-number.js';
import { independentSource } from './independent.js';
import { sameRewards } from './list.js';
import type { PhiloxKey } from './philox.js';
import type { Points } from './points.js';
import type { RewardSource } from './source.js';
import type { FeatureSpec } from './spec.js';

/** One feature with a nonzero value for a state, the value in two doubles. */
interface Term {
  readonly feature: number;
  readonly exact: Rational;
  readonly high: number;
  readonly low: number;
}

/**
 * R = Φ w with the written Φ and independent weights w, feature f being coordinate f. The exact reward is Φ times the drawn
 * weights, and `fill` gives the double nearest to it.
 */
export function featureSource(spec: FeatureSpec, key: PhiloxKey, points: Points): RewardSource {
  const featureCount = spec.features[0].length;
  const weights = independentSource(
    {
      form: 'independent',
      text: spec.weights.text,
      laws: [spec.weights],
      ofState: new Array(featureCount).fill(0),
    },
    key,
    points,
  );
  const law = distributionOf(spec.weights);
  const terms = spec.features.map(termsOf);
  const stateCount = terms.length;
  const exactReward = (row: readonly Term[], drawn: readonly Rational[]): Rational =>
    row.reduce((total, { feature, exact }) => total.add(exact.mul(drawn[feature])), ZERO);
  const exactColumn = (sample: number): Rational[] => {
    const drawn = weights.exactColumn(sample);
    return terms.map((row) => exactReward(row, drawn));
  };
  const supports = terms.map((row) => supportOf(row, law));
  return {
    text: spec.text,
    stateCount,
    fill(first, count, values) {
      const drawn = new Float64Array(featureCount * count);
      weights.fill(first, count, drawn);
      for (let b = 0; b < count; b++) {
        // Weights that are atoms may be no doubles: then the product has to be formed from their exact values.
        let exact: readonly Rational[] | undefined = weights.rounded
          ? weights.exactColumn(first + b)
          : undefined;
        for (let s = 0; s < stateCount; s++) {
          let value = weights.rounded ? Number.NaN : product(terms[s], drawn, b, count);
          if (Number.isNaN(value)) {
            exact ??= weights.exactColumn(first + b);
            value = nearestDouble(exactReward(terms[s], exact));
          }
          values[s * count + b] = value;
        }
      }
    },
    exactColumn,
    rounded: true,
    ...(weights.supportKey !== undefined && { supportKey: weights.supportKey }),
    ...sameRewards(
      weights.constant ? exactColumn(0).map(rationalText) : spec.features.map((row) => row.join(' ')),
    ),
    exchangeable: false,
    support: [
      supports.reduce((least, [low]) => Math.min(least, low), Number.POSITIVE_INFINITY),
      supports.reduce((most, [, high]) => Math.max(most, high), Number.NEGATIVE_INFINITY),
    ],
    supportOf: (state) => supports[state],
    moments: terms.every((row) => row.length === 0) ? 'finite' : law.moments,
    constant: weights.constant || terms.every((row) => row.length === 0),
    atomless: weights.constant || weights.atomless,
  };
}

function termsOf(row: readonly string[]): Term[] {
  return row.flatMap((text, feature) => {
    const exact = readNumber(text);
    if (exact.n === 0n) return [];
    const high = nearestDouble(exact);
    return [{ feature, exact, high, low: nearestDouble(exact.sub(rationalOfDouble(high))) }];
  });
}

/**
 * Σ Φ_f w_f rounded to the nearest double, or NaN where this cannot be promised: sums and products in two parts (Ogita, Rump
 * & Oishi 2005, Dot2), and the rounding is accepted only if the error bound cannot change it (Ziv 1991).
 */
function product(row: readonly Term[], weights: Float64Array, b: number, columns: number): number {
  let sum = 0;
  let rest = 0;
  let size = 0;
  let slack = 0;
  let terms = 0;
  for (const { feature, high, low } of row) {
    const w = weights[feature * columns + b];
    if (w === 0) continue;
    const p = high * w;
    const next = sum + p;
    const lost = sumError(sum, p, next);
    const restOfProduct = productError(high, w, p) + low * w;
    // Ties between two doubles are common, so what is exact must count as exact.
    if (low !== 0) slack += 2 ** -103 * Math.abs(p);
    const both = lost + restOfProduct;
    const nextRest = rest + both;
    slack += Math.abs(sumError(lost, restOfProduct, both)) + Math.abs(sumError(rest, both, nextRest));
    sum = next;
    rest = nextRest;
    size += Math.abs(p);
    terms++;
  }
  if (terms === 0) return 0;
  // Outside of these sizes an error term may have been lost.
  if (!(size > 2 ** -900 && size < 2 ** 900)) return Number.NaN;
  slack *= 2;
  const value = sum + rest;
  const left = sum - value + rest;
  return value + (left + slack) === value && value + (left - slack) === value ? value : Number.NaN;
}

/** Bounds of Φ_s w, or infinite where a weight with a nonzero factor has no bound. */
function supportOf(row: readonly Term[], law: Distribution): readonly [number, number] {
  const ends = law.atoms === undefined ? law.support : [law.atoms.values[0], law.atoms.values.at(-1)!];
  const end = (of: (term: Term) => number | Rational): number => {
    let total = ZERO;
    for (const term of row) {
      const bound = of(term);
      if (typeof bound === 'number' && !Number.isFinite(bound)) return bound * Number(term.exact.s);
      total = total.add(term.exact.mul(typeof bound === 'number' ? rationalOfDouble(bound) : bound));
    }
    return nearestDouble(total);
  };
  return [end(({ exact }) => ends[exact.s > 0n ? 0 : 1]), end(({ exact }) => ends[exact.s > 0n ? 1 : 0])];
}
