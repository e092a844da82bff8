// The sources move on, and a list of defects that fell behind them tests less than it says.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Mutant {
  readonly title: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
}

const { mutants } = (await import(new URL('./mutants.js', import.meta.url).href)) as {
  mutants: readonly Mutant[];
};

it.each(mutants.map((mutant) => [mutant.title, mutant] as const))(
  'can be planted: %s',
  (_, { file, from, to, tests }) => {
    expect(readFileSync(file, 'utf8').split(from), `${file}: ${from}`).toHaveLength(2);
    expect(from).not.toBe(to);
    const files = tests.filter((word, i) => word !== '-t' && tests[i - 1] !== '-t');
    expect(files.filter((path) => !existsSync(path))).toEqual([]);
  },
);
