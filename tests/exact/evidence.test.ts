import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireAgreement } from '../../src/cli/evidence.js';
import { ExitCode, UserError } from '../../src/errors.js';
import { type EvidenceRow, evidenceFor } from '../../src/exact/claims/evidence.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { parseDiscountList } from '../../src/number/discount.js';
import { rational } from '../../src/number/rational.js';
import { countOrbit } from '../../src/power/orbit.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import type { Certificate } from '../../src/symmetry/certificate.js';
import { findCertificates } from '../../src/symmetry/find-certificates.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';

const source = resolve(import.meta.dirname, '../../fixtures/mdp/fig1.json');
const fig1 = parseModel(readFileSync(source), { source });

function evidence(
  mdp: Mdp,
  certificates: readonly Certificate[],
  rewards: readonly (readonly number[])[],
  law = 'uniform(0, 1)',
  samples = 1000,
): readonly EvidenceRow[] {
  return evidenceFor(mdp, certificates, {
    gammas: parseDiscountList('0,0.5,1'),
    rewards: rewards.map((values) => ({
      text: values.join(),
      values: values.map((value) => rational(value)),
    })),
    law: parseReward(law, mdp.states),
    samples,
    seed: 1n,
  }).rows;
}

interface OrbitCase {
  readonly model: string;
  readonly criterion: string;
  readonly reward?: Readonly<Record<string, number>>;
  readonly size: number;
  readonly greater: number;
  readonly less: number;
}

/** A claim as a certificate, which nothing has checked. */
function claim(fields: Partial<Certificate>): Certificate {
  return { certificate: 1, model: '', theorem: '6.6', state: '★', ...fields };
}

describe('orbits of Fig. 1, against the published and derived counts', () => {
  const { expected } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../fixtures/expected/orbits.json'), 'utf8'),
  ) as { expected: OrbitCase[] };
  const cases = expected.filter(({ model, reward }) => model === 'fig1' && reward !== undefined);
  const claims: Readonly<Record<string, Certificate>> = {
    'average-optimal': claim({ theorem: 'D.12', avoid: ['∅'], copies: 3 }),
    'optimal action': claim({ theorem: '6.9(2)', action: 'right', other: 'left' }),
  };

  it.each(cases)('$criterion of $reward', ({ criterion, reward, greater, less, size }) => {
    const values = fig1.states.map((state) => reward![state]!);
    const [row] = evidence(fig1, [claims[criterion]!], [values]);
    expect(row).toMatchObject({ greater, less, size: String(size), method: 'exact', agrees: true });
  });

  it('with i.i.d. values from the published POWER', () => {
    const rows = evidence(fig1, [claim({ theorem: '6.6', state: 'r_↘', other: 'ℓ_↙' })], []);
    expect(rows).toHaveLength(1);
    expect([rows[0]!.firstExact, rows[0]!.secondExact]).toEqual(['2/3', '11/18']);
  });
});

