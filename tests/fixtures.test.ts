// The fixtures are checked against each other: models parse, names exist, fractions equal their values and their formulas,
// and what has no formula is derived again by exact integration or by counting all rewards.
import { all, create, type Fraction } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { ONE, type Rational, rational, rationalText, ZERO } from '../src/number/rational.js';
import { writtenNumber } from '../src/number/written-number.js';
import { rowsOfMdp } from './oracles/exact-model.js';
import { optimalActions, powerSample } from './oracles/exact-policies.js';
import {
  type ExpectedValue,
  expectedFiles,
  expectedValues,
  fixtureModel,
  fixtureNames,
  readExpected,
} from './oracles/expected-values.js';
import {
  type Distribution,
  greatest,
  meanOf,
  plus,
  plusUniform,
  probabilityGreatest,
  scaled,
  times,
  uniform,
} from './oracles/piecewise.js';

describe.each(fixtureNames)('the model %s', (name) => {
  const mdp = fixtureModel(name);

  it('reads without notes, but for parts that stand side by side', () => {
    const notes = mdp.notes.map(({ code }) => code);
    expect(notes).toEqual(name === 'fig9bc-empowerment' ? ['W_UNREACHABLE'] : []);
  });

  it('says what it is and where it is from', () => {
    expect(mdp.description).toMatch(/\.$/);
    expect(mdp.source).toBeTruthy();
    expect(mdp.layout.every((position) => position !== null)).toBe(true);
    expect(new Set(mdp.layout.map(String)).size).toBe(mdp.stateCount);
  });
});

const math = create(all, { number: 'Fraction' });

/** The exact value of an expression in gamma. */
function exactly(formula: string, gamma: string): string {
  const value = math.evaluate(formula, { gamma: math.fraction(gamma) }) as Fraction;
  return rationalText(rational(BigInt(value.s) * BigInt(value.n), BigInt(value.d)));
}

const label = ({ model, quantity, state, action, gamma, reward }: ExpectedValue): string =>
  `${model}: ${quantity}(${state}${action === undefined ? '' : `, ${action}`}) at ${gamma} under ${JSON.stringify(reward)}`;

describe('the expected values', () => {
  it('are many, each with its model, status and source', () => {
    expect(expectedValues.length).toBeGreaterThan(700);
    for (const row of expectedFiles.flatMap((file) => readExpected(file)!)) {
      expect(typeof row.quantity).toBe('string');
      expect(row.source).toBeTruthy();
    }
    expect(expectedValues.filter(({ status }) => !/^(published|derived)$/.test(status))).toEqual([]);
  });

  it('name states and actions of their models', () => {
    const unknown = expectedValues.filter(({ model, state, action }) => {
      const mdp = fixtureModel(model);
      const s = mdp.states.indexOf(state);
      const actions = mdp.actions.slice(mdp.choicePtr[s], mdp.choicePtr[s + 1]);
      return s < 0 || (action !== undefined && !actions.includes(action));
    });
    expect(unknown.map(label)).toEqual([]);
  });

  it('come once each', () => {
    const keys = expectedValues
      .filter(({ quantity }) => /^(POWER|optimalityProbability)$/.test(quantity))
      .map(label)
      .filter((text) => !text.startsWith('star-'));
    expect(keys.length - new Set(keys).size).toBe(0);
  });

  it('are the doubles nearest to their fractions', () => {
    const wrong = expectedValues.filter(({ value, fraction }) => {
      if (fraction === undefined) return false;
      const exact = writtenNumber(fraction)!;
      return exact.valueOf() !== value;
    });
    expect(wrong.map(label)).toEqual([]);
  });

  it('equal their formulas, exactly', () => {
    const rows = expectedValues.filter(({ formula }) => formula !== undefined);
    expect(rows.length).toBeGreaterThan(500);
    for (const row of rows) expect(exactly(row.formula!, row.gamma), label(row)).toBe(row.fraction);
  });

  it('sum to 1 over the distinct actions of a state where the law has no atoms', () => {
    const listed = new Map<string, { missing: number; sum: Rational }>();
    for (const { model, quantity, state, action, gamma, fraction, reward } of expectedValues) {
      if (quantity !== 'optimalityProbability' || reward !== 'uniform(0, 1)') continue;
      const mdp = fixtureModel(model);
      const s = mdp.states.indexOf(state);
      const [first, end] = [mdp.choicePtr[s]!, mdp.choicePtr[s + 1]!];
      const c = mdp.actions.indexOf(action!, first);
      if (mdp.choiceClass[c] !== c) continue;
      const key = `${model} ${state} ${gamma}`;
      const classes = new Set(mdp.choiceClass.subarray(first, end)).size;
      const { missing, sum } = listed.get(key) ?? { missing: classes, sum: ZERO };
      listed.set(key, { missing: missing - 1, sum: sum.add(writtenNumber(fraction!)!) });
    }
    const whole = [...listed].filter(([, { missing }]) => missing === 0);
    expect(whole.length).toBeGreaterThan(100);
    for (const [key, { sum }] of whole) expect(rationalText(sum), key).toBe('1');
  });
});

