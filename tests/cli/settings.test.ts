// Settings by flag, environment and file, and which goes before which.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadCommands } from '../../src/cli/commands.js';
import { longName } from '../../src/cli/option.js';
import { SETTINGS } from '../../src/cli/settings.js';
import { run } from './fake-io.js';

const model = resolve('fixtures/mdp/wait.json');
const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'mdpower-settings-'));
const file = join(folder, 'mdpower.config.yaml');
beforeAll(() => process.chdir(folder));
afterEach(() => rmSync(file, { force: true }));
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const argv = ['power', model, '--format', 'json'];
const env = { MDPOWER_SAMPLES: '30', MDPOWER_GAMMA: '0.5' };
async function parameters(more: readonly string[] = [], world: Parameters<typeof run>[1] = {}) {
  const { code, stdout, stderr } = await run([...argv, ...more], world);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout).parameters;
}

describe('a setting', () => {
  it('comes from the command line, else the environment, else the file, else is the default', async () => {
    writeFileSync(file, 'samples: 20\nseed: 7\ngamma: [0.9, 2/3]\n');
    expect(await parameters()).toMatchObject({
      samples: 20,
      seed: '7',
      gammas: ['0.9', '2/3'],
      confidence: 0.95,
    });
    expect(await parameters([], { env })).toMatchObject({ samples: 30, seed: '7', gammas: ['0.5'] });
    expect(await parameters(['--samples', '40'], { env })).toMatchObject({
      samples: 40,
      seed: '7',
      gammas: ['0.5'],
    });
  });

  it('can be a flag or a word', async () => {
    const quick = { MDPOWER_SAMPLES: '10', MDPOWER_GAMMA: '0.5' };
    expect(await parameters([], { env: { ...quick, MDPOWER_SIMULTANEOUS: '1' } })).toMatchObject({
      simultaneous: true,
    });
    expect(await parameters([], { env: { ...quick, MDPOWER_SIMULTANEOUS: 'no' } })).toMatchObject({
      simultaneous: false,
    });
    const { stdout } = await run(['power', model], { env: { ...quick, MDPOWER_FORMAT: 'csv' } });
    expect(stdout).toMatch(/^state,gamma,power/);
    writeFileSync(file, 'simultaneous: true\nsamples: 10\n');
    expect(await parameters()).toMatchObject({ simultaneous: true });
    expect(await parameters([], { env: { MDPOWER_SIMULTANEOUS: '0' } })).toMatchObject({
      simultaneous: false,
    });
  });

  it('comes from another file with --config, in JSON too', async () => {
    writeFileSync(file, 'samples: 20\n');
    writeFileSync('other.json', '{"samples": 1e1, "gamma": "0.5", "reward": "normal(0, 1)"}');
    expect(await parameters(['--config', 'other.json'])).toMatchObject({
      samples: 10,
      reward: 'normal(0, 1)',
    });
    expect(await run([...argv, '--config', 'none.json'])).toMatchObject({ code: 6, stdout: '' });
  });

  it('is told with --verbose', async () => {
    writeFileSync(file, 'samples: 20\nseed: 3\n');
    const { stderr } = await run([...argv, '--verbose', '--gamma', '0.9'], {
      env: { MDPOWER_SEED: '4', MDPOWER_GAMMA: '0.5' },
    });
    expect(stderr).toMatch(/^settings: samples from mdpower\.config\.yaml, seed from MDPOWER_SEED\n/);
  });

  it('that a command has no option for does not trouble it', async () => {
    writeFileSync(file, 'samples: 20\n');
    expect((await run(['check', model], { env })).code).toBe(0);
  });

  it.each<readonly [string, Record<string, string>, RegExp]>([
    ['samples', { MDPOWER_SAMPLES: 'many' }, /^error\[E_USAGE\] MDPOWER_SAMPLES: --samples cannot be "many"/],
    ['a gamma', { MDPOWER_GAMMA: '2' }, /^error\[E_USAGE\] MDPOWER_GAMMA: /],
    ['a word', { MDPOWER_COLOR: 'red' }, /MDPOWER_COLOR.*\n.*auto, always, never/],
    ['a flag', { MDPOWER_QUIET: 'perhaps' }, /MDPOWER_QUIET.*\n.*1 or 0/],
  ])('of the environment that means nothing is refused: %s', async (_name, wrong, message) => {
    const { code, stdout, stderr } = await run(argv, { env: wrong });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.each<readonly [string, string, RegExp]>([
    ['an unknown one', 'sampels: 20', /config\.yaml:1:1 \(\/sampels\).*\n[\s\S]*did you mean "samples"/],
    ['a value', 'seed: 1\nsamples: -1', /config\.yaml:2:10 \(\/samples\)/],
    ['a flag', 'quiet: perhaps', /true or false/],
    ['an object', 'gamma: {a: 1}', /cannot be read from this/],
    ['a list at the root', '- 1', /settings are an object/],
    ['no YAML', 'a: [', /E_YAML_SYNTAX/],
  ])('of a file that means nothing is refused: %s', async (_name, text, message) => {
    writeFileSync(file, text);
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('names an option of some command', async () => {
    const names = new Set(
      (await loadCommands()).flatMap(({ options }) => Object.values(options).map(longName)),
    );
    expect(SETTINGS.filter((name) => !names.has(name))).toEqual([]);
  });
});
