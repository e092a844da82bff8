// Oracles: every policy of random small models, multichain and periodic ones among them, in exact rationals. Of two policies
// V differs by N(x)/D(x), x = 1 − γ (or γ), with integer polynomials; the lowest coefficient of N that is not 0 is at least 1
// and the others are below 1e30 in these models, so the sign at x = 1e-40 is that of the limit (Cauchy's bound of roots).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rational, rational, ZERO } from '../../src/number/rational.js';
import { solveAtOne } from '../../src/solve/limit-one.js';
import { solveAtZero } from '../../src/solve/limit-zero.js';
import { Average } from '../../src/solve/long-run/average-optimal.js';
import { type Solution, Status } from '../../src/solve/solution.js';
import { averageOptimalByEnumeration, gainByEnumeration } from '../oracles/exact-gain.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { optimalActions } from '../oracles/exact-policies.js';
import { randomModel, randomRewards } from '../oracles/random-models.js';
import { blockOfRationals } from './block-of.js';

const tiny = rational(1n, 10n ** 40n);
const nearOne = rational(10n ** 40n - 1n, 10n ** 40n);
const options = { tolerance: 1e-9, decide: true };

/** Models with their rewards: half of them with rewards rich in ties, half with rewards of many digits. */
function problems(stochastic: boolean): fc.Arbitrary<[ExactModel, Rational[]]> {
  return randomModel({ maxStates: 4, maxActions: 3, stochastic }).chain((model) =>
    fc.tuple(
      fc.constant(model),
      fc.oneof(
        randomRewards(model.length),
        fc.array(
          fc.integer({ min: 0, max: 1000 }).map((n) => rational(n, 1000)),
          { minLength: model.length, maxLength: model.length },
        ),
      ),
    ),
  );
}

function number(x: Rational): number {
  return (Number(x.s) * Number(x.n)) / Number(x.d);
}

/** The statuses that follow from which actions are optimal; choices with equal rows count once. */
function expectedStatuses(model: ExactModel, optimal: readonly (readonly boolean[])[]): number[] {
  const { choiceClass, choicePtr } = mdpOfRows(model);
  return optimal.flatMap((actions, s) => {
    const first = choicePtr[s]!;
    const classes = new Set(actions.flatMap((isOptimal, a) => (isOptimal ? [choiceClass[first + a]!] : [])));
    return actions.map((isOptimal) =>
      !isOptimal ? Status.notOptimal : classes.size > 1 ? Status.tied : Status.unique,
    );
  });
}

function expectPower({ power, error }: Solution, exact: readonly Rational[]): void {
  exact.forEach((value, s) => {
    const distance = Math.abs(power[s]! - number(value));
    expect(distance).toBeLessThanOrEqual(error[0]! + 2 ** -52 * Math.abs(power[s]!));
  });
}

describe.each([
  ['deterministic', false],
  ['stochastic', true],
])('random %s models', (_name, stochastic) => {
  it('at gamma 0: the best next reward, ties broken by what follows', () => {
    fc.assert(
      fc.property(problems(stochastic), ([model, rewards]) => {
        const found = solveAtZero(mdpOfRows(model), blockOfRationals([rewards]), options);
        const best = model.map((actions) =>
          actions
            .map((row) => row.reduce((sum, [t, p]) => sum.add(p.mul(rewards[t]!)), ZERO))
            .reduce((a, b) => (a.compare(b) < 0 ? b : a)),
        );
        expectPower(found, best);
        const optimal = optimalActions(model, rewards, tiny);
        expect([...found.status]).toEqual(expectedStatuses(model, optimal));
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('at gamma 1: the optimal gain, Blackwell-optimal and average-optimal actions', () => {
    fc.assert(
      fc.property(problems(stochastic), ([model, rewards]) => {
        const found = solveAtOne(mdpOfRows(model), blockOfRationals([rewards]), options);
        expectPower(found, gainByEnumeration(model, rewards));
        expect(found.error[0]).toBeLessThanOrEqual(1e-9);
        expect([...found.status]).toEqual(expectedStatuses(model, optimalActions(model, rewards, nearOne)));
        const average = averageOptimalByEnumeration(model, rewards).flat();
        expect([...found.averageStatus!]).toEqual(average.map((is) => (is ? Average.yes : Average.no)));
      }),
      { seed: 5, numRuns: 400 },
    );
  });
});
