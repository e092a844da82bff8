// Linear forms over paired samples: coverage by simulation, and what pairing gains.
import { expect, it } from 'vitest';
import { parseDiscountList } from '../../src/number/discount.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import type { LinearForm } from '../../src/power/linear-form.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { roundingBound, zForFamily } from '../tolerance.js';
import { powerOf, wait } from './estimating.js';

const gammas = parseDiscountList('0.5,0.9');
const uniform = parseReward('uniform(0,1)', wait.states);
const power = (index: number, coefficient: number, gamma = 1) =>
  ({ quantity: 'power', index, coefficient, gamma }) as const;
const chance = (index: number, coefficient: number) =>
  ({ quantity: 'probability', index, coefficient, gamma: 1 }) as const;

/** With gamma 0.9: POWER(s0) = 2/3 + γ²/12, POWER(s2) = 2/3, P(s0, a1) = 1/2 + γ/6. */
const known: readonly (readonly [title: string, truth: number, form: LinearForm])[] = [
  ['POWER(s0) − POWER(s2)', 0.81 / 12, [power(0, 1), power(2, -1)]],
  ['POWER(s0, 0.9) − POWER(s0, 0.5)', (0.81 - 0.25) / 12, [power(0, 1), power(0, -1, 0)]],
  ['P(s0, a1) − P(s0, a0)', 0.3, [chance(1, 1), chance(0, -1)]],
  ['3 P(s0, a1) / 2', 0.975, [chance(1, 1.5)]],
  ['POWER(s0) − 2 P(s0, a1)', 2 / 3 + 0.81 / 12 - 1.3, [power(0, 1), chance(1, -2)]],
];

it('95 % intervals cover known values, over 300 seeds of 200 samples', async () => {
  const runs = 300;
  const misses = known.map(() => 0);
  for (let seed = 1n; seed <= runs; seed++) {
    const { forms } = await estimatePower(wait, uniform, {
      gammas,
      samples: 200,
      seed,
      decide: false,
      // Each of the limits holds at 95 %.
      confidence: 1 - 0.05 * known.length,
      forms: known.map(([, , form]) => form),
    });
    forms.forEach(({ low, high }, i) => {
      const [, truth] = known[i]!;
      if (!(low! <= truth && truth <= high!)) misses[i]!++;
    });
  }
  const reach = zForFamily(2 * known.length) * Math.sqrt(runs * 0.05 * 0.95);
  known.forEach(([title], i) => {
    expect(misses[i], title).toBeLessThanOrEqual(0.05 * runs + reach);
    expect(misses[i], title).toBeGreaterThanOrEqual(Math.max(1, 0.05 * runs - reach));
  });
});

it('is the same as its row for one POWER, and narrower than two rows for a difference', async () => {
  const options = { gammas, samples: 2000, seed: 1n, decide: false };
  const single = await estimatePower(wait, uniform, { ...options, forms: [[power(0, 1)]] });
  const row = powerOf(single, 's0', '0.9');
  // The form's bound allows for the rounding of coefficient and product, doubled.
  const rounding = roundingBound(8, 1);
  expect(Math.abs(single.forms[0]!.mean - row.power)).toBeLessThan(rounding);
  expect(Math.abs(single.forms[0]!.low! - row.low!)).toBeLessThan(rounding);
  const paired = await estimatePower(wait, uniform, { ...options, forms: [[power(0, 1), power(2, -1)]] });
  const [a, b] = [powerOf(paired, 's0', '0.9'), powerOf(paired, 's2', '0.9')];
  const width = paired.forms[0]!.high! - paired.forms[0]!.low!;
  expect(width).toBeLessThan((a.high! - a.low! + b.high! - b.low!) / 2);
});

it('leaves the rows as they are, but for rounding: with forms every sample is kept, and sums have another order', async () => {
  const options = { gammas, samples: 500, seed: 1n, decide: false, simultaneous: true };
  const plain = await estimatePower(wait, uniform, options);
  const withForms = await estimatePower(wait, uniform, {
    ...options,
    forms: known.map(([, , form]) => form),
  });
  expect(withForms.optimality).toEqual([]);
  expect(withForms.power.length).toBe(plain.power.length);
  // Values within [0, 1]; mean and deviation each pass a few roundings for every sample.
  const rounding = roundingBound(8 * options.samples, 1);
  withForms.power.forEach(({ low, high }, i) => {
    const row = plain.power[i]!;
    expect(Math.abs(low! - row.low!)).toBeLessThanOrEqual(rounding);
    expect(Math.abs(high! - row.high!)).toBeLessThanOrEqual(rounding);
  });
});
