import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** The tests that have a full size: see tests/full-size.ts. */
const sized = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .map((name) => `tests/${name}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('/full-size.js'));

export default defineConfig({
  test: {
    include: ['tests/slow/**/*.test.ts', ...sized],
    env: { MDPOWER_FULL_SIZE: '1' },
    setupFiles: ['tests/fixed-seed.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
  },
});
