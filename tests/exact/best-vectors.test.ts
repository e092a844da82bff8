// How often each visit distribution and each recurrent state distribution is the best: published and derived fractions
// through the command line, every outcome of a law with every policy, and closed forms.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitReport } from '../../src/exact/visits.js';
import { parseDocument } from '../../src/mdp/document.js';
import type { Mdp } from '../../src/mdp/model.js';
import { fromRational, ratio } from '../../src/number/ratio.js';
import { ONE, type Rational, rational, rationalText, ZERO } from '../../src/number/rational.js';
import type { ResultDocument } from '../../src/report/document.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { run } from '../cli/fake-io.js';
import { gainByEnumeration } from '../oracles/exact-gain.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { allPolicies, optimalValues, policyValue } from '../oracles/exact-policies.js';
import { type ExpectedValue, fixtureModel } from '../oracles/expected-values.js';
import { randomDiscount, randomModel } from '../oracles/random-models.js';

const half = ratio(1n, 2n);

function reportOf(mdp: Mdp, law: unknown, s = 0, gamma = half) {
  const written = typeof law === 'string' ? law : parseDocument(JSON.stringify(law), 'test', 'json');
  return visitReport(mdp, s, gamma, { reward: parseReward(written, mdp.states) });
}

describe('mdpower visits --reward', () => {
  const fixtures = resolve(import.meta.dirname, '../../fixtures');
  const { expected } = JSON.parse(readFileSync(`${fixtures}/expected/fig1.json`, 'utf8')) as {
    expected: (ExpectedValue & { readonly recurrent?: Readonly<Record<string, string>> })[];
  };
  const uniform = expected.filter(({ reward, fraction }) => reward === 'uniform(0, 1)' && fraction);

  async function visits(...options: readonly string[]) {
    const argv = ['visits', `${fixtures}/mdp/fig1.json`, '--format', 'json', ...options];
    const { stdout, code } = await run(argv);
    expect(code).toBe(0);
    return (JSON.parse(stdout) as ResultDocument).visits![0]!;
  }

  it('prints how often each recurrent state distribution of Fig. 1 is average-optimal', async () => {
    const wanted = uniform.filter(({ recurrent }) => recurrent !== undefined);
    expect(wanted).toHaveLength(5);
    const { recurrent, best } = await visits('--state', '★', '--reward', 'uniform(0, 1)');
    for (const row of wanted)
      expect(
        recurrent.find(({ distribution }) => JSON.stringify(distribution) === JSON.stringify(row.recurrent))
          ?.exact,
      ).toBe(row.fraction);
    const power = uniform.find((row) => row.quantity === 'POWER' && row.state === '★' && row.gamma === '1');
    expect(power?.fraction).toBe(best!.averageReward);
  });

  const values = uniform.filter(({ quantity }) => quantity === 'averageOptimalValue');
  it.each(values)('prints E V*($state, $gamma) = $fraction', async ({ state, gamma, fraction }) => {
    expect((await visits('--state', state, '--gamma', gamma, '--chances')).best!.value).toBe(fraction);
  });

  it('adds up to the probability of each action, 1/2', async () => {
    const wanted = uniform.filter(
      (row) => row.quantity === 'optimalityProbability' && row.state === '★' && row.gamma === '0.5',
    );
    expect(wanted).toHaveLength(3);
    const rows = (await visits('--chances')).visits;
    for (const { action, fraction } of wanted) {
      const parts = rows.filter(({ actions }) => actions.includes(action!));
      const sum = parts.reduce((total, { exact }) => total.add(fractionOf(exact!)), ZERO);
      expect(rationalText(sum)).toBe(fraction);
    }
  });

  it('says what has no exact answer, and ends with 4', async () => {
    const argv = ['visits', `${fixtures}/mdp/wait.json`, '--reward', 'normal(0, 1)'];
    const { stdout, code } = await run(argv);
    expect(code).toBe(4);
    expect(stdout).toMatch(/normal\s+rewards have no rational answer/);
    const rows = (await run([...argv, '--format', 'csv'])).stdout.trim().split('\n');
    expect(rows[0]).toMatch(/,probability,exact$/);
    for (const row of rows.slice(1)) expect(row).toMatch(/,,$/);
  });

  it.each(['0', '1'])('refuses gamma %s with the way out', async (gamma) => {
    const { code, stdout, stderr } = await run(['visits', `${fixtures}/mdp/wait.json`, '-g', gamma]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('0 < gamma < 1');
  });
});

/** A fraction as it is printed. */
function fractionOf(text: string): Rational {
  const [n, d = '1'] = text.split('/');
  return rational(Number(n), Number(d));
}

/** All reward functions of independent values 0 (probability 2/3) and 1 (1/3), with their probabilities. */
function bernoulliOutcomes(size: number): { reward: Rational[]; probability: Rational }[] {
  return Array.from({ length: 2 ** size }, (_, bits) => {
    const reward = Array.from({ length: size }, (_bit, t) => ((bits >> t) & 1 ? ONE : ZERO));
    const probability = reward.reduce((p, r) => p.mul(rational(r === ONE ? 1 : 2, 3)), ONE);
    return { reward, probability };
  });
}

/** {state: entry} of a vector, zeros left out, as results have it. */
function texts(vector: readonly Rational[]): string {
  const entries = vector.flatMap((x, t) => (x.n === 0n ? [] : [[`s${t}`, rationalText(x)]]));
  return JSON.stringify(Object.fromEntries(entries));
}

describe('visitReport with a law of finite support', () => {
  const models = randomModel({ maxStates: 3, maxActions: 3 });

  it('counts every outcome in which a policy of the vector is the best, ties included', () => {
    const property = fc.property(models, randomDiscount, (model, { exact: gamma }) => {
      const report = reportOf(mdpOfRows(model), 'bernoulli(1/3)', 0, fromRational(gamma));
      const outcomes = bernoulliOutcomes(model.length);
      const wanted = new Map<string, Rational>();
      let mean = ZERO;
      for (const { reward, probability } of outcomes) {
        const best = optimalValues(model, reward, gamma)[0]!;
        mean = mean.add(probability.mul(best));
        const optimal = new Set<string>();
        for (const policy of allPolicies(model))
          if (policyValue(model, policy, reward, gamma)[0]!.equals(best))
            optimal.add(texts(visitsOfPolicy(model, policy, gamma)));
        for (const key of optimal) wanted.set(key, (wanted.get(key) ?? ZERO).add(probability));
      }
      for (const { visits, exact } of report.visits)
        expect(exact).toBe(rationalText(wanted.get(JSON.stringify(visits)) ?? ZERO));
      expect(report.best!.value).toBe(rationalText(mean));
      expect(report.best!.normalizedValue).toBe(rationalText(mean.mul(ONE.sub(gamma))));
    });
    fc.assert(property, { seed: 31, numRuns: 25 });
  });

  it('counts every outcome in which a recurrent distribution has the optimal gain', () => {
    const property = fc.property(models, (model) => {
      const report = reportOf(mdpOfRows(model), 'bernoulli(1/3)');
      const outcomes = bernoulliOutcomes(model.length).map((outcome) => ({
        ...outcome,
        gain: gainByEnumeration(model, outcome.reward)[0]!,
      }));
      for (const { distribution, exact } of report.recurrent) {
        const value = (reward: readonly Rational[]): Rational =>
          reward.reduce((sum, r, t) => sum.add(r.mul(fractionOf(distribution[`s${t}`] ?? '0'))), ZERO);
        const hits = outcomes.filter(({ reward, gain }) => value(reward).equals(gain));
        const chance = hits.reduce((sum, { probability }) => sum.add(probability), ZERO);
        expect(exact).toBe(rationalText(chance));
      }
      const mean = outcomes.reduce((sum, { gain, probability }) => sum.add(gain.mul(probability)), ZERO);
      expect(report.best!.averageReward).toBe(rationalText(mean));
    });
    fc.assert(property, { seed: 32, numRuns: 25 });
  });
});

/** f^{π,s0}: the value of each unit reward. */
function visitsOfPolicy(model: ExactModel, policy: readonly number[], gamma: Rational): Rational[] {
  return model.map((_, t) => {
    const unit = model.map((_row, u) => (t === u ? ONE : ZERO));
    return policyValue(model, policy, unit, gamma)[0]!;
  });
}

describe('visitReport with closed forms', () => {
  const fork = (leaves: number): Mdp =>
    mdpOfRows([
      Array.from({ length: leaves }, (_, i) => certain(i + 1)),
      ...Array.from({ length: leaves }, (_, i) => [certain(i + 1)]),
    ]);
  const ends: readonly (readonly [string, number, unknown, Readonly<Record<string, string>>, string])[] = [
    ['five alike', 5, 'uniform(-1, 3)', { s1: '1/5', s5: '1/5' }, '7/3'],
    // max(U, 2V): P(U > 2V) = 1/4, E = 1 + 1/12
    [
      'ranges',
      2,
      { default: 'uniform(0, 1)', states: { s2: 'uniform(0, 2)' } },
      { s1: '1/4', s2: '3/4' },
      '13/12',
    ],
    // a coin beside U: it wins with 1, loses with 0
    [
      'a coin',
      2,
      { default: 'uniform(0, 1)', states: { s2: 'bernoulli(1/2)' } },
      { s1: '1/2', s2: '1/2' },
      '3/4',
    ],
    // two constants tie: both are best when U < 1/2; E max(U, 1/2) = 5/8
    [
      'tied constants',
      3,
      { default: 'point(1/2)', states: { s1: 'uniform(0, 1)' } },
      { s1: '1/2', s2: '1/2', s3: '1/2' },
      '5/8',
    ],
    // R(s1) = w, R(s2) = −w, R(s3) = 0, w on (−1, 1): 0 is never the only best; E |w| = 1/2
    [
      'features',
      3,
      { features: { s0: [0], s1: [1], s2: [-1], s3: [0] }, weights: 'uniform(-1, 1)' },
      { s1: '1/2', s2: '1/2', s3: '0' },
      '1/2',
    ],
    // one of four states has the reward 1; nobody's leaf has it in a quarter of the cases, and all tie
    ['an orbit', 3, { orbit: { s0: 0, s1: 1, s2: 0, s3: 0 } }, { s1: '1/2', s2: '1/2', s3: '1/2' }, '3/4'],
  ];

  it.each(ends)('%s', (_name, leaves, law, wanted, mean) => {
    const { visits, recurrent, best } = reportOf(fork(leaves), law);
    for (const [state, chance] of Object.entries(wanted)) {
      expect(recurrent.find(({ distribution }) => distribution[state] === '1')?.exact).toBe(chance);
      expect(visits.find((row) => row.visits[state] !== undefined)?.exact).toBe(chance);
    }
    expect(best).toMatchObject({ averageReward: mean, refused: [] });
  });

  it.each([
    // The greatest of three 1-cycles: of law t², E = ∫ 1 − t⁶; exponential ones 1 + 1/2 + 1/3.
    ['beta(2, 1)', '6/7'],
    ['exponential(1)', '11/6'],
  ])('knows E of the greatest of three of law %s', (law, mean) => {
    const { best } = reportOf(fixtureModel('wait'), law);
    expect(best).toMatchObject({ averageReward: mean, refused: [] });
  });

  it.each(['normal(0, 1)', 'pareto(1, 3)'])('refuses %s', (law) => {
    const { best, visits } = reportOf(fixtureModel('wait'), law);
    expect(best!.refused.map(({ what }) => what)).toEqual([
      'visit distributions',
      'recurrent state distributions',
    ]);
    expect(visits.map(({ exact, probability }) => [exact, probability])).toEqual(
      visits.map(() => [null, null]),
    );
  });
});
