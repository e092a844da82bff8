/**
 * sin and cos from + − · / alone: the same digits in every engine, within 1 ulp for every double.
 *
 * Small arguments are reduced by π/2 in three parts (Cody & Waite 1980). Where that cancels, and for large arguments, the
 * remainder is taken in big integers with π to as many bits as the argument needs (as Payne & Hanek 1983 do with 2/π).
 */

/** π/2 in three parts; the first two have 33 bits, so that k times them is exact for k < 2²⁰. Good to 2⁻¹²¹. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;
const QUARTER_PI = 0.7853981633974483;

/** x = quadrant·π/2 + (r + low) modulo 2π, with |r| ≤ π/4 but for rounding. */
interface Reduced {
  readonly quadrant: number;
  readonly r: number;
  readonly low: number;
}

/** Reduction of x ≥ 0. */
function reduce(x: number): Reduced {
  if (x <= QUARTER_PI) return { quadrant: 0, r: x, low: 0 };
  if (x >= 2 ** 19) return reduceExactly(x);
  const k = Math.floor(x * TWO_OVER_PI + 0.5);
  const first = x - k * HALF_PI_1;
  const second = first - k * HALF_PI_2;
  const lost = first - second - k * HALF_PI_2;
  const third = k * HALF_PI_3;
  const r = second - third;
  // The three parts leave an absolute error of 2⁻¹⁰⁰: too much for a remainder that nearly cancels.
  if (Math.abs(r) < 2 ** -30) return reduceExactly(x);
  return { quadrant: k % 4, r, low: second - r - third + lost };
}

/** Fractional bits kept of the remainder. No double comes nearer than 2⁻⁶⁴ or so to a multiple of π/2. */
const FRACTION_BITS = 192n;

function reduceExactly(x: number): Reduced {
  // x > π/4 here, so its last bit is at 2⁻⁵³ or above: an integer in units of 2⁻⁶⁰.
  const units = x < 2 ** 60 ? BigInt(x * 2 ** 60) : BigInt(x) << 60n;
  const size = BigInt(units.toString(16).length) * 4n;
  const bits = FRACTION_BITS + size;
  const halfPi = piInUnits(bits) >> 1n;
  const scaled = units << (bits - 60n);
  let quadrant = scaled / halfPi;
  let rest = scaled - quadrant * halfPi;
  if (2n * rest > halfPi) {
    rest -= halfPi;
    quadrant += 1n;
  }
  rest >>= size;
  const high = Number(rest);
  const unit = 2 ** -Number(FRACTION_BITS);
  return { quadrant: Number(quadrant & 3n), r: high * unit, low: Number(rest - BigInt(high)) * unit };
}

let cachedPi = { bits: 0n, value: 0n };

/** π·2^bits up to one unit: Machin's formula π = 16 atan(1/5) − 4 atan(1/239), with 32 guard bits. */
function piInUnits(bits: bigint): bigint {
  if (cachedPi.bits < bits) {
    const one = 1n << (bits + 32n);
    const arctangent = (inverse: bigint): bigint => {
      let power = one / inverse;
      let total = power;
      for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
        power /= inverse * inverse;
        total += (sign * power) / n;
      }
      return total;
    };
    cachedPi = { bits, value: (16n * arctangent(5n) - 4n * arctangent(239n)) >> 32n };
  }
  return cachedPi.value >> (cachedPi.bits - bits);
}

/** sin(r + low) for |r| ≤ π/4: the Taylor series to r¹⁹. */
function sinKernel(r: number, low: number): number {
  const t = r * r;
  let q = -1 / 121645100408832000;
  q = q * t + 1 / 355687428096000;
  q = q * t - 1 / 1307674368000;
  q = q * t + 1 / 6227020800;
  q = q * t - 1 / 39916800;
  q = q * t + 1 / 362880;
  q = q * t - 1 / 5040;
  q = q * t + 1 / 120;
  q = q * t - 1 / 6;
  return r + (q * t * r + low * (1 - t / 2));
}

/** cos(r + low) for |r| ≤ π/4: the Taylor series to r¹⁸; 1 − r²/2 is kept in two parts. */
function cosKernel(r: number, low: number): number {
  const t = r * r;
  let q = -1 / 6402373705728000;
  q = q * t + 1 / 20922789888000;
  q = q * t - 1 / 87178291200;
  q = q * t + 1 / 479001600;
  q = q * t - 1 / 3628800;
  q = q * t + 1 / 40320;
  q = q * t - 1 / 720;
  q = q * t + 1 / 24;
  const start = 1 - t / 2;
  return start + (1 - start - t / 2 + (q * t * t - r * low));
}

/** Sine of x radians; NaN for infinities, as Math.sin. */
export function sin(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x === 0 ? x : Number.NaN;
  const { quadrant, r, low } = reduce(Math.abs(x));
  const size = quadrant % 2 === 0 ? sinKernel(r, low) : cosKernel(r, low);
  return quadrant >= 2 === x > 0 ? -size : size;
}

/** Cosine of x radians; NaN for infinities, as Math.cos. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const { quadrant, r, low } = reduce(Math.abs(x));
  const size = quadrant % 2 === 0 ? cosKernel(r, low) : sinKernel(r, low);
  return quadrant === 1 || quadrant === 2 ? -size : size;
}
