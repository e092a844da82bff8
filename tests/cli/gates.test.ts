// --assert and its reports, as a user meets them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { junitText } from '../../src/report/writers/junit.js';
import { run } from './fake-io.js';

const model = 'fixtures/mdp/wait.json';
const quick = ['power', model, '--gamma', '0.9', '--samples', '2000'];
const folder = mkdtempSync(join(tmpdir(), 'mdpower-gates-'));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const holds = 'POWER(start) > 0.6';
const fails = 'POWER(start) < 0.6';
const undecided = 'POWER(wait) > 2/3';

describe('the exit code of a gate', () => {
  it.each<readonly [number, readonly string[]]>([
    [0, [holds]],
    [1, [fails]],
    [4, [undecided]],
    [1, [undecided, holds, fails]],
    [4, [holds, undecided]],
    [0, ['POWER(chocolate) = POWER(hug)']],
    [1, ['POWER(chocolate) > POWER(hug)']],
    [4, ['POWER(wait) = 2/3']],
  ])('is %i for %j', async (code, claims) => {
    const outcome = await run([...quick, ...claims.flatMap((claim) => ['--assert', claim])]);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toContain('Assertions');
  });
});

describe('a gate without samples', () => {
  // POWER(start) is 2/3 + γ²/12, P(start, wait) 1/2 + γ/6 (fixtures/expected/wait.json).
  it.each<readonly [number, string]>([
    [0, 'POWER(start) = 881/1200'],
    [1, 'POWER(start) != 881/1200'],
    [0, 'POWER(wait) = 2/3'],
    [0, 'P(start, wait) - P(start, candy) = 0.3'],
    [1, 'POWER(start) > 881/1200'],
    [0, 'abs(POWER(start) - POWER(wait)) <= 27/400'],
    [0, 'STRICT(start, wait) > 0.64'],
    [0, '6.13(start, wait, candy)'],
    [1, '6.9(2)(start, wait, candy)'],
    [4, 'D.12(start, candy) >= 3/4'],
  ])('ends with %i for %s', async (code, claim) => {
    const argv = ['power', model, '--gamma', '0.9', '--assert', claim, '--format', 'json'];
    const outcome = await run(argv);
    expect(outcome.code).toBe(code);
    const [row] = JSON.parse(outcome.stdout).assertions;
    expect(row.basis).toMatch(/exact|proved|theorem/);
  });

  it('samples what has no exact answer beside what has one', async () => {
    const reward = '{"default": "uniform(0, 1)", "states": {"hug": "beta(2.5, 1.5)"}}';
    const claims = ['POWER(start) > 0.6', 'POWER(candy) = 1/2'].flatMap((claim) => ['--assert', claim]);
    const { code, stdout } = await run(['power', model, '-g', '0.9', '-r', reward, ...claims, '-f', 'json']);
    const { assertions, power } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(assertions.map(({ basis }: { basis: string }) => basis)).toEqual(['sampled', 'exact']);
    expect(power.map(({ method }: { method: string }) => method)).toContain('exact');
    expect(power).toHaveLength(5);
  });

  it('proves without numbers in symmetry, and refuses what needs them', async () => {
    const prove = (...claims: readonly string[]) =>
      run(['symmetry', model, ...claims.flatMap((claim) => ['--assert', claim])]);
    expect(await prove('POWER(chocolate) = POWER(hug)', 'strict 6.13(start, wait, candy)')).toMatchObject({
      code: 0,
    });
    expect(await prove('6.9(2)(start, candy, wait)')).toMatchObject({ code: 1 });
    const refused = await prove('POWER(start) > 0.6');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('needs numbers');
    expect(await run(['power', model, '--symbolic', '--assert', holds])).toMatchObject({ code: 2 });
  });

  it('refuses theorems that are none', async () => {
    for (const claim of [
      '6.7(start, wait)',
      '6.9(start, wait)',
      '6.6(start, here)',
      'D.12(start, candy) > 1',
      'D.12(start, candy) >= 1/0',
    ]) {
      const { code, stderr } = await run(['power', model, '--assert', claim]);
      expect({ claim, code }).toEqual({ claim, code: 2 });
      expect(stderr).toMatch(/E_ASSERTION.*--assert:1:/);
    }
  });
});

