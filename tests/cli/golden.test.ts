// Golden texts say "unchanged", not "right": what the numbers are is tested elsewhere.
// `UPDATE_GOLDEN=1 npx vitest run tests/cli/golden.test.ts` writes them anew; look at the difference before committing it.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from './fake-io.js';

const texts: readonly (readonly [file: string, argv: readonly string[]])[] = [
  ['help.txt', ['--help']],
  ['analyze-help.txt', ['analyze', '--help']],
  ['analyze-fig1.txt', ['analyze', 'fixtures/mdp/fig1.json', '--samples', '1000']],
  ['analyze-fig1.md', ['analyze', 'fixtures/mdp/fig1.json', '--samples', '1000', '--format', 'markdown']],
];

describe('is unchanged', () => {
  it.each(texts)('%s', async (file, argv) => {
    const path = `tests/cli/golden/${file}`;
    const { stdout } = await run(argv);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, stdout);
    expect(stdout).toBe(readFileSync(path, 'utf8'));
  });
});