describe('what is certified', () => {
  it('is never contradicted by an exact count or value, in random models', () => {
    let rows = 0;
    fc.assert(
      fc.property(randomModel({ minStates: 3, maxStates: 4, maxActions: 2 }), (model) => {
        const mdp = mdpOfRows(model);
        const certificates = findCertificates(mdp).instances.map(({ certificate }) => certificate);
        const rewards = [mdp.states.map((_, s) => s * s), mdp.states.map((_, s) => (s === 0 ? 1 : 0))];
        for (const row of evidence(mdp, certificates, rewards)) {
          if (row.method === 'sampled') continue;
          rows++;
          expect(row).toMatchObject({ agrees: true });
        }
      }),
      { numRuns: 60, seed: 3 },
    );
    expect(rows).toBeGreaterThan(500);
  });

  it('is counted as the solvers of orbits count it', () => {
    fc.assert(
      fc.property(randomModel({ minStates: 3, maxStates: 4 }), (model) => {
        const mdp = mdpOfRows(model);
        const numbers = mdp.states.map((_, s) => (s < 2 ? s : 2 * s));
        const rewards = numbers.map((value) => rational(value));
        const [half] = parseDiscountList('0.5');
        const [first, second] = [0, 1].map((a) => Math.min(mdp.choicePtr[0]! + a, mdp.choicePtr[1]! - 1));
        const [powers, choices] = evidence(
          mdp,
          [
            claim({ state: 's0', other: 's1' }),
            claim({
              theorem: '6.9(2)',
              state: 's0',
              action: mdp.actions[first!]!,
              other: mdp.actions[second!]!,
            }),
          ],
          [numbers],
          'point(0)',
        ).filter(({ basis }) => basis === 'orbit');
        const counted = [
          countOrbit(mdp, rewards, { kind: 'power', state: 0, other: 1 }, { criterion: half! }),
          countOrbit(
            mdp,
            rewards,
            { kind: 'optimality', state: 0, choices: [first!], others: [second!] },
            { criterion: half! },
          ),
        ];
        for (const [i, row] of [powers!, choices!].entries()) {
          const { greater, equal, less } = counted[i]!;
          expect([row.greater, row.equal, row.less]).toEqual([greater, equal, less]);
        }
      }),
      { numRuns: 40, seed: 4 },
    );
  });
});

describe('a false claim', () => {
  const wrongWay = claim({ theorem: '6.9(2)', action: 'left', other: 'right' });

  it('is contradicted by an exact count: exit code 5', () => {
    const rows = evidence(fig1, [wrongWay], [[0, 1, 2, 3, 4, 5, 6, 7]]).filter(
      ({ basis }) => basis === 'orbit',
    );
    expect(rows).toMatchObject([{ agrees: false, method: 'exact', greater: 11_710, less: 14_796 }]);
    expect(exitCodeOf(() => requireAgreement(rows))).toBe(ExitCode.internal);
  });

  it('is contradicted by an exact value: exit code 5', () => {
    const rows = evidence(fig1, [wrongWay], []);
    expect(rows).toMatchObject([{ agrees: false, method: 'exact', basis: 'iid' }]);
    expect(exitCodeOf(() => requireAgreement(rows))).toBe(ExitCode.internal);
  });

  it('with too many copies is contradicted though there is a majority', () => {
    const rows = evidence(
      fig1,
      [claim({ theorem: 'D.12', avoid: ['∅'], copies: 4 })],
      [[0, 1, 2, 3, 4, 5, 6, 7]],
    );
    expect(rows[0]).toMatchObject({ agrees: false, greater: 30_492, less: 9420 });
  });

  it('that is strict is contradicted by equality', () => {
    const strict = { gamma: '1/2', reward: {} };
    const equal = claim({ state: 'r_↗', other: 'r_↘', strict });
    expect(evidence(fig1, [equal], [])).toMatchObject([
      { agrees: false, firstExact: '2/3', secondExact: '2/3' },
    ]);
  });

  it('that draws speak against is shown with their probability, and decides nothing', () => {
    const big = mdpOfRows(
      Array.from({ length: 10 }, (_, s) =>
        [...(s < 2 ? [0, 1, 2] : [s])].map((t) => [[t, rational(1n)] as const]),
      ),
    );
    const lonely = claim({ theorem: '6.6', state: 's9', other: 's0' });
    const rows = evidence(big, [lonely], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]], 'uniform(0, 1)', 60);
    const [row] = rows;
    expect(row).toMatchObject({ agrees: false, method: 'sampled', elements: 60, size: '3628800' });
    expect(row!.probability).toBeCloseTo(tail(row!.less!, row!.less! + row!.greater!), 12);
    expect(() => requireAgreement([row!])).not.toThrow();
  });
});

/** P(at least k of n), each with probability 1/2, by summing. */
function tail(k: number, n: number): number {
  let [sum, term] = [0, 0.5 ** n];
  for (let i = 0; i <= n; i++) {
    if (i >= k) sum += term;
    term *= (n - i) / (i + 1);
  }
  return sum;
}

function exitCodeOf(run: () => void): ExitCode | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error.exitCode;
  }
  return undefined;
}
