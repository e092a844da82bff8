import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational, rationalOfDouble } from '../../src/number/rational.js';
import { countChoices, emptyChoiceCounts, mergeChoiceCounts } from '../../src/power/choice-counts.js';
import { Status } from '../../src/solve/solution.js';
import { certain, mdpOfRows } from '../oracles/exact-model.js';

// One state with three different actions and a duplicate of the first, then three terminal states.
const mdp = mdpOfRows([
  [certain(1), certain(2), certain(3), certain(1)],
  [certain(1)],
  [certain(2)],
  [certain(3)],
]);
const { notOptimal, unique, tied, undecided } = Status;

/** A sample as the set of the three actions that are optimal; its statuses for all seven choices. */
function statuses(optimal: readonly boolean[]): number[] {
  const many = optimal.filter(Boolean).length > 1;
  const three = optimal.map((isOptimal) => (isOptimal ? (many ? tied : unique) : notOptimal));
  return [...three, three[0]!, unique, unique, unique];
}

function choiceMajor(samples: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(samples[0]!.flatMap((_, c) => samples.map((sample) => sample[c]!)));
}

const optimalSet = fc
  .tuple(fc.boolean(), fc.boolean(), fc.boolean())
  .filter((optimal) => optimal.some(Boolean));

describe('countChoices', () => {
  it('counts by the definition, duplicates with their class, in one block or in many', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(optimalSet, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 4 }),
        (blocks) => {
          const counts = emptyChoiceCounts(mdp.choiceCount);
          for (const block of blocks) {
            mergeChoiceCounts(
              counts,
              countChoices(mdp, choiceMajor(block.map(statuses)), block.length, mdp.choiceClass),
            );
          }
          const samples = blocks.flat();
          for (const [choice, action] of [0, 1, 2, 0].entries()) {
            const optimal = samples.filter((sample) => sample[action]);
            const alone = optimal.filter((sample) => sample.filter(Boolean).length === 1).length;
            expect(counts.unique[choice]).toBe(alone);
            expect(counts.tied[choice]).toBe(optimal.length - alone);
            // Exactly: each share 1/3 is rounded by at most 2^-55, and so is each of the rounded parts that were kept.
            const shared = rationalOfDouble(counts.share[choice]!).add(
              rationalOfDouble(counts.shareLost[choice]!),
            );
            const exact = optimal.reduce(
              (sum, sample) => sum.add(rational(1, sample.filter(Boolean).length)),
              rational(-alone),
            );
            expect(shared.sub(exact).abs().valueOf()).toBeLessThanOrEqual(2 * samples.length * 2 ** -55);
          }
        },
      ),
    );
  });

  it('counts an undecided class as half optimal', () => {
    const counts = countChoices(
      mdp,
      choiceMajor([[undecided, undecided, notOptimal, undecided, unique, unique, unique]]),
      1,
      mdp.choiceClass,
    );
    expect([...counts.undecided]).toEqual([1, 1, 0, 1, 0, 0, 0]);
    expect([...counts.share]).toEqual([0.5, 0.5, 0, 0.5, 0, 0, 0]);
  });

  it('lets certain classes share among themselves and with half of an undecided one', () => {
    // Two of weight 1 and one of weight 1/2: 2/5, 2/5 and 1/5.
    const sample = [tied, undecided, tied, tied, unique, unique, unique];
    const counts = countChoices(mdp, choiceMajor([sample]), 1, mdp.choiceClass);
    expect([...counts.share]).toEqual([1 / 2.5, 0.5 / 2.5, 1 / 2.5, 1 / 2.5, 0, 0, 0]);
  });
});
