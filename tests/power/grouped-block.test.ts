import { describe, expect, it } from 'vitest';
import { bisimulation } from '../../src/mdp/bisimulation.js';
import { parseDiscount } from '../../src/number/discount.js';
import { momentsOfBlock } from '../../src/number/moments.js';
import { blockSolver } from '../../src/power/block.js';
import { countChoices } from '../../src/power/choice-counts.js';
import { controlMeans, reachControls } from '../../src/power/controls.js';
import { groupedSolver } from '../../src/power/grouped-block.js';
import { modesOfBlock } from '../../src/power/mode.js';
import { lawOrbits } from '../../src/power/orbits.js';
import { reducedPower, sumShares } from '../../src/power/reduce.js';
import { type SampleJob, sampleSolver } from '../../src/power/solved-samples.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { kernelOf } from '../../src/solve/kernel/kernel.js';
import { LANES } from '../../src/solve/kernel/sweep.js';
import { structureOf } from '../../src/solve/structure.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { completeModel, cycle, grid, layers, slipperyGrid, sparseModel, starModel } from '../solve/models.js';
import { roundingBound } from '../tolerance.js';

function jobOf(model: ExactModel, law: string, gamma: string): SampleJob {
  const mdp = mdpOfRows(model);
  const source = rewardSource(parseReward(law, mdp.states), mdp, 3n);
  const gammas = [{ discount: parseDiscount(gamma), tolerance: 1e-7 }];
  return { mdp, source, gammas, classes: bisimulation(mdp, source.equalRewardClass).choiceClass };
}

const someFixed = '{"default": "uniform(0,1)", "states": {"s1": "point(1/3)", "s2": "point(3)"}}';
const cases: readonly (readonly [string, ExactModel, string])[] = [
  ['a grid', grid(5, 4), 'uniform(0,1)'],
  ['a grid with fixed rewards', grid(3, 4), someFixed],
  ['a star with a best leaf', starModel(4), someFixed],
  ['a complete graph', completeModel(5), 'uniform(-1,2)'],
  ['a circle', cycle(5), 'uniform(0,1)'],
  ['a grid under a normal law', grid(4, 4), 'normal(0,1)'],
  ['a slippery grid', slipperyGrid(4, 5), 'uniform(0,1)'],
  ['a random model', sparseModel(40, 4), 'uniform(0,1)'],
  ['layers', layers(6, 5, 3), 'uniform(0,1)'],
];

// The oracle solves column by column (solveBlock, which tests/solve holds to exact rationals) and sums in two passes.
describe.each(cases)('samples summed in groups of eight on %s', (_, model, law) => {
  it.each(['0.3', '0.99', '0.9999'])('say what single columns say, at gamma %s', (gamma) => {
    const job = jobOf(model, law, gamma);
    const count = 61;
    const sums = blockSolver(job)(8, count)[0]!;
    const [{ power, error, status }] = sampleSolver(job)(8, count);
    const expected = momentsOfBlock(power, count);
    const counts = countChoices(job.mdp, status, count, job.classes!);
    expect(sums.moments.count).toBe(count);
    const bound = Math.max(...error) + sums.largestError;
    for (let s = 0; s < job.mdp.stateCount; s++) {
      const rounding = roundingBound(count, Math.abs(expected.mean[s]!) + 1);
      expect(Math.abs(sums.moments.mean[s]! - expected.mean[s]!)).toBeLessThanOrEqual(bound + rounding);
      const spread = Math.sqrt(expected.m2[s]!);
      const slack = Math.sqrt(count) * (bound + rounding);
      expect(Math.abs(Math.sqrt(sums.moments.m2[s]!) - spread)).toBeLessThanOrEqual(
        slack + roundingBound(count, spread + slack),
      );
    }
    expect(sums.choices!.unique).toEqual(counts.unique);
    expect(sums.choices!.tied).toEqual(counts.tied);
    expect(sums.choices!.undecided).toEqual(counts.undecided);
    if (job.source.atomless && law !== someFixed) return;
    const modes = modesOfBlock(power, error);
    expect(sums.modes.count).toEqual(modes.count);
  });
});

// The oracle adds up single columns: power/reduce.ts, without the kernel.
describe.each([
  ['a grid', grid(4, 4), 'uniform(0,1)'],
  ['a complete graph', completeModel(5), 'uniform(-1,2)'],
  ['a star', starModel(4), 'normal(0,1)'],
  ['a slippery grid', slipperyGrid(4, 4), 'uniform(0,1)'],
])('reduced samples in groups of eight on %s', (_, model, law) => {
  it.each([
    ['random', { kind: 'random', stream: 'samples' }],
    ['sobol', { kind: 'sobol', stream: 'samples', log2Size: 6 }],
  ] as const)('say what single columns say: %s points', (_, points) => {
    const plain = jobOf(model, law, '0.9');
    const { mdp } = plain;
    const source = rewardSource(parseReward(law, mdp.states), mdp, 3n, points);
    const orbits = lawOrbits(mdp, source, plain.classes!);
    const greatest = source.discountedMaximum!;
    const controls = reachControls(mdp, greatest.floor, 1e6)!;
    const means = controlMeans(controls, greatest, 0.9)!;
    const sets = orbits.stateMembers.length;
    const coefficients = Float64Array.from({ length: sets }, (_, i) => (i % 4) / 5);
    const gammas = [{ ...plain.gammas[0]!, control: { coefficients, means } }];
    const job: SampleJob = { ...plain, source, orbits, controls, gammas };
    const count = 61;
    const sums = blockSolver(job)(8, count)[0]!;
    expect(sums.solver).not.toBe('columns');
    const [samples] = sampleSolver(job)(8, count);
    const expected = momentsOfBlock(reducedPower(job, gammas[0]!, samples!), count);
    const counts = countChoices(mdp, samples!.status, count, job.classes!);
    const shares = sumShares(samples!.status, count, orbits, counts);
    const bound = Math.max(...samples!.error) + sums.largestError + roundingBound(count * mdp.stateCount, 4);
    expect(sums.moments.mean.length).toBe(sets);
    for (let o = 0; o < sets; o++) {
      expect(Math.abs(sums.moments.mean[o]! - expected.mean[o]!)).toBeLessThanOrEqual(bound);
      const spread = Math.sqrt(expected.m2[o]!);
      const slack = Math.sqrt(count) * bound + roundingBound(count, spread + 1);
      expect(Math.abs(Math.sqrt(sums.moments.m2[o]!) - spread)).toBeLessThanOrEqual(slack);
    }
    expect(sums.choices!.unique).toEqual(counts.unique);
    for (let o = 0; o < orbits.choiceMembers.length; o++) {
      for (const key of ['mean', 'm2'] as const) {
        const [got, wanted] = [sums.shares!.moments[key][o]!, shares.moments[key][o]!];
        expect(Math.abs(got - wanted)).toBeLessThanOrEqual(roundingBound(count, Math.max(1, wanted)));
      }
      expect(sums.shares!.modes.count[o]).toBe(
        2 * shares.modes.count[o]! > count ? shares.modes.count[o] : sums.shares!.modes.count[o],
      );
    }
  });
});

