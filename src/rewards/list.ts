import { nearestDouble } from '../number/nearest-double.js';
import { rationalText } from '../number/rational.js';
import { firstOfEach } from './classes.js';
import { readNumber } from './exact-number.js';
import { exactlyDoubles } from './independent.js';
import { cumulative, thresholdsBelow } from './kinds/discrete.js';
import { fillUniformPair, type PhiloxKey, Purpose } from './philox.js';
import type { RewardSource } from './source.js';
import type { ListSpec } from './spec.js';

/** One of finitely many reward functions; weights are exact up to 2⁻⁵³ (kinds/discrete.ts). */
export function listSource(spec: ListSpec, key: PhiloxKey): RewardSource {
  const possible = spec.functions.filter(({ weight }) => readNumber(weight).n !== 0n);
  const exact = possible.map(({ reward }) => reward.map(readNumber));
  const doubles = exact.map((reward) => Float64Array.from(reward, nearestDouble));
  const thresholds = cumulative(possible.map(({ weight }) => weight));
  const stateCount = exact[0].length;
  const names = exact.map((reward) => reward.map(rationalText).join(' '));
  // Functions written twice are one element of the support.
  const firstEqual = firstOfEach(names);

  const indices = (first: number, count: number): Int32Array => {
    const uniforms = new Float64Array(count);
    fillUniformPair(key, Purpose.list, 0, first, count, uniforms, null);
    return Int32Array.from(uniforms, (u) => firstEqual[thresholdsBelow(thresholds, u)]);
  };
  return {
    text: spec.text,
    stateCount,
    fill(first, count, values) {
      const drawn = indices(first, count);
      for (let s = 0; s < stateCount; s++) {
        for (let b = 0; b < count; b++) values[s * count + b] = doubles[drawn[b]][s];
      }
    },
    exactColumn: (sample) => exact[indices(sample, 1)[0]],
    rounded: exact.some((reward, f) => !exactlyDoubles(reward, doubles[f])),
    supportKey: (sample) => String(indices(sample, 1)[0]),
    ...sameRewards(exact[0].map((_, s) => exact.map((reward) => rationalText(reward[s])).join(' '))),
    exchangeable: false,
    support: [extreme(doubles, Math.min), extreme(doubles, Math.max)],
    supportOf: (state) => {
      const column = doubles.map((reward) => reward[state]);
      return [Math.min(...column), Math.max(...column)];
    },
    moments: 'finite',
    constant: new Set(names).size === 1,
    atomless: doubles[0].every((_, s) => new Set(exact.map((reward) => rationalText(reward[s]))).size === 1),
  };
}

/** Both classes of a law that is not exchangeable: states are alike only where their rewards are equal. */
export function sameRewards(keys: readonly string[]): Pick<RewardSource, 'equalRewardClass' | 'lawClass'> {
  const equalRewardClass = firstOfEach(keys);
  return { equalRewardClass, lawClass: equalRewardClass };
}

/** The least or greatest entry; a loop, since a spread of many arguments overflows the stack. */
function extreme(rows: readonly Float64Array[], pick: (a: number, b: number) => number): number {
  return rows.reduce((best, row) => row.reduce((a, b) => pick(a, b), best), rows[0][0]);
}
