// Oracle: every fraction of fixtures/expected, met as the same fraction; and sampling where there is no exact way.
import { beforeAll, describe, expect, it } from 'vitest';
import { parseDiscountList } from '../../src/number/discount.js';
import { type ComputedPower, computePower } from '../../src/parallel/compute-power.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { type ExpectedValue, expectedValues, fixtureModel } from '../oracles/expected-values.js';

const exactRows = expectedValues.filter(
  ({ quantity, fraction }) =>
    fraction !== undefined && /^(POWER|(strict|fractional|average)?optimalityProbability)$/i.test(quantity),
);
const groups = new Map<string, ExpectedValue[]>();
for (const row of exactRows) {
  // General quantile laws have no exact method: 'the choice of method' below.
  if (/^quantile/.test(String(row.reward))) continue;
  if (!/^[0-9./]+$/.test(row.gamma) || (row.action === undefined && row.quantity !== 'POWER')) continue;
  const law = typeof row.reward === 'string' ? row.reward : JSON.stringify(row.reward);
  const key = `${row.model} under ${law}`;
  groups.set(key, [...(groups.get(key) ?? []), row]);
}

describe.each([...groups])('%s, exactly', (key, values) => {
  const mdp = fixtureModel(values[0]!.model);
  let result: ComputedPower;
  beforeAll(async () => {
    const gammas = parseDiscountList([...new Set(values.map(({ gamma }) => gamma))].join(','));
    const reward = parseReward(key.slice(key.indexOf(' under ') + 7), mdp.states);
    result = await computePower(mdp, reward, { method: 'exact', gammas, samples: 1000, seed: 1n });
  });

  it.each(
    values.map((row) => [row.quantity, row.state, row.action ?? '', row.gamma, row.fraction!] as const),
  )('%s %s %s at %s is %s', (quantity, state, action, gamma, fraction) => {
    if (quantity === 'POWER') {
      const row = result.power.find((r) => r.state === state && r.gamma === gamma)!;
      expect([row.method, row.exact]).toEqual(['exact', fraction]);
      return;
    }
    const row = result.optimality.find((r) => r.state === state && r.action === action && r.gamma === gamma)!;
    expect(row.method).toBe('exact');
    const [p, q] = fraction.split('/').map(Number) as [number, number?];
    if (quantity === 'optimalityProbability') expect(row.exact).toBe(fraction);
    else if (quantity === 'averageOptimalityProbability') expect(row.averageExact).toBe(fraction);
    else expect(quantity === 'strictOptimalityProbability' ? row.strict : row.fractional).toBe(p / (q ?? 1));
  });
});

describe('the choice of method', () => {
  const mdp = fixtureModel('wait');
  const options = { gammas: parseDiscountList('1/2,0.9'), samples: 2000, seed: 3n };

  it('auto is exact where that is cheap', async () => {
    const { power, optimality, samples } = await computePower(mdp, parseReward('uniform(0,1)', mdp.states), {
      ...options,
      method: 'auto',
    });
    expect([...power, ...optimality].every(({ method, exact }) => method === 'exact' && exact !== null)).toBe(
      true,
    );
    expect(samples).toBe(0);
  });

  it('auto samples where there is no exact method, with the digits of sampling', async () => {
    const reward = parseReward('pareto(1, 3)', mdp.states);
    const { power, optimality, exactMissed } = await computePower(mdp, reward, {
      ...options,
      method: 'auto',
    });
    const sampled = await estimatePower(mdp, reward, options);
    expect({ power, optimality }).toEqual({ power: sampled.power, optimality: sampled.optimality });
    expect(exactMissed).toBe(false);
  });

  it('exact says what could not be exact, and why', async () => {
    const reward = parseReward('{"default": "uniform(0,1)", "states": {"hug": "pareto(1, 3)"}}', mdp.states);
    const { power, exactMissed, notes } = await computePower(mdp, reward, { ...options, method: 'exact' });
    expect(exactMissed).toBe(true);
    expect(notes.find(({ code }) => code === 'W_NOT_EXACT')?.message).toMatch(
      /POWER of start at gamma 1\/2.*pareto/,
    );
    expect(power.filter(({ method }) => method === 'exact').map(({ state }) => state)).toEqual([
      'candy',
      'chocolate',
      'candy',
      'chocolate',
    ]);
  });

  it('samples a limit that has no exact answer', async () => {
    const reward = parseReward('pareto(1, 3)', mdp.states);
    const limit = { ...options, gammas: parseDiscountList('1'), method: 'auto' } as const;
    const { power } = await computePower(mdp, reward, limit);
    expect(power.every(({ method }) => method === 'sampled')).toBe(true);
  });
});
