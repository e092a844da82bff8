// What is proved, by closed forms: equalities that hold at every gamma, and what sampling may and may not decide.
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../src/mdp/build.js';
import { parseDocument } from '../../../src/mdp/document.js';
import type { Mdp } from '../../../src/mdp/model.js';
import { parseDiscountList } from '../../../src/number/discount.js';
import { estimatePower } from '../../../src/parallel/estimate-power.js';
import { bindAssertions } from '../../../src/power/assertion/bind-assertions.js';
import { judgeClaims, planClaims } from '../../../src/power/assertion/judge.js';
import { parseAssertion } from '../../../src/power/assertion/parse-assertion.js';
import type { AssertionRow, FormEstimate } from '../../../src/power/result.js';
import { parseReward } from '../../../src/rewards/parse-reward.js';
import { rewardSource } from '../../../src/rewards/reward-source.js';
import { star, wait } from '../estimating.js';

function plan(mdp: Mdp, law: string, texts: readonly string[], gammas = '0.5') {
  const assertions = texts.map((text) => parseAssertion({ text, source: '--assert' }));
  const source = rewardSource(parseReward(law, mdp.states), mdp, 1n);
  return planClaims(mdp, source, bindAssertions(mdp, parseDiscountList(gammas), assertions));
}

async function judged(
  mdp: Mdp,
  law: string,
  texts: readonly string[],
  gammas = '0.5',
  samples = 2000,
): Promise<AssertionRow[]> {
  const claims = plan(mdp, law, texts, gammas);
  const { forms } = await estimatePower(mdp, parseReward(law, mdp.states), {
    gammas: parseDiscountList(gammas),
    samples,
    seed: 1n,
    decide: false,
    forms: claims.forms,
  });
  return judgeClaims(claims, forms);
}

const outcomes = async (...argument: Parameters<typeof judged>): Promise<string[]> =>
  (await judged(...argument)).map(({ outcome, basis }) => `${outcome} ${basis}`);

describe('what is equal for a proved reason', () => {
  it('holds: leaves of a star by symmetry, actions to them, an only action, a term that cancels', async () => {
    const claims = [
      'POWER(s1) = POWER(s3)',
      'P(s0, a0) = P(s0, a2)',
      'P(s2, a0) = 1',
      'POWER(s0) - POWER(s0) = 0',
      'POWER(s1) + POWER(s2) = 2*POWER(s3)',
      'POWER(s1) >= POWER(s3)',
      '1/3 = 1/3',
    ];
    expect(await outcomes(star(3), 'uniform(0,1)', claims)).toEqual(claims.map(() => 'holds proved'));
    expect(plan(star(3), 'uniform(0,1)', claims).forms).toEqual([]);
  });

  it('refutes strict orders and inequality exactly', async () => {
    const claims = [
      'POWER(s1) > POWER(s3)',
      'P(s0, a0) != P(s0, a2)',
      'POWER(s1) < POWER(s3)',
      'P(s2, a0) < 1',
    ];
    expect(await outcomes(star(3), 'uniform(0,1)', claims)).toEqual(claims.map(() => 'fails proved'));
  });

  it('is not taken over where the law breaks the symmetry', () => {
    const law = '{"default": "uniform(0, 1)", "states": {"s1": "uniform(0, 2)"}}';
    const mdp = star(3);
    const spec = parseReward(parseDocument(law, 'law', 'json'), mdp.states);
    const assertions = ['POWER(s1) = POWER(s3)', 'POWER(s2) = POWER(s3)'].map((text) =>
      parseAssertion({ text, source: '--assert' }),
    );
    const bound = bindAssertions(mdp, parseDiscountList('0.5'), assertions);
    const { claims } = planClaims(mdp, rewardSource(spec, mdp, 1n), bound);
    expect(claims.map(({ terms }) => terms.length)).toEqual([2, 0]);
  });

  it('holds for states with the same rows: POWER does not look at their own rewards', async () => {
    const mdp = buildModel({
      states: ['a', 'b', 'x', 'y'],
      transitions: { a: { l: 'x', r: 'y' }, b: { up: 'y', down: 'x' } },
      terminal: ['x', 'y'],
    });
    const law = 'uniform(0,1)';
    const claims = ['POWER(a) = POWER(b)', 'P(a, l) = P(b, down)'];
    expect(await outcomes(mdp, law, claims)).toEqual(['holds proved', 'holds proved']);
  });
});

