import { describe, expect, it } from 'vitest';
import { type Rational, rational, rationalOfDouble } from '../../src/number/rational.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import type { RewardSource } from '../../src/rewards/source.js';
import { zForFamily } from '../tolerance.js';

const STATES = ['a', 'b', 'c', 'd', 'e'];
const MODEL = { states: STATES, stateCount: STATES.length };
const sourceOf = (text: string, seed = 11n): RewardSource =>
  rewardSource(parseReward(text, STATES), MODEL, seed);

/** Every form, with every kind of law. */
const specs: readonly string[] = [
  'uniform(0, 1)',
  'uniform(-0.1, 1/3)',
  'normal(1, 2)',
  'exponential(1/3)',
  'beta(2, 1/2)',
  'pareto(1, 1.5)',
  'bernoulli(1/3)',
  'discrete(0.1: 1/3, 2: 2/3)',
  'point(1/3)',
  'point(-2)',
  'quantile(min(1, 2 * u) - sin(u))',
  '{"default": "uniform(0, 1)", "states": {"b": "point(0.5)", "d": "point(1/2)", "e": "bernoulli(0.5)"}}',
  '{"default": "point(1)", "states": {"a": "bernoulli(0.25)"}}',
  '{"features": {"a": [1, 0.1], "b": ["1/3", -2], "d": [1, 0.1]}, "weights": "normal(0, 1)"}',
  '{"features": {"a": {"x": 1}, "b": {"y": 3, "x": -1}, "c": {"x": 1e-60}}, "weights": "uniform(-1, 2)"}',
  '{"features": {"a": [1, 2], "b": [0.5, 1]}, "weights": "discrete(0.1: 1/2, 0.3: 1/2)"}',
  '{"features": {"a": [1, 2], "b": [2, 1]}, "weights": "point(1/7)"}',
  '{"functions": [{"weight": "1/3", "reward": {"a": 1}}, {"weight": "2/3", "reward": {"b": 0.1, "c": 0.1}}]}',
  '{"functions": [{"weight": 1, "reward": {"a": 1}}, {"weight": 0, "reward": {"b": 2}}]}',
  '{"functions": [{"weight": 0.5, "reward": {"a": 1}}, {"weight": 0.5, "reward": {"a": 1.0}}]}',
  '{"orbit": {"a": 0.1, "b": 2, "c": 2}}',
  '{"features": {"a": [1e-60], "b": [1e60]}, "weights": "beta(0.01, 0.01)"}',
  '{"orbit": {}}',
];

const bits = new DataView(new ArrayBuffer(8));
/** The neighbour of a nonzero double, away from 0 or towards it. */
function neighbour(x: number, step: bigint): number {
  bits.setFloat64(0, x);
  bits.setBigInt64(0, bits.getBigInt64(0) + step);
  return bits.getFloat64(0);
}
const distance = (exact: Rational, x: number): Rational => exact.sub(rationalOfDouble(x)).abs();

