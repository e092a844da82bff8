// Nothing is fetched, started or installed behind the user's back, and no text reaches JavaScript.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';
import { sized } from '../full-size.js';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'mdpower-leaks-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an installation', () => {
  it('runs no script of a dependency, and of our own only the build of a clone', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const scripted = Object.entries<{ hasInstallScript?: boolean; dev?: boolean; optional?: boolean }>(
      lock.packages,
    )
      .filter(([, entry]) => entry.hasInstallScript === true)
      .map(([path]) => path);
    // Only macOS has it, for watching files in development.
    expect(scripted.filter((path) => !['', 'node_modules/fsevents'].includes(path))).toEqual([]);
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const name of ['preinstall', 'install', 'postinstall', 'preprepare', 'postprepare', 'prepublish']) {
      expect(scripts[name]).toBeUndefined();
    }
    expect(scripts.prepare).toBe('node bin/prepare.js');
  });
});

/** Makes every way out of the process an error that cannot be caught by accident. */
const guard = `
const stop = (what) => () => { process.stderr.write('LEAK ' + what + '\\n'); process.exit(99); };
require('net').Socket.prototype.connect = stop('socket');
require('dgram').createSocket = stop('datagram');
require('dns').lookup = stop('name service');
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
  require('child_process')[name] = stop(name);
globalThis.fetch = stop('fetch');
`;

describe('a run', () => {
  const guardFile = join(folder, 'guard.cjs');
  const model = resolve(root, 'fixtures/mdp/fig1.json');
  const commands = [
    [
      'analyze',
      model,
      '--samples',
      '2e5',
      '--threads',
      '3',
      '-o',
      'result.json',
      '-o',
      'page.html',
      '-o',
      'table.tex',
    ],
    ['verify', 'result.json', model, '--samples', '20'],
    ['plot', model, '-o', 'graph.svg', '-o', 'graph.png'],
    ['plot', 'result.json', '--kind', 'power', '-o', 'power.svg'],
    ['power', model, '--reward', 'quantile(u^2)', '--samples', '100', '--assert', 'POWER(★) > 0'],
    ['generate', 'random', '--states', '50', '-o', 'random.json'],
  ];
  it.each(commands.map((command) => [command[0]!, command] as const))(
    '%s opens no connection and starts no program',
    (_name, command) => {
      writeFileSync(guardFile, guard);
      const { status, stderr } = spawnSync(process.execPath, [resolve(root, 'bin/mdpower.js'), ...command], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, NODE_OPTIONS: `--require ${guardFile}` },
      });
      expect(stderr).not.toContain('LEAK');
      expect(status, stderr).toBe(0);
    },
  );

  it('is guarded: a connection would be noticed', () => {
    writeFileSync(guardFile, guard);
    const script = "require('net').connect(1)";
    expect(spawnSync(process.execPath, ['--require', guardFile, '-e', script]).status).toBe(99);
  });
});

describe('the sources', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

  it('have no way to run a text, a program, or to reach a network', () => {
    const found = files.flatMap((file) =>
      [
        ...readFileSync(file, 'utf8')
          .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
          .matchAll(
            /\beval\(|\bFunction\(|'(node:)?(vm|net|http|https|http2|tls|dns|dgram|child_process|inspector|cluster)'|\bfetch\(|WebSocket/g,
          ),
      ].map((match) => `${file.slice(root.length + 1)}: ${match[0]}`),
    );
    // A PDF is made by the converter of the machine, where one is asked for.
    expect(found).toEqual(["src/cli/picture-file.ts: 'node:child_process'"]);
  });

  it('take from mathjs its parser alone', () => {
    const using = files.filter((file) =>
      /from 'mathjs'|import\('mathjs|\('mathjs/.test(readFileSync(file, 'utf8')),
    );
    expect(using.map((file) => file.slice(root.length + 1))).toEqual(['src/rewards/expression.ts']);
    const text = readFileSync(using[0]!, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(text).not.toMatch(/\b(evaluate|compile|all|config|transform|callback)\s*\(/);
  });
});

/** Known ways out of expression evaluators; each would set a global variable. */
const escapes = [
  'constructor.constructor("globalThis.reached=1")()',
  'u.constructor.constructor("globalThis.reached=1")()',
  'exp.constructor("globalThis.reached=1")()',
  'cos.constructor("globalThis.reached=1")()',
  '[].map.constructor("globalThis.reached=1")()',
  '{}.constructor.constructor("globalThis.reached=1")()',
  '"".sub.constructor("globalThis.reached=1")()',
  'parse("1").constructor.constructor("globalThis.reached=1")()',
  'evaluate("globalThis.reached=1")',
  'import({reached: 1})',
  'createUnit("reached")',
  'f(x)=constructor; f(1)',
  'reached=1',
  'globalThis.reached=1',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is an attack
  '`${globalThis.reached=1}`',
  'typed({"": constructor})',
  'chain(1).constructor',
  'simplify("u").constructor',
  'expression.docs',
  'reviver.constructor',
  'u["constructor"]["constructor"]("globalThis.reached=1")()',
  'end.constructor',
  'min.apply(0, constructor)',
  '__proto__.reached=1',
];

describe('an expression', () => {
  const model = 'fixtures/mdp/wait.json';
  const isClean = (): boolean => !('reached' in globalThis) && !('reached' in Object.prototype);

  it.each(escapes.map((attack, k) => [attack, k] as const))(
    'cannot reach JavaScript by a reward, an assertion or a condition: %s',
    async (attack, k) => {
      const quick = ['--samples', '8', '--gamma', '0.5', '-q'];
      const text = JSON.stringify(`quantile(${attack})`);
      const ways = [
        ['--reward', `quantile(${attack})`],
        ['--reward', attack],
        ['--reward', `{"default": ${text}}`],
        ['--reward', `{"features": {"wait": [1]}, "weights": ${text}}`],
        ['--assert', attack],
        ['--assert', `POWER(wait) > ${attack}`],
        ['--assert', `POWER(${attack}) > 0`],
        ['--gamma', attack],
        ['--samples', attack],
      ];
      // Every way is tried by some attacks, every attack by some ways.
      for (const way of ways.filter((_, i) => (i + k) % sized(3, 1) === 0)) {
        const base = quick.filter((_, i) => !way.includes(quick[i - (i % 2)]!));
        const { code, stdout, stderr } = await run(['power', model, ...base, ...way]);
        expect([2, 3], `${way}: ${stderr}`).toContain(code);
        expect(stdout).toBe('');
        expect(stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
      }
      const { code } = await run(['compare', model, model, '--fail-on', attack]);
      expect([2, 3]).toContain(code);
      expect(isClean()).toBe(true);
    },
  );
});
