// `mdpower compare` on results that the program wrote, and on such that were changed by hand.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-compare-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, `${name}.json`);

beforeAll(async () => {
  const result = async (name: string, model: string, ...more: readonly string[]): Promise<void> => {
    const argv = [
      'analyze',
      `fixtures/mdp/${model}.json`,
      '--gamma',
      '0.9',
      '--quiet',
      '-o',
      at(name),
      ...more,
    ];
    expect((await run(argv)).code).toBe(0);
  };
  await result('a', 'wait', '--samples', '4000');
  await result('seed2', 'wait', '--samples', '4000', '--seed', '2');
  await result('longer', 'wait', '--samples', '8000');
  await result('normal', 'wait', '--samples', '4000', '--reward', 'uniform(1, 2)');
  await result('other', 'fig1', '--samples', '100');
  const changed = JSON.parse(readFileSync(at('a'), 'utf8'));
  changed.power[0].power += 1e-6;
  writeFileSync(at('changed'), JSON.stringify(changed));
});

async function compared(a: string, b: string, ...more: readonly string[]) {
  const { code, stdout, stderr } = await run(['compare', at(a), at(b), '--format', 'json', ...more]);
  expect(stderr).toBe('');
  return { code, comparison: JSON.parse(stdout).comparison };
}

describe('two results', () => {
  it('of the same computation differ by nothing, and a changed digit beyond the proved error is found', async () => {
    const same = await compared('a', 'a', '--fail-on', 'differs');
    expect(same.code).toBe(0);
    expect(same.comparison.rows.every((row: { method: string }) => row.method === 'same samples')).toBe(true);
    const changed = await compared('a', 'changed', '--fail-on', 'differs');
    expect(changed.code).toBe(1);
    expect(changed.comparison.failOn).toEqual({ condition: 'differs', failing: 1, undecided: 0 });
  });

  it('of two seeds agree within their limits, by the method for independent samples', async () => {
    const { code, comparison } = await compared('a', 'seed2', '--fail-on', 'differs');
    expect(code).toBe(0);
    expect(comparison.rows.every((row: { method: string }) => row.method === 'independent')).toBe(true);
  });

  it('of one seed have wider limits, which hold for any dependence', async () => {
    const { comparison } = await compared('a', 'longer');
    const { comparison: independent } = await compared('seed2', 'longer');
    const width = ({ low, high }: { low: number; high: number }): number => high - low;
    expect(comparison.rows[0].method).toBe('any dependence');
    expect(width(comparison.rows[0])).toBeGreaterThan(width(independent.rows[0]));
  });

  it('of different laws differ: by 1 in POWER, by nothing in P', async () => {
    const { code, comparison } = await compared('a', 'normal', '--fail-on', 'differs in P');
    expect(code).toBe(0);
    for (const { quantity, low, high } of comparison.rows) {
      const truth = quantity === 'POWER' ? 1 : 0;
      expect(low).toBeLessThanOrEqual(truth);
      expect(high).toBeGreaterThanOrEqual(truth);
    }
    expect((await compared('a', 'normal', '--fail-on', 'difference > 0.9 in POWER')).code).toBe(1);
    expect((await compared('a', 'normal', '--fail-on', 'difference >= 1 in POWER')).code).toBe(4);
    expect((await compared('a', 'normal', '--fail-on', 'abs(difference) > 1.1')).code).toBe(0);
  });

  it('are refused where they share nothing, are no results, or the condition means nothing', async () => {
    const refused = async (...argv: readonly string[]) => {
      const { code, stdout } = await run(['compare', ...argv]);
      expect(stdout).toBe('');
      return code;
    };
    expect(await refused(at('a'), at('other'))).toBe(3);
    expect(await refused(at('a'), 'fixtures/mdp/wait.json')).toBe(3);
    expect(await refused(at('a'), 'README.md')).toBe(3);
    expect(await refused(at('a'), at('none'))).toBe(6);
    for (const condition of [
      '',
      'always',
      'difference > x',
      'abs(difference)',
      'differs in Q',
      'difference > 1/0',
    ]) {
      expect(await refused(at('a'), at('a'), '--fail-on', condition), condition).toBe(2);
    }
  });

  it('make a table for people, and rows for machines', async () => {
    const { stdout } = await run(['compare', at('a'), at('seed2'), '--fail-on', 'differs']);
    expect(stdout).toContain('POWER(start)');
    expect(stdout).toContain('fail on  differs: 0 rows so, 0 undecided');
    expect((await run(['compare', at('a'), at('seed2'), '-f', 'csv'])).stdout).toMatch(
      /^quantity,state,action,gamma,a,b/,
    );
  });
});
