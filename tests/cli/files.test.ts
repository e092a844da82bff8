// Reading and writing: what is refused is refused before any work, and nothing is half written.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './fake-io.js';

const model = readFileSync('fixtures/mdp/wait.json', 'utf8');
let folder: string;
let input: string;
const at = (name: string): string => join(folder, name);

/** The path of something that `make` puts there. */
function made(name: string, make: (path: string) => void): string {
  make(at(name));
  return at(name);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdpower-files-'));
  input = at('model.json');
  writeFileSync(input, model);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a model that cannot be read', () => {
  const unreadable: readonly (readonly [string, () => string, RegExp])[] = [
    ['is not there', () => at('none.json'), /no such file/],
    ['is a folder', () => folder, /is a directory/],
    [
      'is a pipe without a writer',
      () => made('pipe', (path) => execFileSync('bash', ['-c', `mkfifo '${path}'`])),
      /not a regular file/,
    ],
    ['is a device', () => '/dev/zero', /not a regular file/],
    ['is a circle of links', () => made('a', (path) => symlinkSync(path, path)), /circle/],
  ];
  it.each(unreadable)('%s: exit code 6', async (_name, path, message) => {
    const { code, stdout, stderr } = await run(['check', path()]);
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('is too large: refused unread, exit code 3', async () => {
    truncateSync(input, 300 * 1024 * 1024);
    expect(await run(['check', input])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('E_LIMIT_SIZE'),
    });
  });
});

describe('a model from elsewhere', () => {
  const yaml = 'states: [a, b]\ntransitions:\n  a: { go: b }\nterminal: [b]\n';

  it('is read from standard input, JSON or YAML', async () => {
    for (const stdin of [model, yaml]) expect((await run(['check', '-'], { stdin })).code).toBe(0);
  });

  it('is read from a YAML file, whatever it begins with', async () => {
    writeFileSync(at('m.yaml'), yaml);
    writeFileSync(at('plain'), yaml);
    for (const name of ['m.yaml', 'plain']) expect((await run(['check', at(name)])).code).toBe(0);
  });

  it('has the hash of the bytes that were read', async () => {
    const { stdout } = await run(['check', input, '--format', 'json']);
    expect(stdout).toContain(createHash('sha256').update(model).digest('hex'));
  });

  it('may have its reward in a file', async () => {
    writeFileSync(at('reward.json'), '{"default": "uniform(0, 1)", "states": {"candy": "point(0)"}}');
    writeFileSync(at('reward.yaml'), 'default: uniform(0, 1)\nstates: { candy: point(0) }\n');
    const argv = ['power', input, '--samples', '5', '--gamma', '0.5', '--format', 'json', '--reward'];
    const [a, b, c] = [
      await run([...argv, at('reward.json')]),
      await run([...argv, at('reward.yaml')]),
      await run([...argv, '{"default": "uniform(0, 1)", "states": {"candy": "point(0)"}}']),
    ];
    expect(a.code).toBe(0);
    expect(b.stdout).toBe(a.stdout);
    expect(c.stdout).toBe(a.stdout);
  });
});

