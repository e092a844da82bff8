import { defineConfig } from 'vitest/config';

/** Tests that change or look at what tests share: modules, globals, the working directory. Each has a process of its own. */
const alone = [
  'tests/cli/contradiction.test.ts',
  'tests/cli/settings.test.ts',
  'tests/fixtures.test.ts',
  'tests/readme/readme.test.ts',
  'tests/rewards/expression.test.ts',
  'tests/solve/kernel-fallback.test.ts',
];
const exclude = ['tests/slow/**'];
const common = { setupFiles: ['tests/fixed-seed.ts'], testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Half of the time is spent waiting for programs that tests start.
    maxWorkers: '100%',
    projects: [
      // The sources are loaded once for all files that a process runs.
      {
        test: {
          ...common,
          name: 'together',
          isolate: false,
          include: ['tests/**/*.test.ts'],
          exclude: [...exclude, ...alone],
        },
      },
      { test: { ...common, name: 'alone', include: alone, exclude } },
    ],
  },
});