describe('what is sampled', () => {
  it('decides by limits: POWER of the start in wait is 2/3 + gamma^2/12, P(wait) is 1/2 + gamma/6', async () => {
    const claims = [
      'POWER(s0) > POWER(s2)',
      'POWER(s0) <= POWER(s2)',
      'POWER(s0) = POWER(s2)',
      'POWER(s0) != POWER(s2)',
      'P(s0, a1) - P(s0, a0) > 0.1',
      'P(s0, a1) < 1/2',
    ];
    expect(await outcomes(wait, 'uniform(0,1)', claims, '0.9', 20000)).toEqual([
      'holds sampled',
      'fails sampled',
      'fails sampled',
      'holds sampled',
      'holds sampled',
      'fails sampled',
    ]);
  });

  it('never proves an equality that is only true, nor one seen in all samples', async () => {
    // P(s0, a1) + P(s0, a0) is 1 for atomless rewards; POWER(s2) is 2/3.
    expect(
      await outcomes(wait, 'uniform(0,1)', [
        'P(s0, a0) + P(s0, a1) = 1',
        'POWER(s2) = 2/3',
        'POWER(s2) >= 2/3',
      ]),
    ).toEqual(['undecided sampled', 'undecided sampled', 'undecided sampled']);
  });

  it('pairs discounts too: POWER of the start grows with gamma', async () => {
    const rows = await judged(wait, 'uniform(0,1)', ['POWER(s0, 0.9) > POWER(s0, 0.1)'], '0.1,0.9', 20000);
    expect(rows).toMatchObject([{ gamma: null, outcome: 'holds' }]);
    const truth = (0.9 ** 2 - 0.1 ** 2) / 12;
    expect(rows[0]!.low!).toBeLessThan(truth);
    expect(rows[0]!.high!).toBeGreaterThan(truth);
  });

  it('has one row a discount where none is named, and one where one is', async () => {
    const rows = await judged(wait, 'uniform(0,1)', ['POWER(s0) > 0', 'POWER(s0) > 0 @ 1/2'], '0.1,0.5');
    expect(rows.map(({ gamma }) => gamma)).toEqual(['0.1', '0.5', '0.5']);
  });

  it('is undecided where no interval holds', async () => {
    expect(await outcomes(wait, 'pareto(1, 1.5)', ['POWER(s0) > 1'])).toEqual(['undecided sampled']);
  });
});

describe('the outcome', () => {
  const judge = (comparison: string, low: number | null, high: number | null): string => {
    const estimate: FormEstimate = { mean: 0, low, high };
    return judgeClaims(plan(wait, 'uniform(0,1)', [`POWER(s0) ${comparison} 0`]), [estimate])[0]!.outcome;
  };

  // The definition: a claim about x holds if it is true of every x in [low, high], and fails if of none.
  it('of an order follows from every value between the limits', () => {
    const truth: Record<string, (x: number) => boolean> = {
      '>': (x) => x > 0,
      '>=': (x) => x >= 0,
      '<': (x) => x < 0,
      '<=': (x) => x <= 0,
    };
    for (const [comparison, isTrue] of Object.entries(truth)) {
      for (const low of [-2, -1, 0, 1, 2]) {
        for (const high of [-2, -1, 0, 1, 2].filter((end) => end >= low)) {
          const all = Array.from({ length: 2 * (high - low) + 1 }, (_, i) => isTrue(low + i / 2));
          const expected = all.every(Boolean) ? 'holds' : all.some(Boolean) ? 'undecided' : 'fails';
          expect(judge(comparison, low, high), `${comparison} on [${low}, ${high}]`).toBe(expected);
        }
      }
      expect(judge(comparison, null, null)).toBe('undecided');
    }
  });

  it('of an equality is never that it holds', () => {
    expect(judge('=', 0, 0)).toBe('undecided');
    expect(judge('!=', 0, 0)).toBe('undecided');
    expect([judge('=', 1, 2), judge('!=', 1, 2)]).toEqual(['fails', 'holds']);
    expect([judge('=', -1, 2), judge('!=', -1, 2)]).toEqual(['undecided', 'undecided']);
  });
});
