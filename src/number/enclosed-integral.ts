import { addIntervals, around, type Interval, multiplyIntervals } from './interval.js';
import { type Jet, variableJet } from './jet.js';

/** Even, so that the remainder has one sign. */
const ORDER = 12;

/**
 * An interval that holds ∫ f over [0, 1]: on each part, Taylor's polynomial at the middle m with half-width h gives
 * Σ_{k even} f_k(m)·2h^(k+1)/(k+1), and f_n over the whole part in the place of the last coefficient encloses the rest.
 * Parts are halved until the rest is small for their width.
 *
 * @param f          the function in jets, see jet.ts
 * @param tolerance  of the width of the result that is due to the rests; rounding comes on top
 * @param charge     called once for each part
 * @returns undefined if parts have to be shorter than 2⁻⁴⁰
 */
export function enclosedIntegral(
  f: (x: Jet) => Jet,
  tolerance: number,
  charge: () => void,
): Interval | undefined {
  let sum: Interval = [0, 0];
  const parts = [{ low: 0, width: 1 }];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    charge();
    const h = part.width / 2;
    const middle = part.low + h;
    const whole = f(variableJet([part.low, part.low + part.width], ORDER))[ORDER]!;
    const rest = multiplyIntervals(whole, weight(h, ORDER));
    if (!(rest[1] - rest[0] <= tolerance * part.width)) {
      if (part.width < 2 ** -40) return undefined;
      parts.push({ low: middle, width: h }, { low: part.low, width: h });
      continue;
    }
    const at = f(variableJet([middle, middle], ORDER - 2));
    sum = addIntervals(sum, rest);
    for (let k = ORDER - 2; k >= 0; k -= 2) sum = addIntervals(sum, multiplyIntervals(at[k]!, weight(h, k)));
  }
  return sum;
}

/** ∫ x^k over [−h, h]; h is a power of 2, so that only the division rounds. */
function weight(h: number, k: number): Interval {
  let volume = 2 * h;
  for (let power = 0; power < k; power++) volume *= h;
  const value = volume / (k + 1);
  return around(value, value * 2 ** -53);
}
