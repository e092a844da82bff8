import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/mdp/document.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { refusal } from '../mdp/refusal.js';

const STATES = ['start', 'hub', 'off', '__proto__', '10'];

describe('a reward is written back in one form', () => {
  it.each([
    ['uniform(0,1)', 'uniform(0, 1)'],
    ['  uniform ( 0.0 , 1e0 )\n', 'uniform(0, 1)'],
    ['normal(-1/2, 2)', 'normal(-0.5, 2)'],
    ['exponential(2/6)', 'exponential(1/3)'],
    ['beta(2, 0.5)', 'beta(2, 0.5)'],
    ['pareto(1,3)', 'pareto(1, 3)'],
    ['bernoulli(1/3)', 'bernoulli(1/3)'],
    ['discrete(1:1/2,-0.25 : 0.5)', 'discrete(1: 0.5, -0.25: 0.5)'],
    ['point(2.50)', 'point(2.5)'],
    ['{"default": "uniform(0,1)"}', 'uniform(0, 1)'],
    [
      '{"states": {"off": "point(0)"}, "default": "uniform(0,1)"}',
      '{"default": "uniform(0, 1)", "states": {"off": "point(0)"}}',
    ],
    [
      '{"default":"uniform(0,1)","states":{"__proto__":"point(1)","10":"point(2)"}}',
      '{"default": "uniform(0, 1)", "states": {"__proto__": "point(1)", "10": "point(2)"}}',
    ],
    [
      '{"features":{"hub":["1/3",2]},"weights":"normal(0,1)"}',
      '{"features": {"hub": ["1/3", 2]}, "weights": "normal(0, 1)"}',
    ],
    [
      '{"features":{"hub":{"x":1},"off":{"y":2}},"weights":"normal(0,1)"}',
      '{"features": {"hub": [1, 0], "off": [0, 2]}, "weights": "normal(0, 1)"}',
    ],
    [
      '{"functions":[{"weight":1,"reward":{"hub":0.50}}]}',
      '{"functions": [{"weight": 1, "reward": {"hub": 0.5}}]}',
    ],
    ['{"orbit":{"hub":1,"off":"1/3"}}', '{"orbit": {"hub": 1, "off": "1/3"}}'],
  ])('%s', (text, canonical) => {
    const spec = parseReward(text, STATES);
    expect(spec.text).toBe(canonical);
    expect(parseReward(spec.text, STATES)).toEqual(spec);
  });
});

describe('states', () => {
  it('have their own law, or the default, by name', () => {
    const spec = parseReward(
      '{"default": "uniform(0,1)", "states": {"off": "point(0)", "10": "point(0.0)"}}',
      STATES,
    );
    expect(spec).toMatchObject({ form: 'independent', ofState: [0, 0, 1, 0, 1] });
  });
  it('need no default if each has its own law', () => {
    const own = STATES.map((name, i) => `${JSON.stringify(name)}: "point(${i})"`).join(', ');
    expect(parseReward(`{"states": {${own}}}`, STATES)).toMatchObject({ ofState: [0, 1, 2, 3, 4] });
  });
  it('that are not named have reward 0 in lists, orbits and features', () => {
    expect(parseReward('{"orbit": {"10": 3}}', STATES)).toMatchObject({ reward: ['0', '0', '0', '0', '3'] });
    expect(parseReward('{"features": {"hub": [1, 2]}, "weights": "bernoulli(0.5)"}', STATES)).toMatchObject({
      features: [
        ['0', '0'],
        ['1', '2'],
        ['0', '0'],
        ['0', '0'],
        ['0', '0'],
      ],
    });
  });
});

