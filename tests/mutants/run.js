// npm run mutants [WORD | I/N]: plants each defect in a copy of the project and runs the test files that should catch it;
// of all, of those with WORD in title or file, or of the I-th of N parts. The score is the last line. Exit code 0 if all are
// caught, 1 if one survives, 2 if a defect cannot be planted or a test fails without it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './mutants.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const word = process.argv[2] ?? '';
const [, part, parts] = /^(\d+)\/(\d+)$/.exec(word) ?? [];
const chosen = mutants.filter(({ title, file }, i) =>
  parts === undefined ? `${title} ${file}`.includes(word) : i % Number(parts) === part % parts,
);

/** Whether the piece that a defect replaces stands in the sources once. */
function stands({ file, from }) {
  const path = join(root, file);
  return existsSync(path) && readFileSync(path, 'utf8').split(from).length === 2;
}

// Of all defects, chosen or not: the sources move on, and a list that fell behind them tests less than it says.
const lost = mutants.filter((mutant) => !stands(mutant));
for (const { title, file } of lost)
  console.error(`not planted: the piece does not stand there once: ${title} (${file})`);
if (lost.length > 0 || chosen.length === 0) {
  if (chosen.length === 0) console.error(`no planted defect is called ${word}`);
  process.exit(2);
}

const copy = mkdtempSync(join(tmpdir(), 'mdpower-mutants-'));
for (const name of [
  'src',
  'tests',
  'fixtures',
  'bin',
  'dist',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
]) {
  if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true });
}
for (const name of ['vitest.config.ts', 'README.md', 'CHANGELOG.md', 'LICENSE', 'CITATION.cff']) {
  cpSync(join(root, name), join(copy, name));
}
symlinkSync(resolve(root, 'node_modules'), join(copy, 'node_modules'), 'dir');

/** Sources that are as they were are not compiled again. */
const options = [
  ...['--project', 'together', '--bail', '1', '--testTimeout', '600000'],
  ...['--experimental.fsModuleCache', `--experimental.fsModuleCachePath=${join(copy, 'cache')}`],
];

/** Whether these test files pass; a test that hangs is one that fails. */
function passes(tests, output = 'ignore') {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...options, ...tests],
    {
      cwd: copy,
      stdio: output,
      timeout: 600_000,
    },
  );
  return status === 0;
}

/** Makes what is made from the sources and not read from them by the tests. */
const makers = {
  '': [],
  kernel: ['bin/build-kernel.js'],
  build: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
};

function make(what) {
  if (what === '') return true;
  return spawnSync(process.execPath, makers[what], { cwd: copy, stdio: 'ignore' }).status === 0;
}

/** How a defect fared: caught, survived, or not planted, if it does not compile. */
function tryOut({ file, from, to, tests, after }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const compiled = join(copy, 'src/solve/kernel/kernel-bytes.ts');
  const bytes = readFileSync(compiled);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    if (!make(after)) return 'not planted: it does not compile';
    return passes(tests) ? 'SURVIVED' : 'caught';
  } finally {
    writeFileSync(path, text);
    writeFileSync(compiled, bytes);
    if (after === 'build') make(after);
  }
}

let code = 0;
try {
  const whole = chosen.map(({ tests }) => tests).filter((tests) => !tests.includes('-t'));
  const named = chosen.map(({ tests }) => tests).filter((tests) => tests.includes('-t'));
  const runs = [[...new Set(whole.flat())], ...named].filter(({ length }) => length > 0);
  if (!runs.every((tests) => passes(tests, 'inherit'))) {
    console.error('the tests fail without any defect');
    process.exitCode = 2;
  } else {
    let caught = 0;
    for (const mutant of chosen) {
      const fate = tryOut(mutant);
      if (fate === 'caught') caught++;
      else code = Math.max(code, fate === 'SURVIVED' ? 1 : 2);
      console.log(`${fate}: ${mutant.title} (${mutant.file})`);
    }
    console.log(`${caught} of ${chosen.length} planted defects caught`);
    process.exitCode = code;
  }
} finally {
  rmSync(copy, { recursive: true });
}
