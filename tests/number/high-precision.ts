/**
 * Elementary functions in fixed-point big integers, 240 bits after the point: an oracle that shares nothing with src.
 * Every double is an integer over a power of two, so arguments are exact; series are plain Taylor after halving.
 */
const BITS = 240n;
const ONE = 1n << BITS;

/** A number mantissa·2^exponent. */
export interface Big {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** A double as an exact integer times a power of two. */
function exactDouble(x: number): Big {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const biased = Number((word >> 52n) & 0x7ffn);
  const low = word & 0xfffffffffffffn;
  const size = biased === 0 ? low : low | (1n << 52n);
  return { mantissa: x < 0 ? -size : size, exponent: Math.max(biased, 1) - 1075 };
}

const shift = (value: bigint, by: number): bigint => (by >= 0 ? value << BigInt(by) : value >> BigInt(-by));

/** x as fixed point; bits below 2^-240 are lost. */
const fixed = (x: number): bigint => {
  const { mantissa, exponent } = exactDouble(x);
  return shift(mantissa, exponent + Number(BITS));
};

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

function taylorExp(r: bigint): bigint {
  let term = ONE;
  let total = ONE;
  for (let n = 1n; term !== 0n && n < 400n; n++) {
    term = times(term, r) / n;
    total += term;
    if (term === -1n) break;
  }
  return total;
}

/** ln of a fixed-point number by Newton's iteration on taylorExp, from a double start. */
function fixedLog(m: bigint): bigint {
  let y = fixed(Math.log(Number(m) / Number(ONE)));
  for (let i = 0; i < 4; i++) y += times(m, taylorExp(-y)) - ONE;
  return y;
}
const LN2 = fixedLog(2n * ONE);

/** e^y for a fixed-point y of any size. */
function expOfFixed(y: bigint): Big {
  const k = (2n * y + LN2) / (2n * LN2) - (2n * y + LN2 < 0n ? 1n : 0n);
  return { mantissa: taylorExp(y - k * LN2), exponent: Number(k - BITS) };
}

export const bigExp = (x: number): Big => expOfFixed(fixed(x));

export function bigExpm1(x: number): Big {
  // Scaled up by 2^1100 so that tiny arguments keep their bits.
  if (Math.abs(x) < 1e-3) {
    const { mantissa, exponent } = exactDouble(x);
    const up = BigInt(1400);
    const r = shift(mantissa, exponent + Number(up));
    let term = r;
    let total = r;
    for (let n = 2n; n < 40n; n++) {
      term = ((term * r) >> up) / n;
      total += term;
    }
    return { mantissa: total, exponent: -Number(up) };
  }
  const { mantissa, exponent } = bigExp(x);
  const k = exponent + Number(BITS);
  // 2^k·m − 1 in units of 2^(k−BITS) or 2^−BITS, whichever is finer.
  if (k <= 0) return { mantissa: shift(mantissa, k) - ONE, exponent: -Number(BITS) };
  return { mantissa: mantissa - shift(1n, Number(BITS) - k), exponent };
}

function logOfExact({ mantissa, exponent }: Big): bigint {
  const size = mantissa.toString(2).length;
  const m = shift(mantissa, Number(BITS) - size + 1);
  return fixedLog(m) + BigInt(exponent + size - 1) * LN2;
}

export const bigLog = (x: number): Big => ({ mantissa: logOfExact(exactDouble(x)), exponent: -Number(BITS) });

export function bigLog1p(x: number): Big {
  if (Math.abs(x) < 1e-3) {
    const { mantissa, exponent } = exactDouble(x);
    const up = 1400n;
    const r = shift(mantissa, exponent + Number(up));
    let power = r;
    let total = r;
    for (let n = 2n; n < 60n; n++) {
      power = -((power * r) >> up);
      total += power / n;
    }
    return { mantissa: total, exponent: -Number(up) };
  }
  const { mantissa, exponent } = exactDouble(x);
  if (exponent >= 0) return bigLog(x);
  return {
    mantissa: logOfExact({ mantissa: mantissa + shift(1n, -exponent), exponent }),
    exponent: -Number(BITS),
  };
}

export function bigPow(x: number, y: number): Big {
  const { mantissa, exponent } = exactDouble(y);
  return expOfFixed(shift(mantissa * logOfExact(exactDouble(x)), exponent));
}

/** ⌊√n⌋ by Newton's iteration from above. */
function integerRoot(n: bigint): bigint {
  let r = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (let next = (r + n / r) >> 1n; next < r; next = (r + n / r) >> 1n) r = next;
  return r;
}

/** π by the Gauss-Legendre arithmetic-geometric mean, to `bits` bits. */
function piTo(bits: bigint): bigint {
  const one = 1n << bits;
  let [a, b, t, p] = [one, integerRoot((one * one) / 2n), one / 4n, 1n];
  for (let i = 0; i < 12; i++) {
    const next = (a + b) >> 1n;
    b = integerRoot(a * b);
    t -= p * (((a - next) * (a - next)) >> bits);
    p *= 2n;
    a = next;
  }
  return ((a + b) * (a + b)) / (4n * t);
}

const WIDE = 1500n;
const TWO_PI = 2n * piTo(WIDE);

/** [sin x, cos x] */
export function bigSinCos(x: number): [Big, Big] {
  const { mantissa, exponent } = exactDouble(x);
  const wide = shift(mantissa, exponent + Number(WIDE));
  let r = wide % TWO_PI;
  if (2n * r > TWO_PI) r -= TWO_PI;
  if (2n * r < -TWO_PI) r += TWO_PI;
  let term = 1n << WIDE;
  const sums = [term, 0n];
  for (let n = 1n; n < 200n; n++) {
    term = ((term * r) >> WIDE) / n;
    sums[Number(n % 2n)] += (n / 2n) % 2n === 0n ? term : -term;
  }
  return [
    { mantissa: sums[1], exponent: -Number(WIDE) },
    { mantissa: sums[0], exponent: -Number(WIDE) },
  ];
}

/** Error of `value` in units in the last place of the exact number (subnormal spacing below 2^-1022). */
export function ulpError(value: number, { mantissa, exponent }: Big): number {
  const size = (mantissa < 0n ? -mantissa : mantissa).toString(2).length;
  const ulp = Math.max(size + exponent - 53, -1074);
  const mine = exactDouble(value);
  const fine = Math.min(exponent, mine.exponent, ulp - 60);
  const difference = shift(mine.mantissa, mine.exponent - fine) - shift(mantissa, exponent - fine);
  const scaled = shift(difference, fine - ulp + 60);
  return Math.abs(Number(scaled)) / 2 ** 60;
}

/** Φ(z) by its power series at 0 (Abramowitz & Stegun 26.2.10), for |z| ≤ 38. */
export function bigNormalCdf(z: number): Big {
  const { mantissa, exponent } = exactDouble(z);
  const wide = shift(mantissa, exponent + Number(WIDE));
  const square = (wide * wide) >> WIDE;
  let term = wide;
  let total = 0n;
  for (let n = 0n; term !== 0n && term !== -1n; n++) {
    total += term / (2n * n + 1n);
    term = ((-term * square) / (2n * (n + 1n))) >> WIDE;
  }
  const root = integerRoot(TWO_PI << WIDE);
  return { mantissa: (1n << (WIDE - 1n)) + (total << WIDE) / root, exponent: -Number(WIDE) };
}

/** value of a Big as a double, for ratios near 1 */
export const ratioToDouble = ({ mantissa, exponent }: Big, x: number): number => {
  const other = exactDouble(x);
  const quotient = shift(mantissa << 200n, exponent - other.exponent) / other.mantissa;
  return Number(quotient) / 2 ** 200;
};
