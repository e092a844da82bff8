// What is proved, by closed forms: equalities that hold at every gamma, and what sampling may and may not decide.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../src/mdp/build.js';
import { parseDocument } from '../../../src/mdp/document.js';
import type { Mdp } from '../../../src/mdp/model.js';
import { parseModel } from '../../../src/mdp/parse.js';
import { parseDiscountList } from '../../../src/number/discount.js';
import { rational } from '../../../src/number/rational.js';
import { estimatePower } from '../../../src/parallel/estimate-power.js';
import { bindAssertions } from '../../../src/power/assertion/bind-assertions.js';
import { judgeClaims, planClaims, withKnown } from '../../../src/power/assertion/judge.js';
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
    const { terms } = planClaims(mdp, rewardSource(spec, mdp, 1n), bound);
    expect(terms.map(({ index }) => mdp.states[index])).toEqual(['s1', 's2']);
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

describe('sizes', () => {
  it('are judged by where the inner sum can lie: POWER of s0 less s2 in wait is gamma^2/12', async () => {
    const claims = [
      'abs(POWER(s2) - POWER(s0)) < 0.1',
      'abs(POWER(s2) - POWER(s0)) > 0.1',
      'abs(POWER(s0) - POWER(s2)) > 0.04',
      '1 - 2*abs(POWER(s0) - POWER(s2)) < 0.9',
      'abs(POWER(s0) - POWER(s2)) >= 0',
      'abs(POWER(s3) - POWER(s4)) = 0',
      'abs(-2/3) = 2/3',
      'abs(POWER(s2) - 2/3) < 0.02',
    ];
    expect(await outcomes(wait, 'uniform(0,1)', claims, '0.9', 20000)).toEqual([
      'holds sampled',
      'fails sampled',
      'holds sampled',
      'holds sampled',
      'holds sampled',
      'holds proved',
      'holds proved',
      'holds sampled',
    ]);
  });

  it('are compared exactly where the numbers are known', () => {
    const claims = plan(wait, 'uniform(0,1)', [
      'abs(POWER(s0) - 1) <= 1/4',
      'abs(POWER(s0) - 1) < 1/4',
      'POWER(s0) = 3/4',
    ]);
    const known = withKnown(claims, () => ({ low: rational(3n, 4n), high: rational(3n, 4n) }));
    expect(known.forms).toEqual([]);
    expect(judgeClaims(known, []).map(({ outcome, basis, exact }) => [outcome, basis, exact])).toEqual([
      ['holds', 'exact', '0'],
      ['fails', 'exact', '0'],
      ['holds', 'exact', '0'],
    ]);
    const near = withKnown(claims, () => ({ low: rational(2n, 4n), high: rational(3n, 4n) }));
    expect(judgeClaims(near, []).map(({ outcome }) => outcome)).toEqual(['undecided', 'fails', 'undecided']);
  });
});

describe('theorems', () => {
  // Oracle: fixtures/certificates and the published instances of Fig. 1 (Turner et al. 2021, Sect. 6; 2022, App. D).
  const fig1 = parseModel(readFileSync('fixtures/mdp/fig1.json'), {
    source: 'fig1',
    format: 'json',
    normalizeRows: false,
  });
  const verdicts = (...texts: readonly string[]) =>
    judgeClaims(plan(fig1, 'uniform(0,1)', texts), []).map(({ outcome, basis }) => `${outcome} ${basis}`);

  it('hold by certificates: 6.9 right over left, 6.6, 6.12, 6.13, D.12 with three copies', () => {
    const claims = [
      '6.9(★, right, left)',
      'strict 6.9(1)(★, right, left)',
      '6.9(2) ("★", right, left)',
      'strict 6.6(r_↘, ℓ_↙)',
      '6.6(r_↗, r_↘)',
      '6.12(r_↘, ∅)',
      '6.13(★, right, left)',
      '6.14(★, ∅)',
      'D.12(★, ∅)',
      'D.12(★, ∅) >= 3/4',
      'D.11(★, right, down) >= 2/3',
    ];
    expect(verdicts(...claims)).toEqual(claims.map(() => 'holds theorem'));
  });

  it('fail where all was looked for, and are undecided where that is open', () => {
    expect(verdicts('6.9(★, left, right)', '6.6(ℓ_↙, r_↘)', 'strict 6.6(r_↗, r_↘)')).toEqual([
      'fails theorem',
      'fails theorem',
      'fails theorem',
    ]);
    expect(verdicts('6.13(★, left, right)', 'D.11(★, left, right)')).toEqual([
      'fails theorem',
      'fails theorem',
    ]);
    expect(verdicts('D.12(★, ∅) >= 4/5')).toEqual(['undecided theorem']);
  });

  it('fail for E.47 where one action leads to a 1-cycle and the other to a choice of two', () => {
    const bottleneck = {
      mdpower: 1,
      states: ['start', 'fork', 'x', 'y', 'z'],
      transitions: {
        start: { go: 'fork' },
        fork: { one: 'x', two: 'y' },
        x: { stay: 'x' },
        y: { stay: 'y', on: 'z' },
        z: { stay: 'z' },
      },
    };
    const mdp = parseModel(Buffer.from(JSON.stringify(bottleneck)), {
      source: 'bottleneck',
      format: 'json',
      normalizeRows: false,
    });
    const claims = ['E.47(fork, two, one)', 'E.47(fork, one, two)'];
    expect(judgeClaims(plan(mdp, 'uniform(0,1)', claims), []).map(({ outcome }) => outcome)).toEqual([
      'holds',
      'fails',
    ]);
  });

  it('fail in models with random transitions too, where they are about recurrent distributions', () => {
    // From s either to a 1-cycle, or to one of two others by chance.
    const lottery = {
      mdpower: 1,
      states: ['s', 'x', 'y', 'z'],
      transitions: {
        s: { one: { x: 1 }, two: { y: '1/2', z: '1/2' } },
        x: { stay: { x: 1 } },
        y: { stay: { y: 1 } },
        z: { stay: { z: 1 } },
      },
    };
    const mdp = parseModel(Buffer.from(JSON.stringify(lottery)), {
      source: 'lottery',
      format: 'json',
      normalizeRows: false,
    });
    const claims = ['6.13(s, one, two)', '6.12(x, s)', 'D.11(s, two, one)', '6.12(x, y)', '6.9(s, one, two)'];
    expect(judgeClaims(plan(mdp, 'uniform(0,1)', claims), []).map(({ outcome }) => outcome)).toEqual([
      'fails',
      'fails',
      'fails',
      'holds',
      'undecided',
    ]);
  });
});
