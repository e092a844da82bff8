import { usageError } from '../errors.js';

/** The greatest number of samples: a run of that many would take years, and counts stay exact far beyond. */
const MOST_SAMPLES = 1e12;
const LARGEST_SEED = 2n ** 64n - 1n;

/** `100000` or `1e5`: a whole number from 1 on. Hexadecimal, signs and fractions are refused. */
export function parseSamples(text: string): number {
  const value = /^\d{1,16}(e\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 1 && value <= MOST_SAMPLES)) {
    throw refused('--samples', text, 'a whole number from 1 to 1e12, such as 100000 or 1e6');
  }
  return value;
}

/** Effort of a search in nodes: `2000000` or `2e6`, from 1 on. */
export function parseBudget(text: string): number {
  const value = /^\d{1,15}(e\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw refused('--budget', text, 'a whole number from 1 on, such as 1e6');
}

/** A 64-bit seed; every digit counts. */
export function parseSeed(text: string): bigint {
  const value = /^\d{1,20}$/.test(text) ? BigInt(text) : -1n;
  if (value < 0n || value > LARGEST_SEED) {
    throw refused('--seed', text, `a whole number from 0 to ${LARGEST_SEED}`);
  }
  return value;
}

/** Number of worker threads; 0 stands for one per core. */
export function parseThreads(text: string): number {
  const value = /^\d{1,9}(e\d)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw refused('--threads', text, 'a whole number; 0 is one per core');
  return value;
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
/** Longer timers overflow. */
const LONGEST_TIME = 2 ** 31 - 1;

/** A duration in milliseconds: `30s`, `10m`, `1.5h`, `500ms`; a bare number is in seconds. */
export function parseDuration(text: string): number {
  const [, number = '', unit = 's'] = /^([\d.e+]+)(ms|s|m|min|h|d)?$/i.exec(text) ?? [];
  const value = Math.round(decimal(number) * MILLISECONDS[unit.toLowerCase().replace('min', 'm')]!);
  if (value >= 1 && value <= LONGEST_TIME) return value;
  throw refused('--timeout', text, 'a time such as 30s, 10m or 2h, at most 24 days');
}

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 1024,
  mi: 1024 ** 2,
  gi: 1024 ** 3,
  ti: 1024 ** 4,
};

/** A size in bytes: `512M`, `2GB`, `1GiB`. */
export function parseBytes(text: string): number {
  const [, number = '', unit = ''] = /^([\d.e+]+)((?:[kmgt]i?)?)b?$/i.exec(text) ?? [];
  const value = Math.round(decimal(number) * BYTES[unit.toLowerCase()]!);
  if (value >= 1 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw refused('--max-memory', text, 'a size such as 512M, 2G or 1GiB');
}

/** A share strictly between 0 and 1. */
export function parseConfidence(text: string): number {
  const value = decimal(text);
  if (value > 0 && value < 1) return value;
  const meant =
    value > 1 && value < 100 ? { hint: `did you mean ${Number((value / 100).toPrecision(12))}?` } : {};
  throw refused('--confidence', text, 'a number between 0 and 1, such as 0.95', meant);
}

/** A certified error above 0, in units of POWER. */
export function parseTolerance(text: string): number {
  const value = decimal(text);
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw refused('--tolerance', text, 'a number above 0, such as 1e-6');
}

/** The width of an interval, above 0. */
export function parseWidth(text: string): number {
  const value = decimal(text);
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw refused('--until-width', text, 'a number above 0, such as 0.01');
}

/** A decimal number as people write it; NaN for anything else (`0x10`, `1_000`, `Infinity`, the empty text). */
function decimal(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

function refused(name: string, found: string, wanted: string, parts: { hint?: string } = {}): Error {
  return usageError(`${name} cannot be ${JSON.stringify(found)}`, {
    found: JSON.stringify(found),
    wanted,
    ...parts,
  });
}
