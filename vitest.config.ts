import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/fixed-seed.ts'],
    exclude: ['tests/slow/**'],
    // Half of the time is spent waiting for programs that tests start.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
