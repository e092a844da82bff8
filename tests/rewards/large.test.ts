import { describe, expect, it } from 'vitest';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';

const COUNT = 150_000;
const states = Array.from({ length: COUNT }, (_, s) => `s${s}`);
const model = { states, stateCount: COUNT };
const table = (value: (s: number) => string): string =>
  `{${states.map((name, s) => `"${name}": ${value(s)}`).join(', ')}}`;

// Spreading so many arguments overflows the stack, and comparing all pairs of states takes minutes.
describe('a model of 150,000 states', () => {
  it.each([
    ['a list', `{"functions": [{"weight": 1, "reward": ${table(String)}}]}`],
    ['an orbit', `{"orbit": ${table((s) => String(s % 3))}}`],
  ])('takes %s', (_, text) => {
    const source = rewardSource(parseReward(text, states), model, 1n);
    const values = new Float64Array(2 * COUNT).fill(Number.NaN);
    source.fill(0, 2, values);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(source.supportKey?.(0)).toBe(source.supportKey?.(0));
    expect(source.exactColumn(0).length).toBe(COUNT);
  });
});