describe('a wrong reward is refused where it is wrong', () => {
  // text, code, column (from 1), JSON pointer
  const cases: [string, string, number, string?][] = [
    ['', 'E_REWARD_SYNTAX', 1],
    ['   ', 'E_REWARD_SYNTAX', 4],
    ['0.5', 'E_REWARD_SYNTAX', 1],
    ['gaussian(0, 1)', 'E_REWARD_LAW', 1],
    ['Uniform(0, 1)', 'E_REWARD_LAW', 1],
    ['constructor(1)', 'E_REWARD_LAW', 1],
    ['__proto__(1)', 'E_REWARD_LAW', 1],
    ['uniform', 'E_REWARD_SYNTAX', 8],
    ['uniform(0, 1', 'E_REWARD_SYNTAX', 13],
    ['uniform(0, 1) + 1', 'E_REWARD_SYNTAX', 18],
    ['uniform(0)', 'E_REWARD_SYNTAX', 10],
    ['uniform()', 'E_REWARD_SYNTAX', 9],
    ['uniform(0, 1, 2)', 'E_REWARD_SYNTAX', 15],
    ['uniform(0, x)', 'E_REWARD_NUMBER', 12],
    ['uniform(0, )', 'E_REWARD_NUMBER', 12],
    ['uniform(0, 0x10)', 'E_REWARD_NUMBER', 12],
    ['uniform(0, 1/0)', 'E_REWARD_NUMBER', 12],
    ['uniform(0, Infinity)', 'E_REWARD_NUMBER', 12],
    ['uniform(0, NaN)', 'E_REWARD_NUMBER', 12],
    ['uniform(0, 1e400)', 'E_REWARD_NUMBER', 12],
    ['uniform(0, 1e-400)', 'E_REWARD_NUMBER', 12],
    ['uniform(0, 1e999999999)', 'E_LIMIT_NUMBER', 12],
    ['uniform(1, 0)', 'E_REWARD_PARAMETER', 12],
    ['uniform(1, 1)', 'E_REWARD_PARAMETER', 12],
    ['normal(0, 0)', 'E_REWARD_PARAMETER', 11],
    ['normal(0, -1)', 'E_REWARD_PARAMETER', 11],
    ['exponential(0)', 'E_REWARD_PARAMETER', 13],
    ['exponential(1e-61)', 'E_REWARD_NUMBER', 13],
    ['uniform(-2e60, 2e60)', 'E_REWARD_NUMBER', 9],
    ['beta(0, 1)', 'E_REWARD_PARAMETER', 6],
    ['beta(1, 1e7)', 'E_REWARD_PARAMETER', 9],
    ['pareto(0, 3)', 'E_REWARD_PARAMETER', 8],
    ['pareto(1, 1)', 'E_REWARD_INFINITE', 11],
    ['pareto(1, 0.5)', 'E_REWARD_INFINITE', 11],
    ['bernoulli(1.1)', 'E_REWARD_PARAMETER', 11],
    ['bernoulli(-0.1)', 'E_REWARD_PARAMETER', 11],
    ['discrete()', 'E_REWARD_SYNTAX', 10],
    ['discrete(1)', 'E_REWARD_SYNTAX', 10],
    ['discrete(1: 0.5, 2: 0.4)', 'E_REWARD_SUM', 10],
    ['discrete(1: 0.5, 1.0: 0.5)', 'E_REWARD_PARAMETER', 18],
    ['discrete(1: 1.5, 2: -0.5)', 'E_REWARD_PARAMETER', 13],
    ['{', 'E_JSON_SYNTAX', 2, ''],
    ['{"default": "uniform(0, 1)", "default": "point(1)"}', 'E_DUP_KEY', 30, '/default'],
    ['{"defualt": "uniform(0, 1)"}', 'E_UNKNOWN_KEY', 2, '/defualt'],
    ['{"default": "uniform(1, 0)"}', 'E_REWARD_PARAMETER', 25, '/default'],
    ['{"default": "uniform(\\u0031, 0)"}', 'E_REWARD_PARAMETER', 13, '/default'],
    ['{"default": 1}', 'E_SCHEMA', 13, '/default'],
    ['{"default": "point(1)", "states": {"hubb": "point(0)"}}', 'E_UNKNOWN_STATE', 36, '/states/hubb'],
    ['{"default": "point(1)", "states": ["hub"]}', 'E_SCHEMA', 35, '/states'],
    ['{"states": {"hub": "point(0)"}}', 'E_REWARD_MISSING', 1, ''],
    ['{}', 'E_REWARD_MISSING', 1, ''],
    ['{"features": {"hub": [1]}}', 'E_REWARD_FORM', 1, ''],
    ['{"features": {}, "weights": "normal(0, 1)"}', 'E_REWARD_FORM', 14, '/features'],
    [
      '{"features": {"hub": [1], "off": [1, 2]}, "weights": "normal(0, 1)"}',
      'E_REWARD_FORM',
      34,
      '/features/off',
    ],
    [
      '{"features": {"hub": [1], "off": {"x": 2}}, "weights": "normal(0, 1)"}',
      'E_REWARD_FORM',
      34,
      '/features/off',
    ],
    ['{"features": {"hub": [null]}, "weights": "normal(0, 1)"}', 'E_SCHEMA', 23, '/features/hub/0'],
    ['{"features": {"hub": 1}, "weights": "normal(0, 1)"}', 'E_SCHEMA', 22, '/features/hub'],
    ['{"features": {"hub": [1]}, "weights": "nrmal(0, 1)"}', 'E_REWARD_LAW', 40, '/weights'],
    ['{"functions": []}', 'E_REWARD_SUM', 15, '/functions'],
    ['{"functions": [{"weight": 0.5, "reward": {"hub": 1}}]}', 'E_REWARD_SUM', 15, '/functions'],
    [
      '{"functions": [{"weight": 2, "reward": {}}, {"weight": -1, "reward": {}}]}',
      'E_REWARD_PARAMETER',
      56,
      '/functions/1/weight',
    ],
    ['{"functions": [{"weight": 1}]}', 'E_REWARD_FORM', 16, '/functions/0'],
    ['{"functions": [{"weight": 1, "reward": {}, "name": "x"}]}', 'E_UNKNOWN_KEY', 44, '/functions/0/name'],
    ['{"functions": [1]}', 'E_SCHEMA', 16, '/functions/0'],
    ['{"orbit": {"hub": "x"}}', 'E_REWARD_NUMBER', 19, '/orbit/hub'],
    ['{"orbit": {"hub": true}}', 'E_SCHEMA', 19, '/orbit/hub'],
    ['{"orbit": {"hub": 1}, "default": "point(0)"}', 'E_UNKNOWN_KEY', 23, '/default'],
    ['{"orbit": {"hub": 1, "hub": 2}}', 'E_DUP_KEY', 22, '/orbit/hub'],
  ];
  it.each(cases)('%s', (text, code, column, pointer) => {
    const diagnostic = refusal(() => parseReward(text, STATES));
    expect(diagnostic.code).toBe(code);
    expect(diagnostic.place).toMatchObject({ source: '--reward', line: 1, column });
    expect(diagnostic.place?.pointer).toBe(pointer);
    expect(diagnostic.wanted ?? diagnostic.hint).toBeDefined();
  });
  it('with the line of the document', () => {
    const document = parseDocument(
      'default: uniform(0, 1)\nstates:\n  hub: normal(0, 0)\n',
      'reward.yaml',
      'yaml',
    );
    expect(refusal(() => parseReward(document, STATES)).place).toEqual({
      source: 'reward.yaml',
      line: 3,
      column: 18,
      pointer: '/states/hub',
      sourceLine: '  hub: normal(0, 0)',
    });
  });
  it('in a model, below the key reward', () => {
    const model = parseDocument('{"reward": "uniform(1, 0)"}', 'model.json', 'json');
    if (model.root.kind !== 'object') throw new Error('not an object');
    const document = { ...model, root: model.root.entries[0].value, pointer: '/reward' };
    const { place } = refusal(() => parseReward(document, STATES));
    expect(place).toMatchObject({ source: 'model.json', line: 1, column: 24, pointer: '/reward' });
  });
  it('and a list or a number is no reward', () => {
    for (const text of ['[1]', '1', 'null']) {
      expect(refusal(() => parseReward(parseDocument(text, 'r.json', 'json'), STATES)).code).toBe('E_SCHEMA');
    }
  });
});

describe('numbers', () => {
  it('mean what is written, not the nearest double', () => {
    expect(parseReward('discrete(0.1: 0.1, 1/3: 0.9)', STATES)).toMatchObject({
      laws: [
        {
          atoms: [
            { value: '0.1', probability: '0.1' },
            { value: '1/3', probability: '0.9' },
          ],
        },
      ],
    });
    expect(parseReward('discrete(1: 0.333, 2: 0.667, 3: 0)', STATES)).toMatchObject({
      laws: [{ atoms: [{ value: '1' }, { value: '2' }] }],
    });
  });
});
