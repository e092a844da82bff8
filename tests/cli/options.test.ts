// The command line itself: what each option takes and refuses, by exit code and message.
import { describe, expect, it } from 'vitest';
import { run } from './fake-io.js';

const model = 'fixtures/mdp/wait.json';
const quick = ['--gamma', '0.5', '--samples', '20'];

describe('a command line that means nothing', () => {
  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['gamma above 1', ['--gamma', '1.0000001'], /outside/],
    ['gamma below 0', ['--gamma', '-0.5'], /outside/],
    ['gamma NaN', ['--gamma', 'NaN'], /not a number/],
    ['an empty gamma', ['--gamma', ''], /empty/],
    ['a decimal comma', ['--gamma', '0,9'], /0\.9 is written with a point/],
    ['no samples', ['--samples', '0'], /--samples cannot be "0"/],
    ['negative samples', ['--samples', '-5'], /--samples cannot be "-5"/],
    ['half a sample', ['--samples', '1.5'], /whole number/],
    ['too many samples', ['--samples', '1e30'], /whole number/],
    ['hexadecimal samples', ['--samples', '0x10'], /whole number/],
    ['a negative seed', ['--seed', '-1'], /whole number from 0/],
    ['a word as seed', ['--seed', 'abc'], /whole number from 0/],
    ['a seed of more than 64 bits', ['--seed', '18446744073709551616'], /18446744073709551615/],
    ['negative threads', ['--threads', '-1'], /0 is one per core/],
    ['a tolerance of 0', ['--tolerance', '0'], /above 0/],
    ['a negative tolerance', ['--tolerance', '-1'], /above 0/],
    ['a confidence in percent', ['--confidence', '95'], /did you mean 0\.95\?/],
    ['a confidence of 1', ['--confidence', '1'], /between 0 and 1/],
    ['an unknown sampler', ['--sampler', 'halton'], /auto, random, sobol/],
    ['a width of 0', ['--until-width', '0'], /above 0/],
    [
      'Sobol points for atoms',
      ['--sampler', 'sobol', '--method', 'sampled', '--reward', 'bernoulli(1/2)'],
      /atoms/,
    ],
    ['too few samples for sets', ['--sampler', 'sobol', '--samples', '10'], /at least 64 samples/],
    [
      'Sobol points until a width',
      ['--sampler', 'sobol', '--method', 'sampled', '--until-width', '1'],
      /independent samples/,
    ],
    ['a misspelt option', ['--sampels', '10'], /did you mean --samples\?/],
    ['an option given twice', ['--samples', '10', '--samples', '20'], /given twice/],
    ['an unknown format', ['--format', 'xml'], /terminal, markdown, latex/],
    ['an option without its value', ['--gamma'], /argument missing/],
    ['a second model', ['other.json'], /too many arguments/],
  ];

  it.each(refused)('is refused: %s', async (_name, argv, message) => {
    const { code, stdout, stderr } = await run(['power', model, ...argv]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error\[E_USAGE\]/);
    expect(stderr).toMatch(message);
  });

  it('ends with 4 where the width asked for was not reached, and says so', async () => {
    const wide = await run(['power', model, '--gamma', '0.5', '--until-width', '0.1']);
    expect(wide.code).toBe(0);
    const argv = ['power', model, '--gamma', '0.5', '--until-width', '1e-9', '--samples', '2000'];
    const { code, stdout } = await run([...argv, '--format', 'json']);
    expect(code).toBe(4);
    const { parameters, notes } = JSON.parse(stdout);
    expect(parameters).toMatchObject({ untilWidth: 1e-9, samples: 2000, estimator: { sampler: 'random' } });
    expect(notes).toMatchObject([{ code: 'W_WIDTH' }]);
  });

  it('is refused: no command, an unknown one, a command without its model', async () => {
    expect(await run([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--help') });
    expect(await run(['pwer'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean power?'),
    });
    expect(await run(['power'])).toMatchObject({ code: 2, stderr: expect.stringContaining("'model'") });
  });

  it('is refused: an unknown state, with a suggestion', async () => {
    const { code, stderr } = await run(['optimality', model, '--state', 'strat', ...quick]);
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "start"?');
  });
});

describe('a command line that means something', () => {
  const parameters = async (...argv: string[]): Promise<Record<string, unknown>> => {
    const { code, stdout } = await run(['power', model, '--format', 'json', '--gamma', '0.5', ...argv]);
    expect(code).toBe(0);
    return JSON.parse(stdout).parameters;
  };

  it('takes samples with an exponent', async () => {
    expect(await parameters('--samples', '1e2')).toMatchObject({ samples: 100 });
  });

  it('uses every digit of a 64-bit seed', async () => {
    const seeds = ['9007199254740992', '9007199254740993', '18446744073709551615'];
    const runs = await Promise.all(
      seeds.map((seed) => run(['power', model, '--format', 'json', ...quick, '--seed', seed])),
    );
    expect(runs.map(({ stdout }) => JSON.parse(stdout).parameters.seed)).toEqual(seeds);
    expect(new Set(runs.map(({ stdout }) => JSON.stringify(JSON.parse(stdout).power))).size).toBe(3);
  });

  it('gives the same result for 0 and for far too many threads, with a note', async () => {
    const argv = ['power', model, ...quick, '--format', 'csv', '--threads'];
    const [cores, many] = [await run([...argv, '0']), await run([...argv, '1e6'])];
    expect(many.stdout).toBe(cores.stdout);
    expect(many.stderr).toContain('at most 256 threads');
    expect((await run([...argv, '1e6', '--quiet'])).stderr).toBe('');
  });

  it('takes one sample and gives an interval that is not a point', async () => {
    const { code, stdout } = await run([
      'power',
      model,
      '--gamma',
      '0.5',
      '--samples',
      '1',
      '--format',
      'json',
    ]);
    expect(code).toBe(0);
    expect(stdout).not.toContain('NaN');
    for (const { low, high } of JSON.parse(stdout).power) expect(low === null || low < high).toBe(true);
  });

  it('keeps the parameters that were asked for', async () => {
    expect(
      await parameters('--samples', '50', '--confidence', '0.99', '--tolerance', '1e-6', '--simultaneous'),
    ).toMatchObject({
      confidence: 0.99,
      tolerance: 1e-6,
      simultaneous: true,
      gammas: ['0.5'],
      method: 'sampled',
    });
  });
});

describe('what cannot be had', () => {
  it('is said, with exit code 4: exact results, and a tolerance below rounding', async () => {
    const inexact = await run(['power', model, ...quick, '--method', 'exact', '--reward', 'pareto(1, 3)']);
    expect(inexact.code).toBe(4);
    expect(inexact.stdout).toContain('not exact');
    const { code, stderr } = await run([
      'power',
      model,
      ...quick,
      '--tolerance',
      '1e-300',
      '--format',
      'csv',
    ]);
    expect(code).toBe(4);
    expect(stderr).toContain('tolerance');
  });
});

describe('the limits', () => {
  it('print both senses of optimal at gamma 1', async () => {
    const { code, stdout } = await run([
      'optimality',
      'fixtures/mdp/fig10-detour.json',
      '--gamma',
      '0,1',
      '--samples',
      '200',
      '--format',
      'json',
    ]);
    expect(code).toBe(0);
    const { optimality } = JSON.parse(stdout) as { optimality: Record<string, unknown>[] };
    const north = optimality.filter(({ state, action }) => state === '1' && action === 'N');
    expect(north.map(({ gamma, averageProbability }) => [gamma, averageProbability])).toEqual([
      ['0', undefined],
      ['1', 1],
    ]);
    expect(north[1]!.probability).toBeLessThan(1 / 2);
  });

  it('are refused by orbit, which has --average', async () => {
    const { code, stderr } = await run([
      'orbit',
      'fixtures/mdp/fig1.json',
      '--states',
      '★,∅',
      '--reward',
      '{"orbit": {"∅": 1}}',
      '--gamma',
      '1',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--average/);
  });
});