/** The fraction that is expected; there must be one. */
function expected(model: string, quantity: string, state: string, gamma: string, action?: string): string {
  const row = expectedValues.find(
    (value) =>
      value.model === model &&
      value.quantity === quantity &&
      value.state === state &&
      value.gamma === gamma &&
      value.action === action,
  );
  return row!.fraction!;
}

describe.each(['0.1', '0.5', '0.9', '0.99'])(
  'exact integration over independent branches at gamma %s',
  (text) => {
    const gamma = writtenNumber(text)!;
    const rest = ONE.sub(gamma);
    const maxOf = (k: number): Distribution => greatest(...Array.from({ length: k }, () => uniform));
    /** (1 − γ) R(next) + γ·(what comes after): the value of a branch whose first state can be left only forwards. */
    const branch = (after: Distribution): Distribution => plusUniform(scaled(after, gamma), rest);

    it('gives the values of the star of Fig. 1', () => {
      const left = branch(stayOrAlternate(gamma));
      const right = branch(maxOf(2));
      expect(rationalText(meanOf(stayOrAlternate(gamma)))).toBe(expected('fig1', 'POWER', 'ℓ_↙', text));
      expect(rationalText(meanOf(greatest(uniform, left, right)))).toBe(expected('fig1', 'POWER', '★', text));
      const probability = (x: Distribution, others: Distribution[], action: string): void =>
        expect(rationalText(probabilityGreatest(x, others))).toBe(
          expected('fig1', 'optimalityProbability', '★', text, action),
        );
      probability(uniform, [left, right], 'down');
      probability(left, [uniform, right], 'left');
      probability(right, [uniform, left], 'right');
    });

    it.each([
      ['fig11-suboptimal-power', 's0', [], 'a1', [2, 3]],
      ['tictactoe-5-5', 'start', [1, 1, 1, 1, 1], 'w', [5]],
      ['wait-split-4', 'start', [1, 1, 1, 1], 'wait', [2]],
      ['wait', 'start', [1], 'wait', [2]],
    ] as const)('gives the values of %s at %s', (model, state, terminal, action, [first, ...others]) => {
      const leaves = terminal.map(() => uniform);
      const further = [first, ...others].map((k) => branch(maxOf(k)));
      const [one, ...more] = further;
      expect(rationalText(meanOf(greatest(...leaves, ...further)))).toBe(
        expected(model, 'POWER', state, text),
      );
      expect(rationalText(probabilityGreatest(one!, [...leaves, ...more]))).toBe(
        expected(model, 'optimalityProbability', state, text, action),
      );
    });
  },
);

/**
 * The distribution of max(y, (x + γy)/(1 + γ)) for uniform x, y: from ℓ_↙ the agent stays, or goes up and down for ever.
 * P(≤ v) is the area of y ≤ v, x ≤ (1 + γ)v − γy in the unit square.
 */
function stayOrAlternate(gamma: Rational): Distribution {
  const sum = ONE.add(gamma);
  const corner = ONE.div(sum);
  // While (1 + γ)v ≤ 1: ∫₀^v ((1 + γ)v − γy) dy. Above, x is free for y below y₀ = ((1 + γ)v − 1)/γ.
  const low = [ZERO, ZERO, sum.sub(gamma.div(2))];
  const y0 = [ZERO.sub(ONE.div(gamma)), sum.div(gamma)];
  const minus = (p: readonly Rational[]): readonly Rational[] => p.map((a) => ZERO.sub(a));
  const width = plus([ZERO, ONE], minus(y0));
  const squares = plus([ZERO, ZERO, ONE], minus(times(y0, y0)));
  const high = plus(y0, plus(times([ZERO, sum], width), times([ZERO.sub(gamma.div(2))], squares)));
  return { breaks: [ZERO, corner, ONE], pieces: [low, high] };
}

describe('counting all Bernoulli rewards', () => {
  it.each(['0.1', '0.5', '0.9', '0.99'])('gives the values of bernoulli-ties at gamma %s', (text) => {
    const model = rowsOfMdp(fixtureModel('bernoulli-ties'));
    const gamma = writtenNumber(text)!;
    let [power, weak, strict, fractional] = [ZERO, ZERO, ZERO, ZERO];
    for (let outcome = 0; outcome < 16; outcome++) {
      const reward = model.map((_, s) => rational((outcome >> s) & 1));
      const best = optimalActions(model, reward, gamma)[0]!;
      const tied = best.filter(Boolean).length;
      power = power.add(powerSample(model, reward, gamma)[0]!);
      if (best[0]) weak = weak.add(1);
      if (best[0] && tied === 1) strict = strict.add(1);
      if (best[0]) fractional = fractional.add(rational(1, tied));
    }
    const mean = (total: Rational): string => rationalText(total.div(16));
    expect(mean(power)).toBe(expected('bernoulli-ties', 'POWER', 'start', text));
    expect(mean(weak)).toBe(expected('bernoulli-ties', 'optimalityProbability', 'start', text, 'candy'));
    expect(mean(strict)).toBe(
      expected('bernoulli-ties', 'strictOptimalityProbability', 'start', text, 'candy'),
    );
    expect(mean(fractional)).toBe(
      expected('bernoulli-ties', 'fractionalOptimalityProbability', 'start', text, 'candy'),
    );
  });
});
