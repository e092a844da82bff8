import { factorial } from '../../number/integer.js';
import { polynomial } from '../../number/polynomial.js';
import {
  add,
  compare,
  divide,
  multiply,
  negate,
  ONE_RATIO,
  type Ratio,
  ratioText,
  subtract,
} from '../../number/ratio.js';
import type { Law } from './law.js';
import { fromJumps } from './truncated-powers.js';

/**
 * Σ over poles at and orders q of parts[q−1]/(w − at)^q. For a measure μ of dimension k with linear function ℓ,
 * ∫ k!/(w − ℓ(x))^(k+1) dμ(x) is such a sum: on a simplex it is k!·vol·Π_j 1/(w − ℓ(vertex j)) (the transform of the
 * B-spline with these knots, Curry and Schoenberg 1966), and a pyramid multiplies its base's transform by one more pole.
 * Keys are the poles as text.
 */
export type PoleSum = ReadonlyMap<string, Pole>;

interface Pole {
  readonly at: Ratio;
  readonly parts: readonly Ratio[];
}

const ZERO: Ratio = { n: 0n, d: 1n };

/** 1/(w − at) */
export function simplePole(at: Ratio): PoleSum {
  return new Map([[ratioText(at), { at, parts: [ONE_RATIO] }]]);
}

/** Σ_i factor_i·poles_i */
export function sumPoles(terms: readonly { readonly factor: Ratio; readonly poles: PoleSum }[]): PoleSum {
  const sum = new Map<string, { at: Ratio; parts: Ratio[] }>();
  for (const { factor, poles } of terms)
    for (const [key, { at, parts }] of poles) {
      const target = sum.get(key) ?? { at, parts: [] };
      parts.forEach((part, q) => {
        target.parts[q] = add(target.parts[q] ?? ZERO, multiply(factor, part));
      });
      sum.set(key, target);
    }
  return sum;
}

/**
 * The sum times 1/(w − at): partial fractions, from a/((w−τ)^q (w−at)) = (a/(w−τ)^q − a/((w−τ)^(q−1) (w−at)))/(τ − at).
 */
export function timesPole(poles: PoleSum, at: Ratio): PoleSum {
  const key = ratioText(at);
  const result = new Map<string, Pole>();
  let residue = ZERO;
  for (const [name, pole] of poles) {
    if (name === key) continue;
    const inverse = divide(ONE_RATIO, subtract(pole.at, at));
    const parts: Ratio[] = new Array(pole.parts.length);
    let above = ZERO;
    for (let q = pole.parts.length - 1; q >= 0; q--) {
      above = multiply(subtract(pole.parts[q]!, above), inverse);
      parts[q] = above;
    }
    residue = subtract(residue, above);
    result.set(name, { at: pole.at, parts });
  }
  result.set(key, { at, parts: [residue, ...(poles.get(key)?.parts ?? [])] });
  return result;
}

/**
 * The distribution function of ℓ under μ of dimension k: a pole of order q ≤ k + 1 at τ with part a is the truncated power
 * (−1)^k (−1)^(q−1) a·(t − τ)₊^(k+1−q)/((q−1)!·(k+1−q)!).
 */
export function poleLaw(poles: PoleSum, dimension: number): Law {
  const ordered = [...poles.values()].sort((a, b) => compare(a.at, b.at));
  return fromJumps(
    ordered.flatMap(({ at, parts }) =>
      parts.map((part, index) => {
        const exponent = dimension - index;
        const signed = (dimension + index) % 2 === 0 ? part : negate(part);
        const powers = new Array<bigint>(exponent).fill(0n);
        return {
          at,
          change: polynomial([...powers, signed.n], signed.d * factorial(index) * factorial(exponent)),
        };
      }),
    ),
  );
}