describe('a gate', () => {
  it('gives rows in JSON and CSV, and none without assertions', async () => {
    const argv = [
      ...quick,
      '--assert',
      `${holds} @ 9/10`,
      '--assert',
      'P(start, wait) - P(start, candy) > 0.2',
    ];
    const { stdout } = await run([...argv, '--format', 'json']);
    const { assertions, power, optimality } = JSON.parse(stdout);
    expect(power).toHaveLength(5);
    expect(optimality).toBeUndefined();
    expect(assertions).toMatchObject([
      { text: `${holds} @ 9/10`, claim: holds, gamma: '0.9', outcome: 'holds', basis: 'sampled' },
      { claim: 'P(start, wait) - P(start, candy) > 0.2', outcome: 'holds' },
    ]);
    for (const { low, difference, high } of assertions) {
      expect(low).toBeLessThan(difference);
      expect(difference).toBeLessThan(high);
    }
    expect((await run([...argv, '--format', 'csv'])).stdout).toMatch(/^assertion,.*holds/m);
    expect(JSON.parse((await run([...quick, '--format', 'json'])).stdout).assertions).toBeUndefined();
  });

  it('reads files with comments, and says where a line is wrong', async () => {
    const good = inFolder('good.txt', `# what must hold\n\n${holds}\r\n  P(start, wait) > 1/2\n`);
    const { code, stdout } = await run([...quick, '--assert-file', good, '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).assertions).toHaveLength(2);
    const bad = inFolder('bad.txt', `${holds}\nPOWER(strat) > 1\n`);
    const refused = await run([...quick, '--assert-file', bad]);
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain(`${bad}:2:7`);
    expect(refused.stderr).toContain('did you mean "start"?');
    const empty = inFolder('empty.txt', '# nothing\n');
    expect(await run([...quick, '--assert-file', empty])).toMatchObject({ code: 2, stdout: '' });
    const binary = join(folder, 'binary');
    writeFileSync(binary, Buffer.from([0xff, 0xfe, 0x00]));
    expect(await run([...quick, '--assert-file', binary])).toMatchObject({ code: 3, stdout: '' });
  });

  it('refuses before sampling: a mistake, an unknown action, a discount not asked for', async () => {
    for (const claim of [
      'POWER(start) >',
      'P(start, wiat) > 0',
      'POWER(start) > 0 @ 0.3',
      'POWER(start) > 0 @ 2',
    ]) {
      const { code, stdout, stderr } = await run([...quick, '--assert', claim]);
      expect({ claim, code, stdout }).toEqual({ claim, code: 2, stdout: '' });
      expect(stderr).toMatch(/--assert:1:\d+/);
    }
  });

  it('writes JUnit XML', async () => {
    const path = join(folder, 'report.xml');
    const argv = [...quick, '--assert', holds, '--assert', fails, '--assert', undecided, '--junit', path];
    expect((await run(argv)).stderr).toBe(`wrote ${path}\n`);
    const xml = readFileSync(path, 'utf8');
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    expect(xml).toContain('<testsuite name="wait" tests="3" failures="1" errors="1">');
    expect(xml).toContain('name="POWER(start) &lt; 0.6 at gamma 0.9"');
    expect(xml.match(/<failure /g)).toHaveLength(1);
    expect(xml.match(/<error /g)).toHaveLength(1);
    expect(await run([...argv.slice(0, -1), join(folder, 'none', 'x.xml')])).toMatchObject({
      code: 6,
      stdout: '',
    });
    expect(await run([...quick, '--junit', path])).toMatchObject({ code: 2, stdout: '' });
  });

  it('adds to the summary of a GitHub job', async () => {
    const path = inFolder('summary.md', 'before\n');
    const argv = [...quick, '--assert', holds, '--assert', fails, '--github-summary'];
    await run(argv, { env: { GITHUB_STEP_SUMMARY: path } });
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^before\n# wait\n/);
    expect(text).toContain('## 1 of 2 claims fail, 0 undecided');
    expect(text).toContain('| POWER(start) &gt; 0.6 | 0.9 | holds |');
    expect(await run(argv)).toMatchObject({ code: 2, stdout: '' });
  });
});

it('escapes every name in XML', () => {
  const row = {
    gamma: null,
    outcome: 'fails',
    difference: 0,
    low: 0,
    high: 0,
    exact: null,
    basis: 'proved',
    evidence: null,
  } as const;
  const hostile = 'POWER("<a href=\'x\'>&\u0000\ufffe]]>") > 0';
  const xml = junitText({
    mdpower: '0',
    command: 'power',
    model: { name: '"><x>', sha256: '', states: 1, choices: 1, transitions: 1, start: 'a' },
    parameters: {},
    notes: [],
    assertions: [{ ...row, text: hostile, claim: hostile }],
  });
  expect(xml).not.toMatch(/<x>|<a |[\u0000\ufffe]/);
  const attributes = [...xml.matchAll(/="([^"]*)"/g)].map(([, value]) => value!);
  expect(attributes.every((value) => !/[<>]|&(?!(amp|lt|gt|quot);)/.test(value))).toBe(true);
});