describe('several gammas', () => {
  it.each(['uniform(0,1)', 'normal(0,1)'])('share what is drawn, and no digit, under %s', (law) => {
    const job = jobOf(sparseModel(40, 4), law, '0.5');
    const gammas = ['0.5', '0.9', '0.9999'].map((gamma) => jobOf(grid(1, 1), law, gamma).gammas[0]!);
    const drawn = new Map<number, number>();
    const source = {
      ...job.source,
      fill(first: number, count: number, into: Float64Array) {
        drawn.set(first, (drawn.get(first) ?? 0) + 1);
        job.source.fill(first, count, into);
      },
    };
    const solve = blockSolver({ ...job, source, gammas });
    drawn.clear();
    const together = solve(512, 64);
    for (const times of drawn.values()) expect(times).toBe(1);
    gammas.forEach((gamma, i) => {
      expect(together[i]).toEqual(blockSolver({ ...job, gammas: [gamma] })(512, 64)[0]);
    });
  });

  it('share nothing where they draw from different sources', () => {
    const job = jobOf(slipperyGrid(4, 4), 'normal(0,1)', '0.9');
    const { mdp } = job;
    const sourceOf = (seed: bigint) => rewardSource(parseReward('normal(0,1)', mdp.states), mdp, seed);
    const [source, plainSource] = [sourceOf(5n), sourceOf(6n)];
    const gammas = [...job.gammas, { ...job.gammas[0]!, plain: true }];
    const together = blockSolver({ ...job, source, plainSource, gammas })(512, 64);
    expect(together[0]).toEqual(blockSolver({ ...job, source })(512, 64)[0]);
    expect(together[1]).toEqual(blockSolver({ ...job, source: plainSource })(512, 64)[0]);
    expect(together[1]!.moments.mean).not.toEqual(together[0]!.moments.mean);
  });
});

describe('the choice of a solver', () => {
  it.each([
    ['climbing', grid(5, 4)],
    ['policies', slipperyGrid(8, 8)],
    ['gauss-seidel', slipperyGrid(20, 20)],
    ['sweeps', sparseModel(200, 4)],
  ] as const)('is %s where that is the least work', (solver, model) => {
    const job = jobOf(model, 'uniform(0,1)', '0.99');
    expect(groupedSolver(job, job.gammas[0]!).solver).toBe(solver);
  });
});

describe('a wrong fast path', () => {
  it.each([
    ['climbing', grid(4, 4)],
    ['climbing', layers(6, 5, 3)],
    ['policies', slipperyGrid(6, 6)],
    ['gauss-seidel', slipperyGrid(20, 20)],
    ['sweeps', sparseModel(200, 4)],
  ] as const)('of %s is caught by the certificate, and its columns are solved again', (solver, model) => {
    const job = jobOf(model, 'uniform(0,1)', '0.99');
    const honest = blockSolver(job)(0, 16)[0]!;
    const solve = blockSolver(job);
    const grouped = groupedSolver(job, job.gammas[0]!);
    const kernel = kernelOf(structureOf(job.mdp));
    const nonsense = (): number => {
      kernel.block.values.set(kernel.block.rewards);
      kernel.block.values[LANES + 3] = solver === 'sweeps' ? Number.NaN : 1000;
      return 1;
    };
    Object.assign(kernel, {
      climb: nonsense,
      passBack: nonsense,
      iteratePolicies: nonsense,
      widen: nonsense,
      ...(kernel.relaxing && { relaxing: { ...kernel.relaxing, relax: nonsense } }),
    });
    kernel.relaxing?.changes.fill(0);
    const caught = solve(0, 16)[0]!;
    expect(caught.solver).toBe(solver);
    // Sweeps in double precision put right what single precision hands them; what the others find stands or falls.
    if (solver === 'sweeps') expect(caught.effort.sweeps).toBeGreaterThan(honest.effort.sweeps);
    else expect(grouped.block(0, 16).left.length).toBeGreaterThan(0);
    expect(caught.choices!.unique).toEqual(honest.choices!.unique);
    for (let s = 0; s < job.mdp.stateCount; s++) {
      const error = honest.largestError + caught.largestError + roundingBound(16, 2);
      expect(Math.abs(caught.moments.mean[s]! - honest.moments.mean[s]!)).toBeLessThanOrEqual(error);
    }
  });
});
