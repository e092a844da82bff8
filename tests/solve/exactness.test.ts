import { describe, expect, it } from 'vitest';
import { rational } from '../../src/number/rational.js';
import { Status } from '../../src/solve/solution.js';
import { solveBlock } from '../../src/solve/solve-block.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { discountOf } from '../oracles/random-models.js';
import { blockOfDoubles, blockOfRationals } from './block-of.js';
import { either, numbers } from './models.js';

const half = discountOf(1, 2);
const options = { tolerance: 1e-6, decide: true };

/** 0 chooses between 1 → 3 and 2 → 4; from 3 and 4 on, one long cycle of `tail` states. */
function twoWays(tail: number): ExactModel {
  const join = certain(5);
  const around = Array.from({ length: tail }, (_, i) => [certain(5 + ((i + 1) % tail))]);
  return [[certain(1), certain(2)], [certain(3)], [certain(4)], [join], [join], ...around];
}

/** Rewards 1, 0 on the one way and 0, 2 on the other are worth the same at gamma 1/2, and only there. */
function worthTheSame(tail: number, last: number): number[] {
  const next = numbers(3);
  return [0, 1, 0, 0, last, ...Array.from({ length: tail }, next)];
}

describe('ties that no symmetry explains', () => {
  it('are proved', () => {
    const { status, effort } = solveBlock(
      mdpOfRows(twoWays(30)),
      blockOfDoubles([worthTheSame(30, 2)]),
      half,
      options,
    );
    expect([status[0], status[1]]).toEqual([Status.tied, Status.tied]);
    expect(effort.exact).toBe(1);
  });

  it('are told from differences of one bit', () => {
    const more = blockOfDoubles([worthTheSame(30, 2 + 2 ** -51), worthTheSame(30, 2 - 2 ** -52)]);
    const { status } = solveBlock(mdpOfRows(twoWays(30)), more, half, options);
    expect([...status.slice(0, 4)]).toEqual([
      Status.notOptimal,
      Status.unique,
      Status.unique,
      Status.notOptimal,
    ]);
  });

  it('are told from differences far below doubles', () => {
    const tiny = rational(1n, 10n ** 60n);
    const rewards = worthTheSame(3, 2).map((r) => rational(BigInt(Math.floor(r * 1000)), 1000n));
    const more = rewards.map((r, s) => (s === 4 ? r.add(tiny) : r));
    const less = rewards.map((r, s) => (s === 4 ? r.sub(tiny) : r));
    const { status } = solveBlock(
      mdpOfRows(twoWays(3)),
      blockOfRationals([rewards, more, less]),
      half,
      options,
    );
    expect([...status.slice(0, 6)]).toEqual([
      Status.tied,
      Status.notOptimal,
      Status.unique,
      Status.tied,
      Status.unique,
      Status.notOptimal,
    ]);
  });

  it('are proved in stochastic chains', () => {
    // From 0: straight to 1, or a third of the time to 2, else to 3; worth the same where R(1) = R(2)/3 + 2 R(3)/3.
    const model: ExactModel = [
      [certain(1), either(2, 3, 1, 3), either(3, 1, 1, 7)],
      [either(0, 1, 1, 10)],
      [either(0, 2, 1, 10)],
      [either(0, 3, 1, 10)],
    ];
    for (const gamma of [half, discountOf(999_999, 1_000_000)]) {
      const fair = [rational(0), rational(2, 5), rational(1), rational(1, 10)];
      const unfair = [
        rational(0),
        rational(2, 5),
        rational(1),
        rational(1, 10).sub(rational(1n, 10n ** 40n)),
      ];
      const { status } = solveBlock(mdpOfRows(model), blockOfRationals([fair, unfair]), gamma, options);
      expect([...status.slice(0, 6)]).toEqual([
        Status.tied,
        Status.unique,
        Status.tied,
        Status.notOptimal,
        Status.notOptimal,
        Status.notOptimal,
      ]);
    }
  });

  it('stay undecided where the proof would take too long, and only they', () => {
    const tail = 20_000;
    const successors = twoWays(tail);
    const { status, error } = solveBlock(
      plain(successors),
      blockOfDoubles([worthTheSame(tail, 2)]),
      half,
      options,
    );
    expect([...new Set(status.slice(0, 2))]).toEqual([Status.undecided]);
    expect([...new Set(status.slice(2))]).toEqual([Status.unique]);
    expect(error[0]).toBeLessThanOrEqual(1e-6);
  });
});

describe('classes of choices given by the caller', () => {
  const model: ExactModel = [
    [certain(1), certain(2), certain(3), certain(1)],
    [certain(1)],
    [certain(2)],
    [certain(3)],
  ];
  const mdp = mdpOfRows(model);

  it('share their status, and make a tie within a class unique', () => {
    const { status } = solveBlock(mdp, blockOfDoubles([[0, 1, 1, 0.5]]), half, {
      ...options,
      classes: Int32Array.of(0, 0, 2, 0, 4, 5, 6),
    });
    expect([...status.slice(0, 4)]).toEqual([Status.unique, Status.unique, Status.notOptimal, Status.unique]);
  });

  it('may be finer than equal rows, which then tie', () => {
    const { status } = solveBlock(mdp, blockOfDoubles([[0, 1, 0.5, 0.25]]), half, {
      ...options,
      classes: Int32Array.of(0, 1, 2, 3, 4, 5, 6),
    });
    expect([...status.slice(0, 4)]).toEqual([Status.tied, Status.notOptimal, Status.notOptimal, Status.tied]);
  });
});

/** The Mdp of a large model without duplicate rows, for which the oracle's builder would search too long. */
function plain(model: ExactModel): ReturnType<typeof mdpOfRows> {
  const rows = model.flat();
  const ptr = Int32Array.from([
    0,
    ...model.map(
      (
        (sum) => (actions) =>
          (sum += actions.length)
      )(0),
    ),
  ]);
  return {
    ...mdpOfRows([[certain(0)]]),
    stateCount: model.length,
    choiceCount: rows.length,
    transitionCount: rows.length,
    choicePtr: ptr,
    rowPtr: Int32Array.from({ length: rows.length + 1 }, (_, c) => c),
    successor: Int32Array.from(rows, (row) => row[0]![0]),
    probability: new Float64Array(rows.length).fill(1),
    exact: { values: [rational(1)], index: new Int32Array(rows.length) },
    choiceClass: Int32Array.from(rows, (_, c) => c),
  };
}
