import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mdp } from '../../src/mdp/model.js';
import { findCertificates } from '../../src/symmetry/find-certificates.js';
import { certain, mdpOfRows } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';
import { isTrue } from './certificate-truth.js';
import { compareAverageInstances, compareInstances } from './compare-instances.js';

const RUNS = Number(process.env.CERTIFICATE_RUNS ?? 40);

describe('the finder in deterministic models', () => {
  it('finds what holds by definition, and nothing else: all policies, all involutions', () => {
    fc.assert(
      fc.property(randomModel({ minStates: 2, maxStates: 5, stochastic: false }), (model) =>
        compareInstances(model),
      ),
      { numRuns: RUNS, seed: 5 },
    );
  });

  it('does so in models of six and seven states', () => {
    fc.assert(
      fc.property(randomModel({ minStates: 6, maxStates: 7, maxActions: 2, stochastic: false }), (model) =>
        compareInstances(model),
      ),
      { numRuns: Math.ceil(RUNS / 10), seed: 7 },
    );
  });
});

describe('the finder in models with random transitions', () => {
  it('finds nothing that does not hold by definition', () => {
    let found = 0;
    fc.assert(
      fc.property(randomModel({ minStates: 3, maxStates: 4, maxActions: 2 }), (model) => {
        const mdp = mdpOfRows(model);
        for (const { certificate } of findCertificates(mdp).instances) {
          found++;
          if (!isTrue(mdp, certificate)) throw new Error(JSON.stringify(certificate));
        }
      }),
      { numRuns: RUNS, seed: 9 },
    );
    expect(found).toBeGreaterThan(RUNS);
  });

  it('finds all that holds of recurrent distributions by definition', () => {
    fc.assert(
      fc.property(randomModel({ minStates: 3, maxStates: 4, maxActions: 2 }), compareAverageInstances),
      { numRuns: Math.ceil(RUNS / 2), seed: 13 },
    );
  });

  it('finds nothing of E.47 and D.11 that does not hold', () => {
    fc.assert(
      fc.property(randomModel({ minStates: 4, maxStates: 5, stochastic: false }), (model) => {
        const mdp = mdpOfRows(model);
        for (const { certificate } of findCertificates(mdp).instances) {
          if (!['E.47', 'D.11'].includes(certificate.theorem)) continue;
          if (!isTrue(mdp, certificate)) throw new Error(JSON.stringify(certificate));
        }
      }),
      { numRuns: RUNS, seed: 11 },
    );
  });
});

describe('the effort', () => {
  const star = (leaves: number): Mdp =>
    mdpOfRows(
      Array.from({ length: leaves + 1 }, (_, s) =>
        (s > 0 ? [s] : Array.from({ length: leaves }, (_, k) => k + 1)).map(certain),
      ),
    );

  it('ends the comparison of actions after so many looks, and says so', () => {
    const mdp = star(30);
    const all = findCertificates(mdp);
    expect(all.cuts).toEqual([]);
    const { instances, cuts } = findCertificates(mdp, { budget: 1000 });
    expect(instances.length).toBeLessThan(all.instances.length);
    expect(cuts).toContain(
      'all that would come after 20000 looks at a state or choice, to compare and to check',
    );
  });

  it('does not look for copies of thousands of recurrent distributions, and says so', () => {
    const { cuts } = findCertificates(star(3000), { theorems: ['6.13'], choices: [0, 1] });
    expect(cuts).toContain('6.12, 6.13 and D.11 for states with very many policies ahead');
  });

  it('lists instances of the theorems that are asked for', () => {
    const { instances } = findCertificates(star(3), { theorems: ['6.13', '6.14'] });
    expect(new Set(instances.map(({ certificate }) => certificate.theorem))).toEqual(
      new Set(['6.14', '6.13']),
    );
  });
});
