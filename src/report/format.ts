import type { Estimate } from './table.js';

/** Digits after the leading one that are printed at most: what lies below is noise for a reader. */
const MOST_DIGITS = 6;

/** A fraction with more signs than this says less to a reader than ten digits. */
const LONGEST_FRACTION = 15;

/** An estimate as it is printed, in parts, so that every writer prints the same digits. */
export type EstimateParts =
  /** an exact fraction, or a number without error */
  | { readonly kind: 'exact'; readonly value: string }
  /** value ± halfWidth, with as many decimals, times 10^exponent */
  | {
      readonly kind: 'symmetric';
      readonly value: string;
      readonly halfWidth: string;
      readonly exponent: number;
    }
  /** value in [low, high], times 10^exponent */
  | {
      readonly kind: 'limits';
      readonly value: string;
      readonly low: string;
      readonly high: string;
      readonly exponent: number;
    }
  | { readonly kind: 'no interval'; readonly value: string };

/**
 * A number with its interval, to the digits that the interval supports. The half-width is rounded up to two significant
 * digits and the value to the same place, so that what is printed encloses the interval: `0.6667 ± 0.0012`. Where the two
 * sides differ by more than a tenth, both limits are printed, rounded outwards: `0.30 [0.06, 0.66]`. An exact value is its
 * fraction where that is short, else its decimal form; a value without interval has four decimals.
 */
export function formatEstimate(estimate: Estimate): string {
  const parts = estimateParts(estimate);
  switch (parts.kind) {
    case 'exact':
      return parts.value;
    case 'no interval':
      return `${parts.value} (no interval)`;
    case 'symmetric':
      return timesPowerOfTen(`${parts.value} ± ${parts.halfWidth}`, parts.exponent);
    case 'limits':
      return timesPowerOfTen(`${parts.value} [${parts.low}, ${parts.high}]`, parts.exponent);
  }
}

/** The number alone, to the digits that its interval supports: `0.6667` of `0.6667 ± 0.0012`. */
export function formatValue(estimate: Estimate): string {
  const parts = estimateParts(estimate);
  const exponent = 'exponent' in parts ? parts.exponent : 0;
  return exponent === 0 ? parts.value : `${parts.value}e${exponent}`;
}

function timesPowerOfTen(text: string, exponent: number): string {
  return exponent === 0 ? text : `(${text})e${exponent}`;
}

/** The digits that `formatEstimate` prints, apart. */
export function estimateParts({ value, low, high, exact }: Estimate): EstimateParts {
  if (exact !== undefined && exact !== null) {
    return { kind: 'exact', value: exact.length <= LONGEST_FRACTION ? exact : value.toPrecision(10) };
  }
  if (low === null || high === null) return { kind: 'no interval', value: fixed(value, 4) };
  if (low === value && high === value) return { kind: 'exact', value: formatNumber(value) };
  const magnitude = decimalExponent(Math.max(Math.abs(value), high - low));
  if (magnitude >= -5 && magnitude <= 8) return withInterval(value, low, high, 0);
  const scale = (x: number): number => Number(shiftDecimal(x, -magnitude));
  return withInterval(scale(value), scale(low), scale(high), magnitude);
}

function withInterval(value: number, low: number, high: number, exponent: number): EstimateParts {
  if (value === low || value === high) return limits(value, low, high, exponent);
  const least = decimalExponent(Math.max(Math.abs(value), high - low)) - MOST_DIGITS;
  const widest = Math.max(value - low, high - value);
  for (let place = Math.max(decimalExponent(widest) - 1, least); ; place++) {
    const rounded = Number(fixed(value, -place));
    const below = unitsUp(rounded - low, place);
    const above = unitsUp(high - rounded, place);
    const units = Math.max(below, above);
    if (units >= 100) continue;
    if (Math.abs(above - below) > Math.max(1, units / 10)) return limits(value, low, high, exponent);
    return {
      kind: 'symmetric',
      value: fixed(value, -place),
      halfWidth: fixed(units * powerOfTen(place), -place),
      exponent,
    };
  }
}

/** Value and limits to one significant digit of the interval's width, the limits rounded outwards. */
function limits(value: number, low: number, high: number, exponent: number): EstimateParts {
  const place = Math.min(0, Math.max(decimalExponent(high - low) - 1, -MOST_DIGITS - 2));
  const unit = powerOfTen(place);
  const down = fixed(Math.floor(low / unit + 1e-9) * unit, -place);
  const up = fixed(Math.ceil(high / unit - 1e-9) * unit, -place);
  return {
    kind: 'limits',
    value: Number.isInteger(value) ? fixed(value, 0) : fixed(value, -place),
    low: whole(low, down),
    high: whole(high, up),
    exponent,
  };
}

/** A limit that is an integer exactly, such as the 1 of a probability, is printed as one. */
function whole(limit: number, text: string): string {
  return Number.isInteger(limit) ? fixed(limit, 0) : text;
}

/** The least number of units of 10^place that covers `distance`; a hair of rounding does not make it one more. */
function unitsUp(distance: number, place: number): number {
  return Math.max(0, Math.ceil(distance / powerOfTen(place) - 1e-9));
}

/** A number without error: at most six significant decimals, no trailing zeros, never `-0`. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(MOST_DIGITS + 1)) + 0);
}

/** A small error bound to two significant digits, rounded up: `3.1e-7`. */
export function formatBound(bound: number): string {
  if (!(bound > 0)) return '0';
  const place = decimalExponent(bound) - 1;
  return String(Number(`${unitsUp(bound, place)}e${place}`));
}

/** An integer with its thousands set apart: `100,000`. */
export function formatCount(count: number | bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 state`, `8 states`. */
export function formatQuantity(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A share as a percentage with the digits it was written with: 0.95 is `95%`, 0.999 is `99.9%`. */
export function formatPercent(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}

/** A duration for people: `840 ms`, `2.1 s`, `3.5 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 90_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${(milliseconds / 60_000).toFixed(1)} min`;
}

/** `value` rounded to `decimals` places (tens for −1), without the sign of a zero. */
function fixed(value: number, decimals: number): string {
  const text =
    decimals >= 0
      ? value.toFixed(Math.min(decimals, 100))
      : String(Math.round(value / powerOfTen(-decimals)) * powerOfTen(-decimals));
  return /^-[0.]*$/.test(text) ? text.slice(1) : text;
}

/** e with 10^e ≤ |value| < 10^(e+1); 0 for 0. */
function decimalExponent(value: number): number {
  return value === 0 ? 0 : Number(Math.abs(value).toExponential().split('e')[1]);
}

/** The double nearest to 10^exponent. */
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}

function shiftDecimal(value: number, by: number): string {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  return `${mantissa}e${Number(exponent) + by}`;
}