describe.each(specs)('%s', (text) => {
  const spec = parseReward(text, STATES);
  const source = rewardSource(spec, MODEL, 11n);
  const S = STATES.length;
  const COUNT = 200;
  const values = new Float64Array(S * COUNT);
  source.fill(0, COUNT, values);
  const column = (b: number): number[] => STATES.map((_, s) => values[s * COUNT + b]);

  it('is written back to the same law, and survives a copy to a thread', () => {
    expect(parseReward(spec.text, STATES)).toEqual(spec);
    expect(source.text).toBe(spec.text);
    const copy = rewardSource(structuredClone(spec), MODEL, 11n);
    const again = new Float64Array(S * COUNT);
    copy.fill(0, COUNT, again);
    expect(again).toEqual(values);
  });

  it('draws sample n the same in every block', () => {
    for (const [first, count] of [
      [0, 1],
      [3, 5],
      [7, 130],
      [199, 1],
    ]) {
      const block = new Float64Array(S * count).fill(Number.NaN);
      source.fill(first, count, block);
      for (let b = 0; b < count; b++) {
        expect(STATES.map((_, s) => block[s * count + b])).toEqual(column(first + b));
      }
    }
  });

  it('has exact rewards whose nearest doubles are the ones filled in', () => {
    for (let b = 0; b < COUNT; b += 7) {
      source.exactColumn(b).forEach((exact, s) => {
        const x = values[s * COUNT + b];
        if (exact.n === 0n) expect(x).toBe(0);
        else {
          const error = distance(exact, x);
          expect(error.compare(distance(exact, neighbour(x, 1n)))).toBeLessThanOrEqual(0);
          expect(error.compare(distance(exact, neighbour(x, -1n)))).toBeLessThanOrEqual(0);
        }
        if (!source.rounded) expect(rationalOfDouble(x).equals(exact)).toBe(true);
      });
    }
  });

  it('names its reward vectors truly, where it names them', () => {
    if (source.supportKey === undefined) return;
    const byKey = new Map<string, string>();
    for (let b = 0; b < COUNT; b++) {
      const exact = source.exactColumn(b).map(String).join(' ');
      const key = source.supportKey(b);
      expect(byKey.get(key) ?? exact).toBe(exact);
      byKey.set(key, exact);
    }
    expect(new Set(byKey.values()).size).toBe(byKey.size);
  });

  it('keeps what it says of constants, equal states and bounds', () => {
    const first = column(0).join(' ');
    const distinct = new Set(Array.from({ length: COUNT }, (_, b) => column(b).join(' '))).size;
    expect(source.constant).toBe(distinct === 1);
    STATES.forEach((_, s) => {
      const same = STATES.findIndex((__, t) =>
        Array.from({ length: COUNT }, (___, b) => column(b)).every((each) => each[t] === each[s]),
      );
      expect(source.equalRewardClass[s]).toBe(same);
      expect(source.lawClass[s]).toBeLessThanOrEqual(source.equalRewardClass[s]);
      const [low, high] = source.supportOf?.(s) ?? source.support;
      expect(low).toBeGreaterThanOrEqual(source.support[0]);
      expect(high).toBeLessThanOrEqual(source.support[1]);
      const own = values.subarray(s * COUNT, (s + 1) * COUNT);
      expect(Math.min(...own)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...own)).toBeLessThanOrEqual(high);
      if (source.atomless) expect([1, COUNT]).toContain(new Set(own).size);
    });
    expect(first.length).toBeGreaterThan(0);
  });

  it('changes with the seed, unless it is constant', () => {
    const other = new Float64Array(S * COUNT);
    rewardSource(spec, MODEL, 12n).fill(0, COUNT, other);
    expect(other.every((x, i) => x === values[i])).toBe(source.constant);
  });
});

