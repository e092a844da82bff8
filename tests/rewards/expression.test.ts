import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { compileProgram } from '../../src/rewards/program.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import type { Program } from '../../src/rewards/spec.js';
import { refusal } from '../mdp/refusal.js';

const STATES = ['a'];

function programOf(expression: string): Program {
  const spec = parseReward(`quantile(${expression})`, STATES);
  if (spec.form !== 'independent' || spec.laws[0].kind !== 'quantile') throw new Error('not an expression');
  return spec.laws[0].program;
}

describe('laws without an expression', () => {
  it('do not load mathjs', () => {
    const loaded = (): boolean =>
      Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('mathjs'));
    parseReward('uniform(0, 1)', STATES);
    refusal(() => parseReward('quantile(process)', STATES));
    expect(loaded()).toBe(false);
    parseReward('quantile(u)', STATES);
    expect(loaded()).toBe(true);
  });
});

describe('an expression in u', () => {
  // Oracle: the same expression in JavaScript.
  const cases: [string, (u: number) => number][] = [
    ['u', (u) => u],
    ['u^2', (u) => u ** 2],
    ['-u^2', (u) => -(u ** 2)],
    ['2^-u', (u) => 2 ** -u],
    ['u^2^3', (u) => u ** 8],
    ['1 - 2 - u', (u) => -1 - u],
    ['8 / 4 / (u + 1)', (u) => 2 / (u + 1)],
    ['1 + 2 * u', (u) => 1 + 2 * u],
    ['-log(1 - u) / 3', (u) => -Math.log(1 - u) / 3],
    [
      'exp(u) * sqrt(u) + sin(pi * u) - cos(e ^ u)',
      (u) => Math.exp(u) * Math.sqrt(u) + Math.sin(Math.PI * u) - Math.cos(Math.E ** u),
    ],
    ['min(u, 0.5, 1 - u) + max(0.25, u)', (u) => Math.min(u, 0.5, 1 - u) + Math.max(0.25, u)],
    ['abs(u - 1/2)', (u) => Math.abs(u - 0.5)],
    ['+u - -1e-2', (u) => u + 0.01],
    ['((u))', (u) => u],
  ];
  it.each(cases)('%s has its values', (expression, expected) => {
    const f = compileProgram(programOf(expression));
    for (let k = 0; k < 50; k++) {
      const u = (k + 0.5) / 50;
      // The engine's own functions promise no last digits: 16 roundings of values up to 10.
      expect(Math.abs(f(u) - expected(u))).toBeLessThanOrEqual(16 * 10 * 2 ** -53);
    }
  });
  it('is plain data for threads, without white space in its text', () => {
    const spec = parseReward(' quantile ( u ^ 2 + 1 ) ', STATES);
    expect(spec.text).toBe('quantile(u^2+1)');
    expect(programOf('u ^ 2 + 1')).toEqual(['u', 2, '^', 1, '+']);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });
});

