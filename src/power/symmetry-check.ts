import { internalError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import type { RewardSource } from '../rewards/source.js';
import { type RewardBlock, type Solution, Status } from '../solve/solution.js';
import { solveAt } from '../solve/solve-at.js';
import type { AutomorphismGroup } from '../symmetry/automorphism-group.js';
import { choiceImages, cycleNotation, type Permutation, permuteRewards } from '../symmetry/permutation.js';

export interface SymmetryCheckOptions {
  /** reward functions to permute, default 3: samples 0, 1, … of the source */
  readonly rewardFunctions?: number;
  /** for the solver, in reward units; default 2⁻³² of the largest reward */
  readonly tolerance?: number;
}

/** What was compared, all of it with success. */
export interface SymmetryCheck {
  readonly rewardFunctions: number;
  /** generators tried: all, or an even selection where all would be too much work */
  readonly generators: number;
  /** (generator, reward function, state) comparisons of values */
  readonly comparisons: number;
  /** largest |difference| of two values that the symmetry says are equal */
  readonly largestDifference: number;
  /** largest sum of certified errors that a difference was held against */
  readonly largestBound: number;
}

/** Numbers in the block of permuted reward functions, at most. */
const BLOCK_NUMBERS = 2 ** 17;

/** Default tolerance, relative to the largest reward. */
const RELATIVE_TOLERANCE = 2 ** -32;

/**
 * The tool's check of itself: an automorphism φ carries reward functions over, so POWER_R(s) of one reward function R must
 * be POWER_{φ·R}(φ(s)), and a choice must be optimal for R when its image is for φ·R. Each reward function is permuted by
 * each generator and solved again; the values must agree within the certified errors, the statuses where both are decided.
 *
 * @throws internalError they do not: the search, the solver or a bound is wrong
 */
export function checkSymmetry(
  mdp: Mdp,
  source: RewardSource,
  group: Pick<AutomorphismGroup, 'generators'>,
  discount: Discount,
  options: SymmetryCheckOptions = {},
): SymmetryCheck {
  const { rewardFunctions = 3 } = options;
  const most = Math.max(1, Math.floor(BLOCK_NUMBERS / (mdp.stateCount * rewardFunctions)));
  const generators = evenSelection(group.generators, most);
  const block = permutedBlock(source, generators, rewardFunctions);
  const largestReward = block.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const tolerance = options.tolerance ?? RELATIVE_TOLERANCE * largestReward;
  const solution = solveAt(mdp, block, discount, { tolerance, decide: true });
  let comparisons = 0;
  let largestDifference = 0;
  let largestBound = 0;
  generators.forEach((generator, g) => {
    const images = choiceImages(mdp, generator);
    if (images === null) throw contradiction(mdp, generator, 'it does not keep the transitions');
    for (let original = 0; original < rewardFunctions; original++) {
      const permuted = rewardFunctions * (g + 1) + original;
      const bound = solution.error[original]! + solution.error[permuted]!;
      const difference = largestGap(mdp, solution, generator, original, permuted);
      // Not "difference > bound": a value that is no number must not pass.
      if (!(difference <= bound)) {
        throw contradiction(mdp, generator, `POWER differs by ${difference}, more than ${bound}`, discount);
      }
      if (!statusesAgree(mdp, solution, images, original, permuted)) {
        throw contradiction(mdp, generator, 'optimal actions differ', discount);
      }
      comparisons += mdp.stateCount;
      largestDifference = Math.max(largestDifference, difference);
      largestBound = Math.max(largestBound, bound);
    }
  });
  return { rewardFunctions, generators: generators.length, comparisons, largestDifference, largestBound };
}

/** Column n is sample n; column rewardFunctions·(g+1) + n is sample n permuted by generator g. */
function permutedBlock(
  source: RewardSource,
  generators: readonly Permutation[],
  rewardFunctions: number,
): RewardBlock {
  const { stateCount } = source;
  const samples = new Float64Array(stateCount * rewardFunctions);
  source.fill(0, rewardFunctions, samples);
  const columns = rewardFunctions * (generators.length + 1);
  const values = new Float64Array(stateCount * columns);
  for (let s = 0; s < stateCount; s++) {
    const rewards = samples.subarray(s * rewardFunctions, (s + 1) * rewardFunctions);
    values.set(rewards, s * columns);
    generators.forEach((generator, g) => {
      values.set(rewards, generator[s]! * columns + rewardFunctions * (g + 1));
    });
  }
  return {
    columns,
    values,
    exactColumn: (column) => {
      const rewards = source.exactColumn(column % rewardFunctions);
      const generator = generators[Math.floor(column / rewardFunctions) - 1];
      return generator === undefined ? rewards : permuteRewards(generator, rewards);
    },
    rounded: source.rounded,
  };
}

function largestGap(
  mdp: Mdp,
  { power, error }: Solution,
  generator: Permutation,
  original: number,
  permuted: number,
): number {
  const columns = error.length;
  let largest = 0;
  for (let s = 0; s < mdp.stateCount; s++) {
    const gap = Math.abs(power[s * columns + original]! - power[generator[s]! * columns + permuted]!);
    if (!(gap <= largest)) largest = gap;
  }
  return largest;
}

function statusesAgree(
  mdp: Mdp,
  { status, error }: Solution,
  images: Int32Array,
  original: number,
  permuted: number,
): boolean {
  const columns = error.length;
  for (let c = 0; c < mdp.choiceCount; c++) {
    const [here, there] = [status[c * columns + original], status[images[c]! * columns + permuted]];
    if (here !== there && here !== Status.undecided && there !== Status.undecided) return false;
  }
  return true;
}

function evenSelection<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]!);
}

function contradiction(mdp: Mdp, generator: Permutation, found: string, discount?: Discount): Error {
  const at = discount === undefined ? '' : ` at gamma ${discount.text}`;
  return internalError(`a symmetry contradicts the solutions${at}: ${cycleNotation(generator, mdp.states)}`, {
    found,
    wanted: 'equal values and optimal actions of a reward function and its permuted copy',
    hint: 'Please report this together with the model file.',
  });
}
