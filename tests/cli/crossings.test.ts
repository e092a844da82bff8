// --crossings as a user meets it.
import { describe, expect, it } from 'vitest';
import { resultProblem } from '../../src/report/schema.js';
import { run } from './fake-io.js';

const model = 'fixtures/mdp/early-or-late.json';

describe('power --crossings', () => {
  it('prints the exact place and what was compared', async () => {
    const { code, stdout } = await run(['power', model, '--crossings']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/early +late +2\/3 +> then </);
    expect(stdout).toContain('36 pairs: ');
    expect(stdout).not.toContain('Sampled');
  });

  it('gives a document that fits its schema, and rows', async () => {
    const argv = ['power', model, '--crossings', '--state', 'early', '--state', 'late'];
    const { stdout } = await run([...argv, '--format', 'json']);
    const document = JSON.parse(stdout);
    expect(resultProblem(document)).toBeNull();
    expect(document.crossings).toEqual({
      rows: [
        {
          kind: 'POWER',
          state: 'early',
          action: null,
          other: 'late',
          gamma: 2 / 3,
          low: '2/3',
          high: '2/3',
          exact: '2/3',
          polynomial: null,
          before: '>',
          after: '<',
          method: 'exact',
        },
      ],
      pairs: [{ state: 'early', action: null, other: 'late', orders: ['>', '<'], method: 'exact' }],
      confidence: null,
      comparisons: 0,
    });
    const csv = (await run([...argv, '--format', 'csv'])).stdout.split('\n');
    expect(csv[0]).toBe('kind,state,action,other,gamma,low,high,exact,polynomial,before,after,method');
    expect(csv[1]).toContain('POWER,early,,late,0.666');
  });

  it('brackets by samples where it must, says so, and ends with 4 if exact ones were asked for', async () => {
    const argv = ['power', model, '--crossings', '--state', 'early', '--state', 'late'];
    const law = ['--reward', 'pareto(1, 3)', '--samples', '2000'];
    const sampled = await run([...argv, ...law]);
    expect(sampled.code).toBe(0);
    expect(sampled.stdout).toContain('Bonferroni over 4,097 comparisons');
    const exact = await run([...argv, ...law, '--method', 'exact']);
    expect(exact.code).toBe(4);
    expect(exact.stdout).toContain('no exact method for pareto');
  });

  it('refuses a list of gammas and too many pairs', async () => {
    const { code, stderr } = await run(['power', model, '--crossings', '--gamma', '0.5']);
    expect(code).toBe(2);
    expect(stderr).toContain('leave out --gamma');
    const big = await run(['generate', 'chain', '--length', '80']);
    const many = await run(['power', '-', '--crossings'], { stdin: big.stdout });
    expect(many.code).toBe(2);
    expect(many.stderr).toContain('--state');
  });
});

describe('optimality --crossings', () => {
  it('finds the one change in Turner et al. (2021), Fig. 1: left passes down, a root of a polynomial', async () => {
    const { code, stdout } = await run([
      'optimality',
      'fixtures/mdp/fig1.json',
      '--crossings',
      '--state',
      '★',
      '--format',
      'json',
    ]);
    expect(code).toBe(0);
    const { rows, pairs } = JSON.parse(stdout).crossings;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ action: 'left', other: 'down', before: '<', after: '>', exact: null });
    // At 1/2 left has 187459/612360 and down 99247/306180, at 1 left 47/160 and down 113/480: published.
    expect(rows[0].gamma).toBeGreaterThan(0.5);
    expect(Number(rows[0].high) - Number(rows[0].low)).toBeLessThan(1e-17);
    expect(rows[0].polynomial).toContain('γ');
    expect(pairs.map(({ orders }: { orders: string[] }) => orders.length)).toEqual([1, 2, 1]);
  });
});
