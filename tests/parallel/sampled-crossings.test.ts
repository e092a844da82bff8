// Brackets from samples against the exact place, and what is said where samples decide nothing.
import { describe, expect, it } from 'vitest';
import { type SampledPair, sampledCrossings } from '../../src/parallel/sampled-crossings.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { fixtureModel } from '../oracles/expected-values.js';

const mdp = fixtureModel('early-or-late');
const reward = parseReward('uniform(0, 1)', mdp.states);
const options = { samples: 20_000, seed: 1n, confidence: 0.999999 };

function pair(state: string, other: string): SampledPair {
  const [first, second] = [state, other].map((name) => mdp.states.indexOf(name));
  return { kind: 'POWER', state, action: null, other, first: first!, second: second! };
}

describe('sampledCrossings', () => {
  it('brackets the exact place: POWER 2/3 against (1 − γ)/2 + 3γ/4 at 2/3', async () => {
    const { rows, pairs, comparisons } = await sampledCrossings(
      mdp,
      reward,
      [pair('early', 'late'), pair('late', 'hall')],
      options,
    );
    expect(comparisons).toBe(2 * 4097);
    expect(pairs.map(({ orders, method }) => [orders, method])).toEqual([
      [['>', '<'], 'sampled'],
      [['<'], 'sampled'],
    ]);
    expect(rows).toHaveLength(1);
    expect(Number(rows[0]!.low)).toBeLessThan(2 / 3);
    expect(Number(rows[0]!.high)).toBeGreaterThan(2 / 3);
    // The two differ by |3γ − 2|/12, with a standard deviation below 1/2: shown at 0.2 from the place by 20,000 samples.
    expect(Number(rows[0]!.high) - Number(rows[0]!.low)).toBeLessThan(0.4);
    expect(rows[0]).toMatchObject({ exact: null, before: '>', after: '<', method: 'sampled' });
  });

  it('brackets where probabilities change order', async () => {
    // P(early) = P((1−γ)·U + γ·max of 2 > (1−γ)·U + γ(1−γ)·U + γ²·max of 3) is 1/2 at γ → 0 by symmetry of the first rewards
    // and 2/5 at γ → 1; at 1/2 the exact method gives the sign.
    const choices = ['early', 'late'].map((name) => mdp.actions.indexOf(name));
    const question: SampledPair = {
      kind: 'P',
      state: 'start',
      action: 'early',
      other: 'late',
      first: choices[0]!,
      second: choices[1]!,
    };
    const { pairs, rows } = await sampledCrossings(mdp, reward, [question], options);
    expect(pairs[0]!.orders.at(-1)).toBe('<');
    for (const { low, high } of rows) expect(Number(low)).toBeLessThan(Number(high));
  });

  it('shows no order where there is none to be seen', async () => {
    const { pairs, rows } = await sampledCrossings(mdp, reward, [pair('a', 'b')], {
      ...options,
      samples: 500,
    });
    expect(pairs).toEqual([{ state: 'a', action: null, other: 'b', orders: [], method: 'sampled' }]);
    expect(rows).toEqual([]);
  });
});
