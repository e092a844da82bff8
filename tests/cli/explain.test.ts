// Every diagnostic that the sources can raise is explained, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explanations } from '../../src/cli/explain/codes.js';
import { run } from './fake-io.js';

/** Codes in quotes anywhere in src but in the explanations themselves. */
const raised = new Set(
  readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.endsWith('explain'))
    .flatMap(
      (entry) =>
        readFileSync(join(entry.parentPath, entry.name), 'utf8').match(/(?<=')[EW]_[A-Z_]+(?=')/g) ?? [],
    ),
);

describe('mdpower explain', () => {
  it('knows every code of the sources', () => {
    expect(raised.size).toBeGreaterThan(40);
    expect([...raised].filter((code) => !explanations.has(code))).toEqual([]);
    expect([...explanations.keys()].filter((code) => !raised.has(code))).toEqual([]);
  });

  it('prints one, as it is written in messages or not, in lines that fit', async () => {
    for (const written of ['E_ROW_SUM', 'e_row_sum', 'error[E_ROW_SUM]']) {
      const { code, stdout } = await run(['explain', written]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^E_ROW_SUM\n\nThe probabilities of one action do not sum to 1/);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('lists them all, and suggests one for a typing error', async () => {
    expect((await run(['explain'])).stdout.trim().split('\n')).toEqual([...explanations.keys()]);
    const { code, stdout, stderr } = await run(['explain', 'E_ROWSUM']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('did you mean "E_ROW_SUM"?');
  });
});