describe('an output file', () => {
  const refused: readonly (readonly [string, () => string, RegExp])[] = [
    ['a folder', () => made('x.json', (path) => mkdirSync(path)), /is a directory/],
    ['in a missing folder', () => at('none/x.json'), /no such file or folder/],
    ['the input', () => input, /is the input/],
    ['a link to the input', () => made('x.json', (path) => symlinkSync(input, path)), /is the input/],
    ['below a file', () => `${input}/x.json`, /not a folder|no such file/],
    ['a link into nothing', () => made('x.json', (path) => symlinkSync(at('none'), path)), /no such file/],
  ];
  it.each(refused)('is refused: %s', async (_name, path, message) => {
    const target = path();
    const prepared = readdirSync(folder);
    // A thousand million samples: a refusal that comes only after the work would never come.
    const { code, stdout, stderr } = await run(['power', input, '--samples', '1e9', '--output', target]);
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readFileSync(input, 'utf8')).toBe(model);
    expect(readdirSync(folder)).toEqual(prepared);
  });

  it('is refused without a format, or named twice: usage', async () => {
    expect((await run(['check', input, '-o', at('x.xyz')])).code).toBe(2);
    expect((await run(['check', input, '-o', at('x.md'), '-o', at('x.md')])).code).toBe(2);
  });

  it('takes the place of standard output, in the format of its extension', async () => {
    const argv = [
      'check',
      input,
      '-o',
      at('r.json'),
      '-o',
      at('r.md'),
      '-o',
      at('r.csv'),
      '-o',
      at('r.x'),
      '-f',
      'jsonl',
    ];
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe(
      `wrote ${at('r.json')}\nwrote ${at('r.md')}\nwrote ${at('r.csv')}\nwrote ${at('r.x')}\n`,
    );
    expect(readFileSync(at('r.json'), 'utf8')).toBe((await run(['check', input, '-f', 'json'])).stdout);
    expect(readFileSync(at('r.x'), 'utf8')).toMatch(/^{"row":"header"/);
    expect((await run(['check', input, '-o', '-', '-o', at('r.json'), '--quiet'])).stdout).toMatch(/^wait/);
  });

  it('that is a link stays one, and its target is replaced as a whole', async () => {
    writeFileSync(at('target.json'), 'old');
    symlinkSync(at('target.json'), at('link.json'));
    expect((await run(['check', input, '-o', at('link.json')])).code).toBe(0);
    expect(lstatSync(at('link.json')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(at('target.json'), 'utf8')).command).toBe('check');
  });

  it('on a full device fails, and leaves nothing', async () => {
    expect(await run(['check', input, '-o', '/dev/full', '-f', 'json'])).toMatchObject({ code: 6 });
    expect(readdirSync(folder)).toEqual(['model.json']);
  });

  it('stays as it was when the model is wrong', async () => {
    writeFileSync(at('bad.json'), '{"states": []}');
    writeFileSync(at('r.json'), 'older result');
    expect(await run(['power', at('bad.json'), '-o', at('r.json')])).toMatchObject({ code: 3, stdout: '' });
    expect(readFileSync(at('r.json'), 'utf8')).toBe('older result');
    expect(readdirSync(folder).sort()).toEqual(['bad.json', 'model.json', 'r.json']);
  });
});

describe('generate', () => {
  it('makes models that check accepts', async () => {
    for (const kind of ['star', 'chain', 'complete', 'grid', 'random', 'random-deterministic', 'layered']) {
      const { code, stdout } = await run(['generate', kind]);
      expect(code).toBe(0);
      expect((await run(['check', '-'], { stdin: stdout })).code).toBe(0);
    }
  });

  it('draws a grid from a map, with slips', async () => {
    writeFileSync(at('map.txt'), '#####\n#S.A#\n#####\n');
    const argv = [
      'generate',
      'grid',
      '--map',
      at('map.txt'),
      '--slip',
      '0.1',
      '--no-stay',
      '-o',
      at('grid.json'),
    ];
    expect(await run(argv)).toMatchObject({ code: 0, stdout: '' });
    const { states, transitions } = JSON.parse(readFileSync(at('grid.json'), 'utf8'));
    expect(states).toHaveLength(3);
    expect(Object.keys(transitions[states[0]])).toEqual(['up', 'down', 'left', 'right']);
  });

  it('refuses unknown kinds, options of other kinds, and its own map as output', async () => {
    writeFileSync(at('map.txt'), 'S.A\n');
    expect((await run(['generate', 'moon'])).stderr).toContain('star, chain');
    expect((await run(['generate', 'star', '--slip', '0.1'])).stderr).toContain('no option --slip');
    expect((await run(['generate', 'grid', '--map', at('map.txt'), '-o', at('map.txt')])).code).toBe(6);
    expect((await run(['generate', 'star', '--leaves', '0'])).code).toBe(2);
  });
});
