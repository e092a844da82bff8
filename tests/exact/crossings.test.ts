// Where orders change: constructed crossings, and the swap of two states' POWER in a small model, bracketed by exact values.
import { describe, expect, it } from 'vitest';
import { crossings } from '../../src/exact/crossings.js';
import { identical } from '../../src/exact/exact-law.js';
import { exactSolver } from '../../src/exact/exact-solver.js';
import { exactRows } from '../../src/exact/rows.js';
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
import { rootsBetween } from '../../src/number/roots.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';

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
  });
});

describe('crossings', () => {
  it('finds exact ones of polynomials', () => {
    const first = (gamma: Ratio): Ratio => multiply(gamma, gamma);
    const second = (gamma: Ratio): Ratio => subtract(multiply(ratio(5n, 6n), gamma), ratio(1n, 6n));
    const found = crossings(first, second);
    expect(found.map(({ gamma, before, after }) => [ratioText(gamma.low), before, after])).toEqual([
      ['1/3', 1, -1],
      ['1/2', -1, 1],
    ]);
  });

  it('finds none between a result and itself plus a constant, nor where curves touch', () => {
    const touch = (gamma: Ratio): Ratio => {
      const d = subtract(gamma, ratio(2n, 5n));
      return multiply(d, d);
    };
    expect(crossings(touch, () => ZERO_RATIO)).toEqual([]);
    expect(
      crossings(
        (gamma) => add(gamma, ONE_RATIO),
        (gamma) => gamma,
      ),
    ).toEqual([]);
  });

  it('brackets where POWER of two states changes order', () => {
    // Near 0 a state with two terminal successors wins (2/3 against 1/2); near 1 one with a single way to three ends (3/4).
    const model: ExactModel = [
      [certain(2), certain(3)],
      [certain(4)],
      [certain(2)],
      [certain(3)],
      [certain(5), certain(6), certain(7)],
      [certain(5)],
      [certain(6)],
      [certain(7)],
    ];
    const rows = exactRows(mdpOfRows(model));
    const law = identical({ kind: 'uniform', low: ZERO_RATIO, high: ONE_RATIO }, model.length);
    const powerOf = (s: number) => (gamma: Ratio) => exactSolver({ rows, law, gamma }).power(s);
    const found = crossings(powerOf(0), powerOf(1));
    expect(found).toHaveLength(1);
    const { gamma, before, after } = found[0]!;
    expect([before, after]).toEqual([1, -1]);
    // (1−γ)/2 + 3γ/4 = 2/3 at γ = 2/3
    expect([gamma.low, gamma.high].map(ratioText)).toEqual(['2/3', '2/3']);
    const near = ratio(665n, 1000n);
    expect(compare(powerOf(0)(near), powerOf(1)(near))).toBeGreaterThan(0);
  });
});
