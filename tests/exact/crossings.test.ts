// Where orders change: constructed crossings, and swaps of POWER and of probabilities in small models whose functions of
// gamma are derived by hand.
import { describe, expect, it } from 'vitest';
import { exactCrossings } from '../../src/exact/gamma/crossing-rows.js';
import { crossings } from '../../src/exact/gamma/crossings.js';
import { gammaFunctions } from '../../src/exact/gamma/gamma-functions.js';
import { symbolicPieces } from '../../src/exact/gamma/symbolic.js';
import { identical, type Marginal } from '../../src/exact/laws/exact-law.js';
import { exactRows } from '../../src/exact/policies/rows.js';
import { exactSolver } from '../../src/exact/solvers/exact-solver.js';
import { polynomial } from '../../src/number/polynomial.js';
import {
  add,
  approximate,
  compare,
  multiply,
  ONE_RATIO,
  type Ratio,
  ratio,
  ratioText,
  subtract,
  ZERO_RATIO,
} from '../../src/number/ratio.js';
import { termsText } from '../../src/number/rational-function.js';
import { rootFactor } from '../../src/number/root-factor.js';
import { rootsBetween } from '../../src/number/roots.js';
import { simplestBetween } from '../../src/number/simplest-between.js';
import { simplestFractions } from '../../src/number/thiele.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';

/** Near 0 state 0 wins, with two terminal successors (2/3 against 1/2); near 1 state 1, with one way to three ends (3/4). */
const swap: ExactModel = [
  [certain(2), certain(3)],
  [certain(4)],
  [certain(2)],
  [certain(3)],
  [certain(5), certain(6), certain(7)],
  [certain(5)],
  [certain(6)],
  [certain(7)],
];

type Curve = (gamma: Ratio) => Ratio;

function changes(first: Curve, second: Curve): ReturnType<typeof crossings>['crossings'] {
  return crossings(symbolicPieces(first), symbolicPieces(second)).crossings;
}

describe('rootsBetween', () => {
  it('separates close roots, counts multiple ones once, and leaves out the ends', () => {
    // (3t − 1)² (100t − 34)(t² − 1/2): 1/3 twice, 17/50, 1/√2
    const square = [1n, -6n, 9n];
    const times = (a: readonly bigint[], b: readonly bigint[]): bigint[] => {
      const product: bigint[] = new Array(a.length + b.length - 1).fill(0n);
      a.forEach((x, i) => {
        b.forEach((y, j) => {
          product[i + j]! += x * y;
        });
      });
      return product;
    };
    const p = polynomial(times(times(square, [-34n, 100n]), [-1n, 0n, 2n]));
    const roots = rootsBetween(p, ZERO_RATIO, ONE_RATIO);
    expect(roots.slice(0, 2).map(({ low, high }) => [low, high].map(ratioText))).toEqual([
      ['1/3', '1/3'],
      ['17/50', '17/50'],
    ]);
    expect(approximate(roots[2]!.low)).toBeCloseTo(Math.SQRT1_2, 15);
    expect(roots).toHaveLength(3);
    expect(rootsBetween(p, ratio(1n, 3n), ratio(17n, 50n))).toEqual([]);
    expect(termsText(rootFactor(p, roots[2]!), 't')).toBe('−1 + 2t²');
  });
});

describe('rootFactor', () => {
  it('keeps what has the root and leaves out t, 1 − t and repeated factors', () => {
    // t·(1 − t)·(t³ + t − 1)²
    const cubic = polynomial([-1n, 1n, 0n, 1n]);
    const [root] = rootsBetween(cubic, ZERO_RATIO, ONE_RATIO);
    const expand = [
      [0n, 1n],
      [1n, -1n],
      [-1n, 1n, 0n, 1n],
      [-1n, 1n, 0n, 1n],
    ].reduce((a, b) => {
      const product: bigint[] = new Array(a.length + b.length - 1).fill(0n);
      a.forEach((x, i) => {
        b.forEach((y, j) => {
          product[i + j]! += x * y;
        });
      });
      return product;
    });
    expect(termsText(rootFactor(polynomial(expand), root!), 't')).toBe('−1 + t + t³');
  });
});

describe('simplestBetween', () => {
  it('is the first of the fractions in order of their denominators', () => {
    for (let d = 2n; d < 12n; d++)
      for (let n = 0n; n < d; n++)
        for (const width of [ratio(1n, 3n), ratio(1n, 50n), ratio(1n, 1000n)]) {
          const low = ratio(n, d);
          const high = add(low, width);
          const [first] = simplestFractions(low, high, 1);
          const found = simplestBetween(low, high);
          expect(found.d <= first!.d).toBe(true);
          expect(compare(low, found) < 0 && compare(found, high) < 0).toBe(true);
        }
  });
});

