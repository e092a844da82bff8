import { type Rational, rationalOfDouble, rationalText } from '../number/rational.js';
import { firstOfEach } from './classes.js';
import { discountedMaximum } from './discounted-maximum.js';
import { type Distribution, distributionOf } from './distribution.js';
import { packedKey } from './packed-key.js';
import type { PhiloxKey } from './philox.js';
import { type Points, pointDraws, pointFiller } from './points.js';
import type { RewardSource, UniformDraws } from './source.js';
import type { IndependentSpec } from './spec.js';

/** Independent rewards, one law a state. State s is coordinate s: its draws do not depend on the laws of other states. */
export function independentSource(spec: IndependentSpec, key: PhiloxKey, points: Points): RewardSource {
  const laws = spec.laws.map(distributionOf);
  const ofState = spec.ofState.map((law) => laws[law]);
  const stateCount = ofState.length;
  const constant = (law: Distribution): boolean => law.atoms?.values.length === 1;
  const random = laws.filter((law) => !constant(law));

  /** Uniforms of the states that are not constant, state-major; what else is in `values` has no meaning. */
  const isRandom = ofState.map((law) => !constant(law));
  const fillUniforms = pointFiller(points, key, isRandom);
  const fill = (first: number, count: number, values: Float64Array): void => {
    fillUniforms(first, count, values);
    ofState.forEach((law, s) => {
      law.transform(values.subarray(s * count, (s + 1) * count));
    });
  };
  /** Index of each state's atom in one sample; 0 for the others. */
  const atomIndices = (sample: number): Int32Array => {
    const uniforms = new Float64Array(stateCount);
    fillUniforms(sample, 1, uniforms);
    return Int32Array.from(ofState, (law, s) => law.atoms?.index(uniforms[s]) ?? 0);
  };
  const exactColumn = (sample: number): Rational[] => {
    const values = new Float64Array(stateCount);
    fill(sample, 1, values);
    const indices = atomIndices(sample);
    return ofState.map((law, s) => law.atoms?.values[indices[s]] ?? rationalOfDouble(values[s]));
  };

  const finite = laws.every((law) => law.atoms !== undefined);
  const randomStates = ofState.flatMap((law, s) => (constant(law) ? [] : [s]));
  const mostAtoms = random.reduce((most, law) => Math.max(most, law.atoms?.values.length ?? 0), 1);
  const supportKey = (sample: number): string => {
    const indices = atomIndices(sample);
    return packedKey(
      randomStates.map((s) => indices[s]),
      mostAtoms - 1,
    );
  };
  const used = [...new Set(ofState)];
  return {
    text: spec.text,
    stateCount,
    fill,
    exactColumn,
    rounded: used.some(({ atoms }) => atoms !== undefined && !exactlyDoubles(atoms.values, atoms.doubles)),
    ...(finite && { supportKey }),
    ...uniformDraws(ofState, pointDraws(points, key, isRandom)),
    independent: !ofState.some(constant),
    equalRewardClass: firstOfEach(
      ofState.map((law, s) => (constant(law) ? rationalText(law.atoms!.values[0]) : s)),
    ),
    lawClass: firstOfEach(ofState.map((law) => (constant(law) ? rationalText(law.atoms!.values[0]) : law))),
    exchangeable: true,
    support: [
      used.reduce((least, { support }) => Math.min(least, support[0]), Number.POSITIVE_INFINITY),
      used.reduce((most, { support }) => Math.max(most, support[1]), Number.NEGATIVE_INFINITY),
    ],
    supportOf: (state) => ofState[state].support,
    moments: worstMoments(used),
    ...(spec.laws.length === 1 && discountedMaximum(spec.laws[0])),
    constant: random.length === 0,
    atomless: used.every((law) => constant(law) || law.atomless),
  };
}

/** How to draw the states' laws, if all of them are uniform or constant. */
function uniformDraws(
  ofState: readonly Distribution[],
  draws: Omit<UniformDraws, 'laws'> | undefined,
): { uniforms?: UniformDraws } {
  if (draws === undefined) return {};
  const laws = new Float64Array(3 * ofState.length);
  for (let s = 0; s < ofState.length; s++) {
    const { uniform, atoms } = ofState[s];
    const value = atoms?.doubles.length === 1 ? atoms.doubles[0] : undefined;
    if (uniform !== undefined) laws.set([uniform.low, uniform.width, uniform.high], 3 * s);
    else if (value !== undefined) laws.set([value, 0, value], 3 * s);
    else return {};
  }
  return { uniforms: { ...draws, laws } };
}

/** The moments of several laws together. */
function worstMoments(laws: readonly Distribution[]): RewardSource['moments'] {
  const all = new Set(laws.map(({ moments }) => moments));
  return all.has('infiniteVariance') ? 'infiniteVariance' : all.has('unchecked') ? 'unchecked' : 'finite';
}

/** Whether every exact value is the double beside it. */
export function exactlyDoubles(values: readonly Rational[], doubles: ArrayLike<number>): boolean {
  return values.every((value, i) => rationalOfDouble(doubles[i]).equals(value));
}
