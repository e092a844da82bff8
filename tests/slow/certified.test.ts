// No proved bound is ever violated: samples against every policy in exact rationals, at discounts to 0.999999 and beyond.
// MDPOWER_CERTIFIED_RUNS is how many models are tried (default 20,000).
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rationalOfDouble } from '../../src/number/rational.js';
import { Status } from '../../src/solve/solution.js';
import { solveBlock } from '../../src/solve/solve-block.js';
import { mdpOfRows } from '../oracles/exact-model.js';
import { optimalActions, powerSample } from '../oracles/exact-policies.js';
import { discountOf, randomModel } from '../oracles/random-models.js';
import { blockOfDoubles } from '../solve/block-of.js';

const runs = Number(process.env.MDPOWER_CERTIFIED_RUNS ?? 20_000);
const near = 10 ** 6;
const discount = fc.constantFrom(
  discountOf(1, near),
  discountOf(1, 2),
  discountOf(9, 10),
  discountOf(999, 1000),
  discountOf(near - 1, near),
  discountOf(10 ** 12 - 1, 10 ** 12),
);
const reward = fc.oneof(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.constantFrom(0, 1, -1, 0.5, 1e-300, 1e6),
);

it('encloses every POWER sample, and is right about every action it decides', () => {
  const input = randomModel({ maxStates: 4 }).chain((model) =>
    fc.tuple(
      fc.constant(model),
      fc.array(reward, { minLength: model.length, maxLength: model.length }),
      discount,
    ),
  );
  let decided = 0;
  fc.assert(
    fc.property(input, ([model, rewards, gamma]) => {
      const mdp = mdpOfRows(model);
      const exact = rewards.map(rationalOfDouble);
      const { power, error, status } = solveBlock(mdp, blockOfDoubles([rewards]), gamma, {
        tolerance: 1e-9,
        decide: true,
      });
      powerSample(model, exact, gamma.exact).forEach((value, s) => {
        const difference = value.sub(rationalOfDouble(power[s]!)).abs();
        expect(difference.compare(rationalOfDouble(error[0]!))).toBeLessThanOrEqual(0);
      });
      const optimal = optimalActions(model, exact, gamma.exact).flat();
      optimal.forEach((isOptimal, c) => {
        if (status[c] === Status.undecided) return;
        decided++;
        expect(status[c] !== Status.notOptimal).toBe(isOptimal);
      });
    }),
    { numRuns: runs, seed: 1 },
  );
  process.stderr.write(`certified: ${runs} models, ${decided} decisions\n`);
});
