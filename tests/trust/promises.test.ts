// What a reader relies on: ties are shown, what is open is said, and exit code 0 means that all was reached.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-promises-'));
afterAll(() => rmSync(folder, { recursive: true }));

function modelFile(model: object): string {
  const path = join(folder, 'model.json');
  writeFileSync(path, JSON.stringify(model));
  return path;
}

interface Row {
  readonly state: string;
  readonly action: string;
  readonly [field: string]: unknown;
}

async function optimality(
  model: object,
  ...options: readonly string[]
): Promise<{ code: number; rows: Row[]; notes: string[] }> {
  const { code, stdout } = await run(['optimality', modelFile(model), ...options, '--format', 'json', '-q']);
  const { optimality: rows, notes } = JSON.parse(stdout);
  return { code, rows, notes: notes.map((note: { code: string }) => note.code) };
}

/** Two cycles of `length` states, one of them a step farther off: they tie at gamma 1, and no symmetry says so. */
function twoCycles(length: number): object {
  const around = (name: string): [string, object][] =>
    Array.from({ length }, (_, i) => [`${name}${i}`, { on: `${name}${(i + 1) % length}` }]);
  const rows: [string, object][] = [
    ['s', { a: 'a0', b: 'farther' }],
    ['farther', { on: 'b0' }],
    ...around('a'),
    ...around('b'),
  ];
  return { states: rows.map(([name]) => name), transitions: Object.fromEntries(rows) };
}

describe('what stays undecided', () => {
  it('is reported, counts half, widens the limits both ways, and ends with exit code 4', async () => {
    const options = ['--state', 's', '--gamma', '1', '--reward', 'bernoulli(1/2)', '--samples', '200'];
    const { code, rows, notes } = await optimality(twoCycles(40), ...options);
    expect(code).toBe(4);
    expect(notes).toContain('W_UNDECIDED');
    const [a, b] = rows as unknown as { probability: number; low: number; high: number; undecided: number }[];
    expect(a!.undecided).toBeGreaterThan(0);
    expect(a!.probability + b!.probability).toBeCloseTo(1, 12);
    // Were all of them the one way, or all the other: each limit must allow for it.
    for (const { probability, low, high, undecided } of [a!, b!]) {
      const spread = 1.959 * Math.sqrt(0.25 / 200);
      expect(low).toBeLessThan(probability - undecided / 2 - spread / 2);
      expect(high).toBeGreaterThan(probability + undecided / 2 + spread / 2);
    }
  });

  it('is nothing in a model small enough for exact arithmetic', async () => {
    const options = ['--state', 's', '--gamma', '1', '--reward', 'bernoulli(1/2)', '--samples', '200'];
    const { code, rows } = await optimality(twoCycles(5), ...options);
    expect(code).toBe(0);
    expect(rows.map(({ undecided }) => undecided)).toEqual([0, 0]);
  });
});

describe('precision that is not reached', () => {
  const model = {
    states: ['s', 'x', 'y'],
    transitions: { s: { l: { x: '1/3', y: '2/3' }, r: { y: '1/3', s: '2/3' } } },
    terminal: ['x', 'y'],
  };
  it.each(['0.9', '0.999999', '0.999999999999'])(
    'at gamma %s ends with exit code 4 and a note',
    async (gamma) => {
      const options = [
        '--gamma',
        gamma,
        '--samples',
        '50',
        '--tolerance',
        '1e-300',
        '--format',
        'json',
        '-q',
      ];
      const { code, stdout } = await run(['power', modelFile(model), ...options]);
      expect(code).toBe(4);
      expect(JSON.parse(stdout).notes.map((note: { code: string }) => note.code)).toContain('W_PRECISION');
    },
  );

  it('is reached up to gamma 0.999999 by default, with a bound below the standard error', async () => {
    const options = ['--gamma', '0.999999', '--samples', '50', '--format', 'json', '-q'];
    const { code, stdout } = await run(['power', modelFile(model), ...options]);
    expect(code).toBe(0);
    for (const { solverError, standardError } of JSON.parse(stdout).power) {
      expect(solverError).toBeLessThan(standardError / 10);
    }
  });
});

describe('the same action', () => {
  const model = {
    states: ['s', 'x', 'y', 'z'],
    transitions: {
      s: {
        first: { x: '1/2', y: '1/3', z: '1/6' },
        again: { z: '1/6', y: '1/3', x: '0.5' },
        'with a zero': { z: '2/12', s: 0, y: '3/9', x: 0.5 },
        other: 'z',
      },
    },
    terminal: ['x', 'y', 'z'],
  };
  it.each([[], ['--samples', '400'], ['--samples', '400', '--reward', 'bernoulli(1/2)']])(
    'in two orders of successors is one action: %s',
    async (...options) => {
      const { rows } = await optimality(model, '--gamma', '0.5', '--state', 's', ...options);
      const of = (action: string): object => {
        const { action: _, ...numbers } = rows.find((row) => row.action === action)!;
        return numbers;
      };
      expect(of('again')).toEqual(of('first'));
      expect(of('with a zero')).toEqual(of('first'));
      const [first, other] = [of('first'), of('other')] as { strict: number; fractional: number }[];
      // The three share nothing: the class is the only optimum, or z is, or they tie.
      expect(first!.strict).toBeGreaterThan(0.2);
      expect(first!.fractional + other!.fractional).toBeCloseTo(1, 12);
    },
  );
});
