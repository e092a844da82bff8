// Trees by joining laws, against the enumeration of all visit distributions and polytope integration, and at sizes that
// only the laws reach against closed forms and sampling.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newBudget } from '../../src/exact/budget.js';
import { onUnitCube } from '../../src/exact/integrals/affine.js';
import { greatestOf } from '../../src/exact/integrals/greatest-of.js';
import { identical, type Marginal } from '../../src/exact/laws/exact-law.js';
import { exactRows } from '../../src/exact/policies/rows.js';
import { visitDistributions } from '../../src/exact/policies/visit-distributions.js';
import { exactSolver } from '../../src/exact/solvers/exact-solver.js';
import {
  add,
  approximate,
  divide,
  multiply,
  ONE_RATIO,
  ratio,
  ratioText,
  subtract,
  ZERO_RATIO,
} from '../../src/number/ratio.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { randomTree } from '../oracles/random-trees.js';
import { zForFamily } from '../tolerance.js';

const unit: Marginal = { kind: 'uniform', low: ZERO_RATIO, high: ONE_RATIO };
const wide: Marginal = { kind: 'uniform', low: ratio(-1n), high: ratio(1n, 2n) };
const zero: Marginal = { kind: 'discrete', atoms: [{ value: ZERO_RATIO, probability: ONE_RATIO }] };
const gammas = [ratio(1n, 2n), ratio(9n, 10n)];

describe('exactSolver on trees', () => {
  it.each([
    ['uniform(0, 1)', [unit]],
    ['different ranges and constants', [unit, wide, zero]],
  ])('equals the enumeration of visit distributions: %s', (_, marginals) => {
    const property = fc.property(randomTree(2, 6), fc.constantFrom(...gammas), (model, gamma) => {
      const rows = exactRows(mdpOfRows(model));
      const chosen = model.map((_actions, s) => marginals[s % marginals.length]!);
      const solve = exactSolver({ rows, law: { kind: 'independent', marginals: chosen }, gamma });
      const ranges = chosen.map((m) =>
        m.kind === 'uniform' ? { low: m.low, high: m.high } : { low: ZERO_RATIO, high: ZERO_RATIO },
      );
      const factor = divide(subtract(ONE_RATIO, gamma), gamma);
      model.forEach((_actions, s) => {
        const all = visitDistributions(rows, s, gamma, { limit: 1000 });
        const { mean, wins } = greatestOf(
          all.map(({ visits }) =>
            onUnitCube(
              visits.map((v, t) => (t === s ? subtract(v, ONE_RATIO) : v)),
              ranges,
            ),
          ),
          newBudget(),
        );
        expect(ratioText(solve.power(s))).toBe(ratioText(multiply(factor, mean)));
        if (marginals.length > 1) return; // with constants, equal functions are counted once each by greatestOf
        solve.chances(s).forEach(({ weak }, row) => {
          const sum = all.reduce(
            (total, { firstRows }, i) => (firstRows.includes(row) ? add(total, wins[i]!) : total),
            ZERO_RATIO,
          );
          expect(ratioText(weak)).toBe(ratioText(sum));
        });
      });
    });
    fc.assert(property, { seed: 6, numRuns: 40 });
  });

  it('gives E[((1−γ)U + γ·max of 5)^5] to one move that keeps five outcomes open (Turner’s tic-tac-toe)', () => {
    const model: ExactModel = [
      [1, 2, 3, 4, 5, 6].map(certain),
      [7, 8, 9, 10, 11].map(certain),
      ...Array.from({ length: 10 }, (_, k) => [certain(k + 2)]),
    ];
    const solve = exactSolver({
      rows: exactRows(mdpOfRows(model)),
      law: identical(unit, 12),
      gamma: ratio(1n, 10n),
    });
    expect(ratioText(solve.chances(0)[0]!.weak)).toBe('470191/2800000');
  });

  it('agrees with sampling on 30 states with gambles and stays', () => {
    const model = bigTree(30);
    const gamma = ratio(9n, 10n);
    const solve = exactSolver({ rows: exactRows(mdpOfRows(model)), law: identical(unit, 30), gamma });
    const samples = 20_000;
    const { powers, firsts } = sampleTree(model, 0.9, samples);
    const z = zForFamily(1 + model[0]!.length);
    const mean = powers.reduce((a, b) => a + b, 0) / samples;
    const variance = powers.reduce((a, b) => a + (b - mean) ** 2, 0) / samples;
    expect(Math.abs(mean - approximate(solve.power(0)))).toBeLessThan(z * Math.sqrt(variance / samples));
    solve.chances(0).forEach(({ weak }, row) => {
      const p = approximate(weak);
      expect(Math.abs(firsts[row]! / samples - p)).toBeLessThan(z * Math.sqrt((p * (1 - p)) / samples));
    });
  });
});

describe('exactSolver at gamma = 1', () => {
  it.each([10, 1000])('counts %i reachable 1-cycles: k/(k+1)', (k) => {
    // A chain of states, each with a terminal state beside it.
    const model: ExactModel = Array.from({ length: 2 * k }, (_, s) =>
      s < k ? (s + 1 < k ? [certain(s + 1), certain(k + s)] : [certain(k + s)]) : [certain(s)],
    );
    const solve = exactSolver({
      rows: exactRows(mdpOfRows(model)),
      law: identical(unit, 2 * k),
      gamma: ONE_RATIO,
    });
    expect(ratioText(solve.power(0))).toBe(`${k}/${k + 1}`);
    expect(ratioText(solve.chances(0)[1]!.weak)).toBe(`1/${k}`);
  });
});

/** Ternary tree; every third state may stay, every fourth gambles between its first two children. */
function bigTree(size: number): ExactModel {
  return Array.from({ length: size }, (_, s) => {
    const children = [3 * s + 1, 3 * s + 2, 3 * s + 3].filter((t) => t < size);
    if (children.length === 0) return [certain(s)];
    const moves = children.map(certain);
    if (s % 4 === 1 && children.length > 1)
      return [children.slice(0, 2).map((t, i) => [t, ratioRational(i + 1)] as const), ...moves.slice(2)];
    return s % 3 === 0 ? [certain(s), ...moves] : moves;
  });
}

function ratioRational(n: number): ReturnType<typeof certain>[0][1] {
  return certain(0)[0]![1].mul(n).div(3);
}

/** POWER samples of state 0 and how often each of its actions is best, by backward recursion on the tree. */
function sampleTree(
  model: ExactModel,
  gamma: number,
  samples: number,
): { powers: number[]; firsts: number[] } {
  let state = 12345;
  const draw = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const powers: number[] = [];
  const firsts = model[0]!.map(() => 0);
  for (let n = 0; n < samples; n++) {
    const reward = model.map(draw);
    const value: number[] = new Array(model.length).fill(0);
    for (let s = model.length - 1; s >= 0; s--) {
      const actions = model[s]!.map((row) =>
        row.length === 1 && row[0]![0] === s
          ? reward[s]! / (1 - gamma)
          : reward[s]! + gamma * row.reduce((sum, [t, p]) => sum + p.valueOf() * value[t]!, 0),
      );
      value[s] = Math.max(...actions);
      if (s === 0) firsts[actions.indexOf(value[0]!)]!++;
    }
    powers.push(((1 - gamma) / gamma) * (value[0]! - reward[0]!));
  }
  return { powers, firsts };
}
