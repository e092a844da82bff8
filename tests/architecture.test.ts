import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');

/** What each layer may import besides itself; `errors` is everybody's. An arrow that is not here is a mistake. */
const mayImport: Record<string, readonly string[]> = {
  errors: [],
  number: [],
  mdp: ['number'],
  rewards: ['number', 'mdp'],
  solve: ['number', 'mdp'],
  symmetry: ['number', 'mdp'],
  power: ['number', 'mdp', 'rewards', 'solve', 'symmetry'],
  exact: ['number', 'mdp', 'rewards', 'symmetry', 'power'],
  check: ['number', 'mdp', 'rewards', 'power', 'exact'],
  parallel: ['number', 'mdp', 'rewards', 'solve', 'symmetry', 'power', 'exact'],
  report: ['number', 'mdp', 'power', 'symmetry', 'exact'],
  cli: ['number', 'mdp', 'rewards', 'solve', 'symmetry', 'power', 'exact', 'check', 'parallel', 'report'],
  index: ['number', 'mdp', 'rewards', 'solve', 'symmetry', 'power', 'exact', 'parallel', 'report'],
};

/** Layers that may touch files, streams, clocks, threads and `process`. */
const shell = new Set(['parallel', 'cli']);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name));

/** The imports of one file, multi-line ones and re-exports included. */
function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const statements = text.matchAll(
    /(?:^|\n)\s*(import|export)(\s+type)?\s[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
  );
  return [...statements].map((match) => ({
    from: file,
    to: match[3] ?? match[4] ?? '',
    typeOnly: match[2] !== undefined,
  }));
}

const allImports = files.flatMap(importsOf);
const local = allImports
  .filter((entry) => entry.to.startsWith('.'))
  .map((entry) => ({ ...entry, to: resolve(dirname(entry.from), entry.to).replace(/\.js$/, '.ts') }));

function layerOf(file: string): string {
  return relative(source, file).split(/[\\/]/)[0]!.replace(/\.ts$/, '');
}

describe('the layers of src', () => {
  it('are all known', () => {
    expect([...new Set(files.map(layerOf))].filter((layer) => !(layer in mayImport))).toEqual([]);
  });

  it('import only downwards', () => {
    const wrong = local
      .filter(({ from, to }) => {
        const [a, b] = [layerOf(from), layerOf(to)];
        return a !== b && b !== 'errors' && !mayImport[a]!.includes(b);
      })
      .map(({ from, to }) => `${relative(root, from)} -> ${relative(root, to)}`);
    expect(wrong).toEqual([]);
  });

  it('have report import nothing but types from the layers that compute', () => {
    const computing = new Set(['power', 'symmetry', 'mdp', 'exact']);
    const wrong = local
      .filter(
        ({ from, to, typeOnly }) => layerOf(from) === 'report' && computing.has(layerOf(to)) && !typeOnly,
      )
      .map(({ from, to }) => `${relative(root, from)} -> ${relative(root, to)}`);
    expect(wrong).toEqual([]);
  });

  it('have a checker of certificates that knows nothing of the search, and stays small', () => {
    const checker = files.filter((file) =>
      /^symmetry\/verify(\/|\.ts$)/.test(relative(source, file).replaceAll('\\', '/')),
    );
    const imported = local
      .filter(({ from, to }) => checker.includes(from) && !checker.includes(to))
      .map(({ to }) => relative(source, to).replaceAll('\\', '/'));
    // The form of certificates, the model with its hash, rational numbers and permutations: nothing else is trusted.
    expect([...new Set(imported)].sort()).toEqual([
      'mdp/distinct-rows.ts',
      'mdp/model.ts',
      'number/markov-chain.ts',
      'number/rational.ts',
      'number/written-number.ts',
      'symmetry/certificate.ts',
      'symmetry/model-hash.ts',
      'symmetry/permutation.ts',
    ]);
    const packages = allImports.filter(({ from, to }) => checker.includes(from) && !to.startsWith('.'));
    expect(packages).toEqual([]);
    const lines = checker.flatMap((file) =>
      code(file)
        .split('\n')
        .filter((line) => line.trim() !== ''),
    );
    expect(lines.length).toBeLessThan(400);
  });

  it('have no circles between files', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to, typeOnly } of local) {
      if (!typeOnly) edges.set(from, [...(edges.get(from) ?? []), to]);
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        circles.push(
          [...path.slice(path.indexOf(file)), file].map((name) => relative(source, name)).join(' -> '),
        );
      } else if (!done.has(file)) {
        for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
        done.add(file);
      }
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('keep files, streams, clocks and process in the shell', () => {
    const forbiddenModule =
      /^(node:)?(fs|fs\/promises|worker_threads|os|child_process|http|https|net|readline|process)$/;
    const wrongImports = allImports
      .filter(({ from, to }) => !shell.has(layerOf(from)) && forbiddenModule.test(to))
      .map(({ from, to }) => `${relative(root, from)} imports ${to}`);
    const wrongGlobals = files
      .filter((file) => !shell.has(layerOf(file)))
      .filter((file) =>
        /\b(process\.|console\.|Date\.now|new Date\b|performance\.now|setTimeout\()/.test(code(file)),
      )
      .map((file) => relative(root, file));
    expect([...wrongImports, ...wrongGlobals]).toEqual([]);
  });

  it('use no Math function whose last digit differs between engines on the way from seed to result', () => {
    const wrong = files
      .filter((file) => ['number', 'rewards', 'solve', 'power'].includes(layerOf(file)))
      .filter((file) =>
        /Math\.(random|exp|log|log1p|expm1|log2|log10|pow|sin|cos|tan|tanh|cbrt|hypot)\b/.test(code(file)),
      )
      .map((file) => relative(root, file));
    expect(wrong).toEqual([]);
  });

  it('draw no unseeded random numbers anywhere', () => {
    expect(files.filter((file) => /Math\.random|randomBytes|getRandomValues/.test(code(file)))).toEqual([]);
  });

  it('are files of one subject, at most 250 lines', () => {
    const long = files
      .map((file) => ({ file: relative(root, file), lines: readFileSync(file, 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 251);
    expect(long).toEqual([]);
  });
});

/** The text of a file without its comments. */
function code(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}