describe('what is no expression in u', () => {
  const deep = `${'('.repeat(100_000)}u${')'.repeat(100_000)}`;
  const attacks: [string, string, string][] = [
    ['x01', 'constructor.constructor("return process")()', 'E_EXPR'],
    ['x02', '["x"].map.constructor', 'E_EXPR'],
    ['x03', 'import({a:1},{override:true})', 'E_EXPR'],
    ['x04', 'f(x)=f(x);f(1)', 'E_EXPR'],
    ['x05', '9^9^9^9', 'E_EXPR_VALUE'],
    ['x06', '1/0', 'E_EXPR_VALUE'],
    ['x06', '0/0', 'E_EXPR_VALUE'],
    ['x06', 'sqrt(-1)', 'E_EXPR_VALUE'],
    ['x07', deep, 'E_LIMIT_DEPTH'],
    ['x08', `u${'+1'.repeat(500_000)}`, 'E_LIMIT_LENGTH'],
    ['x09', 'random()', 'E_EXPR'],
    ['x10', '__proto__', 'E_EXPR'],
    ['x10', 'this', 'E_EXPR'],
    ['x10', 'globalThis', 'E_EXPR'],
    ['x10', 'process', 'E_EXPR'],
    ['x11', `${'a'.repeat(50_000)}!`, 'E_LIMIT_LENGTH'],
    ['names', `${'a'.repeat(900)}!`, 'E_EXPR'],
    ['names', 'toString', 'E_EXPR'],
    ['names', 'U', 'E_EXPR'],
    ['names', 'lg(u)', 'E_EXPR'],
    ['names', 'u.constructor', 'E_EXPR'],
    ['names', 'pi(u)', 'E_EXPR'],
    ['names', 'u(2)', 'E_EXPR'],
    ['names', 'exp', 'E_EXPR'],
    ['names', 'exp + u', 'E_EXPR'],
    ['implicit', '2u', 'E_EXPR'],
    ['implicit', 'u u', 'E_EXPR'],
    ['implicit', 'exp(u)(2)', 'E_EXPR'],
    ['arity', 'exp()', 'E_EXPR'],
    ['arity', 'log(u, 2)', 'E_EXPR'],
    ['arity', 'min()', 'E_EXPR'],
    ['syntax', '', 'E_EXPR'],
    ['syntax', '   ', 'E_EXPR'],
    ['syntax', 'u +', 'E_EXPR'],
    ['syntax', '(u', 'E_EXPR'],
    ['syntax', 'u)', 'E_EXPR'],
    ['syntax', 'u, 1', 'E_EXPR'],
    ['syntax', '1.2.3', 'E_EXPR'],
    ['syntax', '.5', 'E_EXPR'],
    ['syntax', '0x10', 'E_EXPR'],
    ['syntax', '1e', 'E_EXPR'],
    ['syntax', 'u\nu', 'E_EXPR'],
    ['syntax', 'u; u', 'E_EXPR'],
    ['syntax', 'u # u', 'E_EXPR'],
    ['syntax', 'u % 2', 'E_EXPR'],
    ['syntax', "u'", 'E_EXPR'],
    ['syntax', 'u!', 'E_EXPR'],
    ['syntax', 'u > 1 ? 2 : 3', 'E_EXPR'],
    ['syntax', '"u"', 'E_EXPR'],
    ['syntax', 'u²', 'E_EXPR'],
    ['syntax', 'u\u{202e}', 'E_EXPR'],
    ['value', '1e999', 'E_EXPR_VALUE'],
    ['value', 'exp(300 * u)', 'E_EXPR_VALUE'],
    ['value', 'log(u - 1)', 'E_EXPR_VALUE'],
    ['value', '1 / (u - 1/2) / (u - u)', 'E_EXPR_VALUE'],
  ];
  // Linear in the input: with a second for a loaded machine and for loading mathjs once.
  it.each(attacks)('%s is refused: %.60s', (_, expression, code) => {
    parseReward('quantile(u)', STATES);
    const start = performance.now();
    const { code: found, place } = refusal(() => parseReward(`quantile(${expression})`, STATES));
    expect(found).toBe(code);
    expect(place?.source).toBe('--reward');
    expect(place?.column).toBeGreaterThanOrEqual(10);
    expect(performance.now() - start).toBeLessThan(1000);
  });
  it('points at the place, and knows what was meant', () => {
    const { place, hint } = refusal(() => parseReward('quantile(1 + sqr(u))', STATES));
    expect(place).toMatchObject({ line: 1, column: 14, sourceLine: 'quantile(1 + sqr(u))' });
    expect(hint).toBe('did you mean "sqrt"?');
    expect(refusal(() => parseReward('quantile(u + )', STATES)).place?.column).toBe(14);
  });
});

describe('a value that no grid finds', () => {
  it('is refused when it is drawn', () => {
    // A pole exactly at the first uniform of this seed.
    const states = ['a', 'b'];
    const spec = parseReward('quantile(u)', states);
    const source = rewardSource(spec, { states, stateCount: 2 }, 1n);
    const values = new Float64Array(2);
    source.fill(0, 1, values);
    const pole = parseReward(`quantile(1 / (u - ${values[0]}))`, states);
    const drawn = rewardSource(pole, { states, stateCount: 2 }, 1n);
    expect(refusal(() => drawn.fill(0, 1, values)).code).toBe('E_EXPR_VALUE');
  });
});

describe('compileProgram', () => {
  it('refuses what parseExpression never makes', () => {
    for (const program of [['constructor'], ['+'], [1, 2], [], ['u', 'exp', 'max']]) {
      expect(() => compileProgram(program)).toThrow(RangeError);
    }
  });
});
