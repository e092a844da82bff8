// Nothing on the way from seed to result may differ between engines: only operations that IEEE 754 and ECMAScript define to
// the last bit, found by following the imports of what computes a sample.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Math functions whose results are exact, or correctly rounded. */
const EXACT =
  'abs ceil floor round trunc sign min max sqrt fround imul clz32 PI E LN2 LN10 LOG2E SQRT2'.split(' ');

/** The text of a file without its comments. */
function code(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

/** All files that a file imports for more than types, and so on. */
function closure(...entries: readonly string[]): string[] {
  const found = new Set(entries.map((entry) => resolve(root, entry)));
  for (const file of found) {
    for (const [, from] of code(file).matchAll(
      /(?:^|\n)\s*(?:import|export)\s(?!type\b)[^;'"]*?from\s+'(\.[^']+)'/g,
    )) {
      const path = resolve(dirname(file), from!.replace(/\.js$/, '.ts'));
      if (!path.endsWith('kernel-bytes.ts')) found.add(path);
    }
  }
  return [...found];
}

const compiled = readdirSync(resolve(root, 'src/solve/kernel.as')).filter((name) => name.endsWith('.ts'));
const files = [
  ...closure('src/parallel/compute-power.ts', 'src/parallel/worker.ts'),
  ...compiled.map((name) => resolve(root, 'src/solve/kernel.as', name)),
];

/** Every match of a pattern in these files, with its place. */
function matches(pattern: RegExp): string[] {
  return files.flatMap((file) =>
    [...code(file).matchAll(pattern)].map((match) => `${relative(root, file)}: ${match[0]}`),
  );
}

describe('what computes a result from a seed', () => {
  it('is found whole', () => {
    const names = files.map((file) => relative(root, file));
    for (const name of [
      'rewards/philox.ts',
      'rewards/kinds/normal.ts',
      'solve/kernel/sweep.ts',
      'number/elementary.ts',
    ]) {
      expect(names).toContain(`src/${name}`);
    }
    expect(files.length).toBeGreaterThan(100);
  });

  it('uses no Math function whose digits are left to the engine', () => {
    const used = matches(/\bMath\.(\w+)/g).filter((found) => !EXACT.includes(found.split('.').at(-1)!));
    expect(used).toEqual([]);
    expect(matches(/\bMath\s*\[|=\s*Math\s*[;,}]|NativeMath|JSMath/g)).toEqual([]);
  });

  it('raises to powers only two, and big integers', () => {
    // 2 ** n is exact wherever it is a double; other powers of doubles are approximations. Exact methods count with them.
    const powers = matches(/\S+ \*\* \S+/g).filter(
      (found) =>
        !found.startsWith('src/exact/') &&
        !/[ ([]2 \*\* |\dn \*\* |\.[nd] \*\* e|common \*\* BigInt|stateCount \*\* 2/.test(found),
    );
    expect(powers).toEqual([]);
  });

  it('asks neither clock nor locale nor chance', () => {
    expect(
      matches(/Math\.random|Date\.now|new Date\b|performance\.|localeCompare|toLocale|\bIntl\b|hrtime/g),
    ).toEqual([]);
  });

  it('would find one', () => {
    expect([...'const y = Math.exp(x)'.matchAll(/\bMath\.(\w+)/g)][0]![1]).toBe('exp');
    expect(EXACT).not.toContain('exp');
  });
});
