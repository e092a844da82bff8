// Arguments and inputs that are no files of the corpus; g, h and x are its numbers. Every one of them is run.
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-cases-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const model = 'fixtures/mdp/wait.json';
const quick = ['--gamma', '0.5', '--samples', '16', '-q'];

/** What stands in a place on the command line, and the exit code. */
const argumentsOf: readonly (readonly [id: string, option: string, value: string, code: number])[] = [
  ['h01', '--gamma', '1', 0],
  ['h02', '--gamma', '0', 0],
  ['h03', '--gamma', '1.0000001', 2],
  ['h04', '--gamma', '-0.5', 2],
  ['h05', '--gamma', 'NaN', 2],
  ['h06', '--gamma', '', 2],
  ['h07', '--gamma', '0,9', 2],
  ['h08', '--gamma', '0.999999999999', 0],
  ['h09', '--samples', '0', 2],
  ['h10', '--samples', '1', 0],
  ['h11', '--samples', '-5', 2],
  ['h12', '--samples', '1.5', 2],
  ['h14', '--samples', '1e30', 2],
  ['h15', '--samples', '0x10', 2],
  ['h17', '--seed', '-1', 2],
  ['h18', '--seed', 'abc', 2],
  ['h19', '--threads', '0', 0],
  ['h20', '--threads', '1e6', 0],
  ['h21', '--tolerance', '0', 2],
  ['h22', '--tolerance', '1e-300', 4],
  ['h23', '--tolerance', '-1', 2],
  ['h24', '--confidence', '95', 2],
  ['h25', '--confidence', '1', 2],
];

describe('arguments', () => {
  it.each(argumentsOf)('%s: %s=%s ends with %i', async (_id, option, value, code) => {
    const base = quick.filter((_, i) => quick[i - (i % 2)] !== option);
    const result = await run(['power', model, ...base, `${option}=${value}`, '--format', 'json']);
    expect(result.code, result.stderr).toBe(code);
    if (code === 0 || code === 4) {
      expect(result.stdout).not.toMatch(/NaN|Infinity/);
      for (const row of JSON.parse(result.stdout).power) expect(row.low).toBeLessThan(row.high);
    } else {
      expect(result.stdout).toBe('');
      expect(result.stderr).toContain(option);
    }
  });

  it('h13: 1e6 samples are a million', async () => {
    const { stdout } = await run([
      'power',
      model,
      '--gamma',
      '0.5',
      '--samples',
      '1e6',
      '--sampler',
      'random',
      '-q',
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout).parameters.samples).toBe(1_000_000);
  });

  it('h16: every digit of a seed counts', async () => {
    const of = async (seed: string): Promise<string> =>
      (await run(['power', model, ...quick, '--seed', seed, '--format', 'csv'])).stdout;
    expect(await of('9007199254740993')).not.toBe(await of('9007199254740992'));
  });

  it('h26, h27: an unknown option, and one given twice, are refused', async () => {
    const unknown = await run(['power', model, '--sampels', '10']);
    expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--samples') });
    const twice = await run(['power', model, '--samples', '10', '--samples', '20']);
    expect(twice).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('outputs', () => {
  it('h28, h29, h30, h31: a folder, the input, a missing folder and one that takes no files are refused before any work', async () => {
    const input = at('input.json');
    writeFileSync(input, readFileSync(model));
    mkdirSync(at('folder.json'), { recursive: true });
    for (const path of [at('folder.json'), input, at('missing/x.json'), '/sys/x.json']) {
      const { code, stderr } = await run(['power', input, '--samples', '1e12', '-o', path]);
      expect(code, stderr).toBe(6);
    }
    expect(readFileSync(input, 'utf8')).toBe(readFileSync(model, 'utf8'));
    expect(existsSync(at('missing'))).toBe(false);
  });

  it('h32: a link stays a link, and what it leads to is written whole', async () => {
    writeFileSync(at('target.json'), 'old');
    symlinkSync('target.json', at('link.json'));
    expect((await run(['power', model, ...quick, '-o', at('link.json')])).code).toBe(0);
    expect(lstatSync(at('link.json')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(at('target.json'), 'utf8')).command).toBe('power');
  });
});

describe('inputs', () => {
  it('g01, g02: sizes are looked at before anything is read', async () => {
    for (const size of [600e6, 2.2e9]) {
      writeFileSync(at('large.json'), '');
      truncateSync(at('large.json'), size);
      const before = process.memoryUsage.rss();
      const { code, stderr } = await run(['check', at('large.json')]);
      expect({ code, limit: stderr.includes('E_LIMIT_SIZE') }).toEqual({ code: 3, limit: true });
      expect(process.memoryUsage.rss() - before).toBeLessThan(200e6);
    }
    rmSync(at('large.json'));
  });

  it('g10: the hash is that of the bytes that were parsed', async () => {
    const bytes = readFileSync(model);
    const { stdout } = await run(['power', '-', ...quick, '--format', 'json'], { stdin: bytes });
    expect(JSON.parse(stdout).model.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('g11: a compressed file is refused as it is', async () => {
    writeFileSync(at('bomb.json'), gzipSync(Buffer.alloc(10_000_000)));
    expect((await run(['check', at('bomb.json')])).code).toBe(3);
  });

  it('g13: a state with 200,000 actions is no trouble', async () => {
    const actions = Array.from({ length: 200_000 }, (_, a) => `"a${a}":"${a % 2 === 0 ? 's' : 'x'}"`);
    const text = `{"states":["s","x"],"transitions":{"s":{${actions.join()}}},"terminal":["x"]}`;
    const { code, stdout, stderr } = await run(['power', '-', ...quick, '--format', 'json'], { stdin: text });
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).model.choices).toBe(200_001);
  });

  it('g14: a dense model is solved', async () => {
    const count = 300;
    const names = Array.from({ length: count }, (_, s) => `"s${s}"`);
    const row = `{"go":{${names.map((name) => `${name}:"1/${count}"`).join()}}}`;
    const text = `{"states":[${names}],"transitions":{${names.map((name) => `${name}:${row}`).join()}}}`;
    expect((await run(['power', '-', ...quick, '--format', 'csv'], { stdin: text })).code).toBe(0);
  });
});
