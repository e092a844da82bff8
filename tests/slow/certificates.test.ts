// The larger version of tests/symmetry/find-certificates.test.ts, by itself: npm run test:slow.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCertificates } from '../../src/symmetry/find-certificates.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';
import { isTrue } from '../symmetry/certificate-truth.js';
import { compareInstances } from '../symmetry/compare-instances.js';

describe('a thousand random models', () => {
  it.each([
    [400, 3, 5, 3],
    [150, 6, 7, 2],
  ])(
    '%i deterministic ones of %i to %i states have what holds by definition, nothing else',
    (runs, min, max, actions) => {
      const options = { minStates: min, maxStates: max, maxActions: actions, stochastic: false };
      fc.assert(
        fc.property(randomModel(options), (model) => compareInstances(model)),
        { numRuns: runs, seed: 101 },
      );
    },
  );

  it.each([
    [350, 3, 5],
    [100, 6, 7],
  ])('%i with random transitions, of %i to %i states, have no false certificate', (runs, min, max) => {
    let found = 0;
    fc.assert(
      fc.property(randomModel({ minStates: min, maxStates: max, maxActions: 2 }), (model) => {
        const mdp = mdpOfRows(model);
        for (const { certificate } of findCertificates(mdp).instances) {
          found++;
          if (!isTrue(mdp, certificate)) throw new Error(JSON.stringify(certificate));
        }
      }),
      { numRuns: runs, seed: 103 },
    );
    expect(found).toBeGreaterThan(runs);
  });
});
