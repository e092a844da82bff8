import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCertificates } from '../../src/symmetry/find-certificates.js';
import { mdpOfRows } from '../oracles/exact-model.js';
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
