import { equals, type Ratio, ratioText } from '../../number/ratio.js';
import type { Enclosure } from '../../number/roots.js';

/** Decimals of an enclosing interval. */
const DIGITS = 18;

/** The ends of an interval as text: the fraction twice if it is a point, else decimals, rounded outwards. */
export function enclosureTexts({ low, high }: Enclosure): [low: string, high: string] {
  if (equals(low, high)) return [ratioText(low), ratioText(low)];
  const scale = 10n ** BigInt(DIGITS);
  const down = (low.n * scale) / low.d;
  const up = (high.n * scale) / high.d + ((high.n * scale) % high.d === 0n ? 0n : 1n);
  return [decimal({ n: down, d: scale }), decimal({ n: up, d: scale })];
}

/** A number from 0 to 1 whose denominator is a power of 10. */
function decimal({ n, d }: Ratio): string {
  const whole = n / d;
  const places = (n - whole * d).toString().padStart(DIGITS, '0').replace(/0+$/, '');
  return places === '' ? String(whole) : `${whole}.${places}`;
}
