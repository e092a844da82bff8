/** A variable is left out if less than this part of its variance is not explained by those taken before it. */
const INDEPENDENT_PART = 2 ** -32;

/**
 * Coefficients of a linear regression from its normal equations G β = g, by Cholesky's method with the largest remaining
 * pivot first; variables that depend linearly on others get the coefficient 0.
 *
 * @param gram   Float64 (k·k), row-major, symmetric and positive semidefinite: sums of products of the variables
 * @param cross  Float64 (k): sums of products with what is to be explained
 */
export function leastSquares(gram: Float64Array, cross: Float64Array): Float64Array {
  const k = cross.length;
  const left = Float64Array.from({ length: k }, (_, i) => gram[i * k + i]);
  const order: number[] = [];
  // Row i of `rows` is column order[i] of the factor: G = Lᵀ L on the variables taken.
  const rows: Float64Array[] = [];
  const solved: number[] = [];
  for (;;) {
    let pivot = -1;
    let best = INDEPENDENT_PART;
    for (let i = 0; i < k; i++) {
      if (order.includes(i) || gram[i * k + i] === 0) continue;
      const part = left[i] / gram[i * k + i];
      if (part > best) [pivot, best] = [i, part];
    }
    if (pivot < 0) break;
    const root = Math.sqrt(left[pivot]);
    const row = new Float64Array(k);
    for (let j = 0; j < k; j++) {
      let rest = gram[pivot * k + j];
      for (const taken of rows) rest -= taken[pivot] * taken[j];
      row[j] = rest / root;
      left[j] -= row[j] * row[j];
    }
    solved.push(rows.reduce((rest, taken, i) => rest - taken[pivot] * solved[i], cross[pivot]) / root);
    rows.push(row);
    order.push(pivot);
  }
  const coefficients = new Float64Array(k);
  for (let i = order.length - 1; i >= 0; i--) {
    let rest = solved[i];
    for (let j = i + 1; j < order.length; j++) rest -= rows[i][order[j]] * coefficients[order[j]];
    coefficients[order[i]] = rest / rows[i][order[i]];
  }
  return coefficients;
}
