// Oracle: fixtures/expected, published and derived values. Every POWER and every optimality probability at any gamma from 0 to 1 is
// met by sampling, within z standard errors; all comparisons together raise a false alarm for one seed in a million, and
// the seed is fixed.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Mdp } from '../../src/mdp/model.js';
import type { PowerEstimate } from '../../src/power/result.js';
import { sized } from '../full-size.js';
import { type ExpectedValue, expectedValues, fixtureModel } from '../oracles/expected-values.js';
import { zForFamily } from '../tolerance.js';
import { estimate, optimalityOf, powerOf } from './estimating.js';

const samples = sized(4000, 40_000);
const rows = expectedValues.filter(
  ({ quantity, gamma, action }) =>
    !Number.isNaN(Number(gamma)) &&
    (quantity === 'POWER' ||
      (action !== undefined && /^((strict|fractional)o|averageO|o)ptimalityProbability$/i.test(quantity))),
);
const z = zForFamily(rows.length, 1e-6);

/** The rows by model and law: one run each. */
const groups = new Map<string, ExpectedValue[]>();
for (const row of rows) {
  const key = `${row.model} under ${lawText(row)}`;
  groups.set(key, [...(groups.get(key) ?? []), row]);
}

function lawText({ reward }: ExpectedValue): string {
  return typeof reward === 'string' ? reward : JSON.stringify(reward);
}

it('there are values to meet', () => expect(rows.length).toBeGreaterThan(700));

describe.each([...groups])('%s', (_, values) => {
  const mdp: Mdp = fixtureModel(values[0]!.model);
  let result: PowerEstimate;
  beforeAll(async () => {
    const gammas = [...new Set(values.map(({ gamma }) => gamma))];
    result = await estimate(mdp, lawText(values[0]!), gammas, { samples });
  });

  const powers = values.filter(({ quantity }) => quantity === 'POWER');
  it.each(powers.map((row) => [row.state, row.gamma, row.fraction ?? row.value, row.value] as const))(
    'POWER(%s) at %s is %s',
    (state, gamma, _fraction, value) => {
      const row = powerOf(result, state, gamma);
      const standardError = row.standardError!;
      expect(Math.abs(row.power - value)).toBeLessThanOrEqual(z * standardError + row.solverError);
      expect(row.solverError).toBeLessThanOrEqual(standardError / 10);
    },
  );

  const probabilities = values.filter(({ quantity }) => quantity !== 'POWER');
  it.each(
    probabilities.map(
      (row) => [row.quantity, row.state, row.action!, row.gamma, row.fraction!, row.value] as const,
    ),
  )('%s(%s, %s) at %s is %s', (quantity, state, action, gamma, _fraction, value) => {
    const row = optimalityOf(result, state, action, gamma);
    const found = {
      strictOptimalityProbability: row.strict,
      fractionalOptimalityProbability: row.fractional,
      averageOptimalityProbability: row.averageProbability,
    }[quantity];
    // A variable between 0 and 1 of mean p has variance at most p(1 − p).
    const standardError = Math.sqrt((value * (1 - value)) / samples);
    expect(Math.abs((found ?? row.probability) - value)).toBeLessThanOrEqual(z * standardError);
    expect(row.undecided).toBe(0);
  });
});