describe('what each law says of itself', () => {
  it('moments', () => {
    expect(sourceOf('pareto(1, 2)').moments).toBe('infiniteVariance');
    expect(sourceOf('pareto(1, 2.01)').moments).toBe('finite');
    expect(sourceOf('quantile(u)').moments).toBe('unchecked');
    expect(sourceOf('{"default": "quantile(u)", "states": {"a": "pareto(1, 1.5)"}}').moments).toBe(
      'infiniteVariance',
    );
    expect(sourceOf('{"features": {"a": [1]}, "weights": "pareto(1, 1.5)"}').moments).toBe(
      'infiniteVariance',
    );
    expect(sourceOf('normal(0, 1)').moments).toBe('finite');
  });
  it('exchangeability and classes of equal law', () => {
    const mixed = sourceOf(
      '{"default": "uniform(0, 1)", "states": {"b": "uniform(0, 2)", "d": "uniform(0.0, 2)"}}',
    );
    expect([...mixed.lawClass]).toEqual([0, 1, 0, 1, 0]);
    expect(mixed.exchangeable).toBe(true);
    expect(sourceOf('{"orbit": {"a": 1}}').exchangeable).toBe(true);
    expect([...sourceOf('{"orbit": {"a": 1}}').lawClass]).toEqual([0, 0, 0, 0, 0]);
    expect(sourceOf('{"features": {"a": [1]}, "weights": "normal(0, 1)"}').exchangeable).toBe(false);
  });
  it('support', () => {
    expect(sourceOf('exponential(2)').support).toEqual([0, Number.POSITIVE_INFINITY]);
    const features = sourceOf('{"features": {"a": [1, -2], "b": [0, 0]}, "weights": "uniform(0, 3)"}');
    expect(features.supportOf!(0)).toEqual([-6, 3]);
    expect(features.supportOf!(1)).toEqual([0, 0]);
    const unbounded = sourceOf('{"features": {"a": [-1, 1], "b": [-1, 0]}, "weights": "exponential(1)"}');
    expect(unbounded.supportOf!(0)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(unbounded.supportOf!(1)).toEqual([Number.NEGATIVE_INFINITY, 0]);
  });
  it('refuses another model and a seed that is no 64-bit number', () => {
    const spec = parseReward('uniform(0, 1)', STATES);
    expect(() => rewardSource(spec, { states: ['a'], stateCount: 1 }, 1n)).toThrow(RangeError);
    expect(() => rewardSource(spec, MODEL, 1n << 64n)).toThrow(RangeError);
  });
});

describe('a state', () => {
  it('draws the same whatever the laws of other states are', () => {
    const alone = new Float64Array(50);
    const among = new Float64Array(50);
    sourceOf('uniform(0, 1)').fill(0, 10, alone);
    sourceOf('{"default": "uniform(0, 1)", "states": {"a": "point(3)", "d": "normal(0, 1)"}}').fill(
      0,
      10,
      among,
    );
    for (const s of [1, 2, 4])
      expect(among.slice(10 * s, 10 * s + 10)).toEqual(alone.slice(10 * s, 10 * s + 10));
  });
});

describe('an orbit', () => {
  // P(χ²_k > k + 2√(kx) + 2x) ≤ e^−x (Laurent & Massart 2000, lemma 1), at one false alarm in a million.
  const limit = (k: number): number => k + 2 * Math.sqrt(k * Math.log(1e6)) + 2 * Math.log(1e6);
  it.each([
    ['{"orbit": {"a": 1, "b": 2, "c": 3, "d": 4}}', 120],
    ['{"orbit": {"a": 7, "b": 7, "c": 7}}', 10],
    ['{"orbit": {"a": 1, "b": 1, "c": 2}}', 30],
  ])('%s comes in each of its %d arrangements equally often', (text, arrangements) => {
    const count = 60_000;
    const values = new Float64Array(5 * count);
    sourceOf(text).fill(0, count, values);
    const seen = new Map<string, number>();
    for (let b = 0; b < count; b++) {
      const key = STATES.map((_, s) => values[s * count + b]).join(' ');
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(seen.size).toBe(arrangements);
    const expected = count / arrangements;
    const statistic = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(statistic).toBeLessThan(limit(arrangements - 1));
  });
});

describe('a finite list', () => {
  it('takes each function with its weight, to 53 bits', () => {
    const values = new Float64Array(5 * 90_000);
    sourceOf('{"functions": [{"weight": "1/3", "reward": {"a": 1}}, {"weight": "2/3", "reward": {}}]}').fill(
      0,
      90_000,
      values,
    );
    const drawn = values.subarray(0, 90_000).reduce((sum, x) => sum + x, 0);
    expect(Math.abs(drawn - 30_000)).toBeLessThan(zForFamily(1) * Math.sqrt(90_000 * (2 / 9)));
  });
});

describe('exact rewards of features', () => {
  it('are the written features times the drawn weights', () => {
    const source = sourceOf(
      '{"features": {"a": [1, 0], "b": [0, 1], "c": ["1/3", 0.1]}, "weights": "normal(0, 1)"}',
    );
    for (let n = 0; n < 20; n++) {
      const [x, y, both] = source.exactColumn(n);
      expect(both.equals(x.div(rational(3)).add(y.div(rational(10))))).toBe(true);
    }
  });
});
