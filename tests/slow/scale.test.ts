// A model of 100,000 states and 2 million transitions through the command line: npm run test:slow.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-scale-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

it('generates, converts, checks and solves a large model, the same in both forms', async () => {
  const size = ['--states', '100000', '--actions', '4', '--successors', '5'];
  expect(await run(['generate', 'random', ...size, '-o', at('a.mdpb'), '-o', at('a.json')])).toMatchObject({
    code: 0,
  });
  expect(await run(['convert', at('a.json'), at('b.mdpb')])).toMatchObject({ code: 0 });
  expect(readFileSync(at('b.mdpb')).equals(readFileSync(at('a.mdpb')))).toBe(true);
  expect(statSync(at('a.mdpb')).size).toBeLessThan(22e6);
  expect((await run(['check', at('a.mdpb')])).stdout).toContain('2,000,000 (stochastic)');
  const options = [
    '--gamma',
    '0.9',
    '--samples',
    '16',
    '--state',
    's0',
    '--state',
    's99999',
    '--format',
    'csv',
  ];
  const { code, stdout } = await run(['power', at('a.mdpb'), ...options]);
  expect(code).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(3);
  expect((await run(['power', at('a.json'), ...options])).stdout).toBe(stdout);
});
