// Ten thousand states: gamma = 1 by counting 1-cycles, against reachability of each state on its own.
import { describe, expect, it } from 'vitest';
import { identical } from '../../src/exact/laws/exact-law.js';
import type { Rows } from '../../src/exact/policies/rows.js';
import { exactSolver } from '../../src/exact/solvers/exact-solver.js';
import { ONE_RATIO, ratioText, ZERO_RATIO } from '../../src/number/ratio.js';

describe('exactSolver at gamma = 1', () => {
  it('gives k/(k+1) on a random acyclic model of 10,000 states, 1,000 of them terminal', () => {
    const size = 10_000;
    const terminal = 1_000;
    let state = 42;
    const below = (n: number): number => {
      state = (state * 48271) % 2147483647;
      return state % n;
    };
    const next = Array.from({ length: size }, (_, s) => (s < terminal ? [s] : [below(s), below(s)]));
    const rows: Rows = next.map((successors, s) =>
      [...new Set(successors)].map((t, a) => ({
        choices: [2 * s + a],
        successors: [t],
        probabilities: [ONE_RATIO],
      })),
    );
    const law = identical({ kind: 'uniform', low: ZERO_RATIO, high: ONE_RATIO }, size);
    const solve = exactSolver({ rows, law, gamma: ONE_RATIO });
    for (let s = 0; s < size; s += 397) {
      const reached = new Set([s]);
      for (const t of reached) for (const u of next[t]!) reached.add(u);
      const k = [...reached].filter((t) => t < terminal).length;
      expect(ratioText(solve.power(s))).toBe(`${k}/${k + 1}`);
    }
  });
});
