import { exp, log, log1p } from './elementary.js';

/**
 * δ(z) = ln Γ(z) − (z − ½) ln z + z − ½ ln 2π for z > 0: what Stirling's formula leaves out (DLMF 5.11.1 from 10 up,
 * the recurrence of Γ below).
 */
function stirlingError(z: number): number {
  let total = 0;
  let x = z;
  for (; x < 10; x++) total += (x + 0.5) * log1p(1 / x) - 1;
  const y = 1 / (x * x);
  const series =
    1 / 12 -
    y *
      (1 / 360 -
        y *
          (1 / 1260 -
            y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y * (1 / 156 - y * (3617 / 122400)))))));
  return total + series / x;
}

/**
 * x ln(x/m) + m − x without cancelling for x near m (C. Loader, "Fast and accurate computation of binomial
 * probabilities", 2000, bd0): the series of ln((1+v)/(1−v)) in v = (x − m)/(x + m).
 */
function deviance(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) > 0.1 * (x + m)) return x * log(x / m) - difference;
  const v = difference / (x + m);
  const square = v * v;
  let power = 2 * x * v;
  let total = difference * v;
  for (let n = 3; ; n += 2) {
    power *= square;
    const next = total + power / n;
    if (next === total) return total;
    total = next;
  }
}

/**
 * A law of the beta family, with what does not depend on x computed once.
 * factor = √(ab/2πn) exp(δ(n) − δ(a) − δ(b)), n = a + b.
 */
export interface BetaLaw {
  readonly a: number;
  readonly b: number;
  readonly factor: number;
}

/** The beta law with shapes a, b > 0. */
export function betaLaw(a: number, b: number): BetaLaw {
  const n = a + b;
  const factor =
    Math.sqrt((a / n) * (b / (2 * Math.PI))) * exp(stirlingError(n) - stirlingError(a) - stirlingError(b));
  return { a, b, factor };
}

/**
 * x^a (1−x)^b / B(a, b), that is x(1−x) times the density; `y` is 1 − x, given so that neither end loses digits. Loader's
 * saddle-point form: no difference of large logarithms of Γ, so relative errors stay near 1e-15 for a, b in the millions.
 */
export function betaKernel({ a, b, factor }: BetaLaw, x: number, y: number): number {
  const n = a + b;
  return factor * exp(-deviance(a, n * x) - deviance(b, n * y));
}

/** P(X ≤ x) and P(X > x), each without cancelling. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Regularised incomplete beta function I_x(a, b) = P(X ≤ x) and its complement, for 0 ≤ x ≤ 1 and y = 1 − x: by a continued
 * fraction, on the side of the mean where it converges in O(√(a + b)) steps.
 *
 * @param kernel betaKernel(law, x, y), where the caller has it already
 */
export function betaTails(law: BetaLaw, x: number, y: number, kernel: number = betaKernel(law, x, y)): Tails {
  const { a, b } = law;
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = kernel * continuedFraction(a, b, x, y);
    return { lower, upper: 1 - lower };
  }
  const upper = kernel * continuedFraction(b, a, y, x);
  return { lower: 1 - upper, upper };
}

/**
 * B(a,b) I_x(a,b) / (x^a (1−x)^b): the continued fraction of DiDonato & Morris (ACM TOMS 18 (1992), eq. 9, algorithm 708),
 * which is the even part of DLMF 8.17.22, by Lentz's method. Its leading term ay − bx does not cancel where x is near 1.
 */
function continuedFraction(a: number, b: number, x: number, y: number): number {
  let term = (a * (a * y - b * x + 1)) / (a + 1);
  let value = term;
  let c = term;
  let d = 0;
  for (let m = 1; ; m++) {
    const step = a + 2 * m;
    const numerator = ((a + m - 1) * x * ((a + b + m - 1) * x) * (m * (b - m))) / ((step - 1) * (step - 1));
    term = m + (m * (b - m) * x) / (step - 1) + ((a + m) * (a * y - b * x + 1 + m * (1 + y))) / (step + 1);
    d = 1 / (term + numerator * d);
    c = term + numerator / c;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) <= 2 ** -52) return 1 / value;
  }
}
