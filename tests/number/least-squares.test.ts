// Oracle: the QR decomposition of ml-matrix on the data themselves.
import { Matrix, solve } from 'ml-matrix';
import { expect, it } from 'vitest';
import { leastSquares } from '../../src/number/least-squares.js';

const rows = Array.from({ length: 12 }, (_, i) => [1, i, (i * i) % 7, Math.sin(i)]);
const target = rows.map((_, i) => ((i * 5) % 11) - 3);
const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

function regression(data: readonly (readonly number[])[]): Float64Array {
  const columns = data[0]!.map((_, j) => data.map((row) => row[j]!));
  const gram = Float64Array.from(columns.flatMap((a) => columns.map((b) => product(a, b))));
  return leastSquares(
    gram,
    Float64Array.from(columns, (a) => product(a, target)),
  );
}

it('gives the coefficients of a regression', () => {
  const wanted = solve(new Matrix(rows), Matrix.columnVector(target)).to1DArray();
  // Normal equations lose twice the digits that their condition number, below 1e4 here, has.
  regression(rows).forEach((found, j) => {
    expect(Math.abs(found - wanted[j]!)).toBeLessThanOrEqual(1e4 * 2 ** -45);
  });
});

it('leaves out variables that say nothing new, and predicts the same', () => {
  const doubled = rows.map((row) => [...row, row[1]! + row[3]!, 0]);
  const coefficients = regression(doubled);
  expect(coefficients.filter((c) => c === 0).length).toBeGreaterThanOrEqual(2);
  const plain = regression(rows);
  doubled.forEach((row, i) => {
    const difference = product(row, [...coefficients]) - product(rows[i]!, [...plain]);
    expect(Math.abs(difference)).toBeLessThanOrEqual(1e4 * 2 ** -40);
  });
});
