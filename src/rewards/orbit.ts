import { nearestDouble } from '../number/nearest-double.js';
import { rationalText } from '../number/rational.js';
import { firstOfEach } from './classes.js';
import { readNumber } from './exact-number.js';
import { exactlyDoubles } from './independent.js';
import { packedKey } from './packed-key.js';
import type { PhiloxKey } from './philox.js';
import { permutation } from './shuffle.js';
import type { RewardSource } from './source.js';
import type { OrbitSpec } from './spec.js';

/**
 * One reward vector in a uniformly random order: R(s) = reward[π(s)] for a uniform permutation π, so every distinct
 * arrangement is equally likely (the orbit of Turner et al. 2021, Def. 6.3, with the counting measure).
 */
export function orbitSource(spec: OrbitSpec, key: PhiloxKey): RewardSource {
  const exact = spec.reward.map(readNumber);
  const doubles = Float64Array.from(exact, nearestDouble);
  const stateCount = exact.length;
  const sameValue = firstOfEach(exact.map(rationalText));
  const constant = sameValue.every((first) => first === 0);
  const arrangement = (sample: number): Int32Array => permutation(key, sample, stateCount);
  return {
    text: spec.text,
    stateCount,
    fill(first, count, values) {
      for (let b = 0; b < count; b++) {
        const order = arrangement(first + b);
        for (let s = 0; s < stateCount; s++) values[s * count + b] = doubles[order[s]];
      }
    },
    exactColumn: (sample) => Array.from(arrangement(sample), (from) => exact[from]),
    rounded: !exactlyDoubles(exact, doubles),
    supportKey: (sample) =>
      packedKey(
        arrangement(sample).map((from) => sameValue[from]),
        stateCount - 1,
      ),
    // Two states have the same reward almost surely only if all values are the same.
    equalRewardClass: Int32Array.from(exact, (_, s) => (constant ? 0 : s)),
    lawClass: new Int32Array(stateCount),
    exchangeable: true,
    support: [doubles.reduce((a, b) => Math.min(a, b)), doubles.reduce((a, b) => Math.max(a, b))],
    moments: 'finite',
    constant,
    atomless: constant,
  };
}
