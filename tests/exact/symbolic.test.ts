// Rational functions of gamma: published formulas, and values at gammas that were not used to find the functions.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactRefusal } from '../../src/exact/budget.js';
import { type SymbolicPiece, symbolicPieces } from '../../src/exact/gamma/symbolic.js';
import { identical } from '../../src/exact/laws/exact-law.js';
import { exactRows } from '../../src/exact/policies/rows.js';
import { exactSolver } from '../../src/exact/solvers/exact-solver.js';
import { parseModel } from '../../src/mdp/parse.js';
import { rationalFunctionText } from '../../src/number/factor-text.js';
import { polynomial } from '../../src/number/polynomial.js';
import {
  add,
  approximate,
  compare,
  multiply,
  ONE_RATIO,
  power,
  type Ratio,
  ratio,
  ratioText,
  subtract,
  ZERO_RATIO,
} from '../../src/number/ratio.js';
import { evaluateRational, rationalFunction, sameRational } from '../../src/number/rational-function.js';

function model(name: string): ReturnType<typeof parseModel> {
  return parseModel(readFileSync(resolve(import.meta.dirname, `../../fixtures/mdp/${name}.json`)));
}

function evaluator(name: string, state: string, row?: number): (gamma: Ratio) => Ratio {
  const mdp = model(name);
  const rows = exactRows(mdp);
  const law = identical({ kind: 'uniform', low: ZERO_RATIO, high: ONE_RATIO }, mdp.stateCount);
  const s = mdp.states.indexOf(state);
  return (gamma) => {
    const solve = exactSolver({ rows, law, gamma });
    return row === undefined ? solve.power(s) : solve.chances(s)[row]!.weak;
  };
}

function pieceAt(pieces: readonly SymbolicPiece[], gamma: Ratio): SymbolicPiece {
  return pieces.find(({ to }) => compare(gamma, to.high) <= 0)!;
}

describe('symbolicPieces', () => {
  it.each([
    ['wait', 'start', undefined, '2/3 + γ²/12'],
    ['wait', 'start', 1, '1/2 + γ/6'],
    ['fig1', 'ℓ_↙', undefined, '(2/3 + γ/2)/(1 + γ)'],
    ['fig10-detour', '1', 0, '1/2 − γ/6'],
    ['candy3', 'start', undefined, '3/4'],
  ])('finds the published formula of %s, state %s, row %s: %s', (name, state, row, text) => {
    const pieces = symbolicPieces(evaluator(name, state, row));
    expect(pieces.map(({ value }) => rationalFunctionText(value, 'γ'))).toEqual([text]);
  });

  it('finds the two pieces of 1/2 + p/6 + q²/(12p) − q³/(60p²), p = max(γ, 1−γ), q = 1 − p', () => {
    const pieces = symbolicPieces(evaluator('fig9bc-empowerment', 's3'));
    expect(pieces.map(({ from, to }) => [from, to].map(({ low }) => ratioText(low)))).toEqual([
      ['0', '1/2'],
      ['1/2', '1'],
    ]);
    for (const gamma of [ratio(3n, 17n), ratio(13n, 17n)]) {
      const p = compare(gamma, ratio(1n, 2n)) < 0 ? subtract(ONE_RATIO, gamma) : gamma;
      const q = subtract(ONE_RATIO, p);
      const terms = [
        ratio(1n, 2n),
        multiply(ratio(1n, 6n), p),
        multiply(ratio(1n, 12n), multiply(power(q, 2), power(p, -1))),
        multiply(ratio(-1n, 60n), multiply(power(q, 3), power(p, -2))),
      ];
      const value = evaluateRational(pieceAt(pieces, gamma).value, gamma);
      expect(ratioText(value)).toBe(ratioText(terms.reduce(add)));
    }
  });

  it('gives POWER of the fork of Turner et al. (2021), Fig. 1, with pieces ending at 1/2, (√5 − 1)/2 and 1/√2', () => {
    const evaluate = evaluator('fig1', '★');
    const pieces = symbolicPieces(evaluate);
    const ends = pieces.map(({ to }) => approximate(to.low));
    expect(ends.map((end) => end.toFixed(12))).toEqual(
      [0.5, (Math.sqrt(5) - 1) / 2, Math.SQRT1_2, 1].map((end) => end.toFixed(12)),
    );
    expect(ratioText(evaluateRational(pieces[0]!.value, ratio(1n, 2n)))).toBe('776243/1049760');
    expect(ratioText(evaluateRational(pieces[0]!.value, ZERO_RATIO))).toBe('3/4');
    expect(ratioText(evaluateRational(pieces[3]!.value, ONE_RATIO))).toBe('517/640');
    const property = fc.property(fc.integer({ min: 1, max: 996 }), (n) => {
      const gamma = ratio(BigInt(n), 997n);
      expect(ratioText(evaluateRational(pieceAt(pieces, gamma).value, gamma))).toBe(
        ratioText(evaluate(gamma)),
      );
    });
    fc.assert(property, { seed: 7, numRuns: 25 });
  });

  it('recovers any rational function of low degree', () => {
    const coefficients = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 6 });
    const property = fc.property(coefficients, coefficients, (top, bottom) => {
      // 50 + … has no root in (0, 1)
      const f = rationalFunction(polynomial(top.map(BigInt)), polynomial([50n, ...bottom.map(BigInt)]));
      const pieces = symbolicPieces((gamma) => evaluateRational(f, gamma));
      expect(pieces).toHaveLength(1);
      expect(sameRational(pieces[0]!.value, f)).toBe(true);
    });
    fc.assert(property, { seed: 8, numRuns: 100 });
  });

  it('refuses what is no rational function', () => {
    const rough = (gamma: Ratio): Ratio => ratio(BigInt(Math.floor(1e9 * Math.sqrt(approximate(gamma)))));
    expect(() => symbolicPieces(rough, 25)).toThrow(ExactRefusal);
  });
});

describe('rationalFunctionText', () => {
  it.each([
    // (2 − γ)(21 − 5γ) = 42 − 31γ + 5γ²
    [polynomial([0n, 3n]), polynomial([42n, -31n, 5n], 42n), '3γ/((1 − 5γ/21)(1 − γ/2))'],
    [polynomial([0n, 1n], 14n), polynomial([42n, -31n, 5n], 42n), '(γ/14)/((1 − 5γ/21)(1 − γ/2))'],
    [polynomial([1n]), polynomial([1n, -1n, 0n, 0n], 1n), '1/(1 − γ)'],
  ])('gives every factor the constant 1: %#', (numerator, denominator, text) => {
    expect(rationalFunctionText({ numerator, denominator }, 'γ')).toBe(text);
  });
});