describe('crossings', () => {
  it('finds exact ones of polynomials', () => {
    const first: Curve = (gamma) => multiply(gamma, gamma);
    const second: Curve = (gamma) => subtract(multiply(ratio(5n, 6n), gamma), ratio(1n, 6n));
    const found = changes(first, second);
    expect(found.map(({ gamma, before, after }) => [ratioText(gamma.low), before, after])).toEqual([
      ['1/3', 1, -1],
      ['1/2', -1, 1],
    ]);
  });

  it('finds none between a result and itself plus a constant, nor where curves touch', () => {
    const touch: Curve = (gamma) => {
      const d = subtract(gamma, ratio(2n, 5n));
      return multiply(d, d);
    };
    expect(changes(touch, () => ZERO_RATIO)).toEqual([]);
    expect(
      changes(
        (gamma) => add(gamma, ONE_RATIO),
        (gamma) => gamma,
      ),
    ).toEqual([]);
  });

  it('tells equality on an interval from a change at its end', () => {
    // max(γ, 1/2) against 1/2 and against γ
    const bent: Curve = (gamma) => (compare(gamma, ratio(1n, 2n)) < 0 ? ratio(1n, 2n) : gamma);
    const flat = crossings(
      symbolicPieces(bent),
      symbolicPieces(() => ratio(1n, 2n)),
    );
    expect(flat.first).toBe(0);
    expect(flat.crossings.map(({ gamma, after }) => [ratioText(gamma.low), after])).toEqual([['1/2', 1]]);
    expect(
      changes(bent, (gamma) => gamma).map(({ gamma, before, after }) => [
        ratioText(gamma.low),
        before,
        after,
      ]),
    ).toEqual([['1/2', 1, 0]]);
  });

  it('encloses a jump that no fraction is', () => {
    // A step at 1/√2, as chances have under laws of finite support.
    const step: Curve = (gamma) =>
      compare(multiply(gamma, gamma), ratio(1n, 2n)) < 0 ? ratio(1n, 4n) : ratio(3n, 4n);
    const [only, ...more] = changes(step, () => ratio(1n, 2n));
    expect(more).toEqual([]);
    expect(compare(multiply(only!.gamma.low, only!.gamma.low), ratio(1n, 2n))).toBeLessThan(0);
    expect(compare(multiply(only!.gamma.high, only!.gamma.high), ratio(1n, 2n))).toBeGreaterThan(0);
    expect(approximate(subtract(only!.gamma.high, only!.gamma.low))).toBeLessThan(1e-9);
    expect([only!.before, only!.after]).toEqual([-1, 1]);
  });

  it('finds where POWER of two states changes order', () => {
    const rows = exactRows(mdpOfRows(swap));
    const law = identical({ kind: 'uniform', low: ZERO_RATIO, high: ONE_RATIO }, swap.length);
    const powerOf =
      (s: number): Curve =>
      (gamma) =>
        exactSolver({ rows, law, gamma }).power(s);
    const found = changes(powerOf(0), powerOf(1));
    expect(found).toHaveLength(1);
    const { gamma, before, after } = found[0]!;
    expect([before, after]).toEqual([1, -1]);
    // (1−γ)/2 + 3γ/4 = 2/3 at γ = 2/3
    expect([gamma.low, gamma.high].map(ratioText)).toEqual(['2/3', '2/3']);
    const near = ratio(665n, 1000n);
    expect(compare(powerOf(0)(near), powerOf(1)(near))).toBeGreaterThan(0);
  });

  it('finds where certain rewards change the optimal action: chances jump there from 0 to 1', () => {
    // Stay in state 1 for ever, or pass state 2 and stay in state 3: r₁/(1−γ) against r₂ + γ·r₃/(1−γ), with r₁ = 1, r₂ = 0
    // and r₃ = 8/5 equal where 1 = γ·8/5.
    const model: ExactModel = [[certain(1), certain(2)], [certain(1)], [certain(3)], [certain(3)]];
    const point = (value: Ratio): Marginal => ({
      kind: 'discrete',
      atoms: [{ value, probability: ONE_RATIO }],
    });
    const law = {
      kind: 'independent' as const,
      marginals: [ZERO_RATIO, ONE_RATIO, ZERO_RATIO, ratio(8n, 5n)].map(point),
    };
    const rows = exactRows(mdpOfRows(model));
    const chance =
      (row: number): Curve =>
      (gamma) =>
        exactSolver({ rows, law, gamma }).chances(0)[row]!.weak;
    const found = changes(chance(0), chance(1));
    expect(found.map(({ gamma, before, after }) => [ratioText(gamma.low), before, after])).toEqual([
      ['5/8', 1, -1],
    ]);
  });
});

describe('exactCrossings', () => {
  it('writes fractions and decimals that enclose', () => {
    const reward = parseReward('uniform(0, 1)', mdpOfRows(swap).states);
    const functions = gammaFunctions(mdpOfRows(swap), reward);
    const { rows, pair } = exactCrossings({
      kind: 'POWER',
      state: 's0',
      action: null,
      other: 's1',
      first: () => functions.power(0),
      second: () => functions.power(1),
    });
    expect(pair.orders).toEqual(['>', '<']);
    expect(rows).toEqual([
      {
        kind: 'POWER',
        state: 's0',
        action: null,
        other: 's1',
        gamma: 2 / 3,
        low: '2/3',
        high: '2/3',
        exact: '2/3',
        polynomial: null,
        before: '>',
        after: '<',
        method: 'exact',
      },
    ]);
    // γ² against (1 − γ): the golden ratio's inverse, in 18 decimals
    const golden = exactCrossings({
      kind: 'P',
      state: 'a',
      action: 'b',
      other: 'c',
      first: () => symbolicPieces((gamma) => multiply(gamma, gamma)),
      second: () => symbolicPieces((gamma) => subtract(ONE_RATIO, gamma)),
    }).rows[0]!;
    expect([golden.low, golden.high, golden.polynomial]).toEqual([
      '0.618033988749894848',
      '0.618033988749894849',
      '−1 + γ + γ²',
    ]);
  });
});
