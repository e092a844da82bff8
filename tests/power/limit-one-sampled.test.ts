// Sampled POWER at gamma = 1: against gamma near 1 for the same reward functions, and against the closed form k/(k + 1) of the
// greatest of k rewards where all cycles are 1-cycles (Turner et al. 2021, Def. 5.2 with RSD(s) the 1-cycles in reach).
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/mdp/build.js';
import { integerGenerator } from '../../src/mdp/families/generator.js';
import { randomFile, randomSparse } from '../../src/mdp/families/random.js';
import { certain, mdpOfRows } from '../oracles/exact-model.js';
import { zForFamily } from '../tolerance.js';
import { estimate } from './estimating.js';

describe('sampled POWER at gamma = 1', () => {
  it('is the limit of gamma = 1 − 1e-7 and 1 − 2e-7 on a random sparse model, to the solver bounds', async () => {
    const mdp = buildModel(randomFile(randomSparse({ states: 60, actions: 3, successors: 3, seed: 2 })));
    const found = await estimate(mdp, 'uniform(0, 1)', ['0.9999998', '0.9999999', '1'], {
      samples: 64,
      tolerance: 1e-10,
      decide: false,
    });
    const [less, near, one] = [0, 1, 2].map((g) => found.power.slice(60 * g, 60 * (g + 1)));
    for (const [s, row] of one!.entries()) {
      expect([row.gamma, row.state]).toEqual(['1', mdp.states[s]]);
      // What is left is of order (1 − gamma)² = 1e-14 times relative values, which are far below 100 here.
      const extrapolated = 2 * near![s]!.power - less![s]!.power;
      const bounds = row.solverError + 2 * near![s]!.solverError + less![s]!.solverError;
      expect(bounds).toBeLessThanOrEqual(4e-10);
      expect(Math.abs(row.power - extrapolated)).toBeLessThanOrEqual(bounds + 100 * 1e-14);
    }
  });

  it('meets the closed form on 300 states with 1-cycles only', async () => {
    const size = 300;
    const terminal = 20;
    const { below } = integerGenerator(5);
    const next = Array.from({ length: size }, (_, s) => (s < terminal ? [s] : [below(s), below(s)]));
    const mdp = mdpOfRows(next.map((successors) => [...new Set(successors)].map(certain)));
    const { power } = await estimate(mdp, 'uniform(0, 1)', ['1'], { samples: 4096, decide: false });
    expect(power).toHaveLength(size);
    const z = zForFamily(size);
    const counts = new Set<number>();
    for (const [s, row] of power.entries()) {
      const reached = new Set([s]);
      for (const t of reached) for (const u of next[t]!) reached.add(u);
      const k = [...reached].filter((t) => t < terminal).length;
      counts.add(k);
      // The variance of the greatest of k uniform rewards, a beta(k, 1) variable.
      const deviation = Math.sqrt(k / ((k + 1) ** 2 * (k + 2) * 4096));
      expect(Math.abs(row.power - k / (k + 1))).toBeLessThanOrEqual(z * deviation + row.solverError);
    }
    expect(counts.size).toBeGreaterThan(5);
  });
});
