import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/slow/**/*.test.ts'],
    setupFiles: ['tests/fixed-seed.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
  },
});
