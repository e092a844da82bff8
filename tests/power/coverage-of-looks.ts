import type { Mdp } from '../../src/mdp/model.js';
import { type Discount, parseDiscount } from '../../src/number/discount.js';
import type { EstimateOptions } from '../../src/parallel/estimate-options.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import type { PowerEstimate } from '../../src/power/result.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { certain, mdpOfRows } from '../oracles/exact-model.js';
import { optimalityOf, powerOf, wait } from './estimating.js';

/** Layers in a circle, from each state of one to all of the next. */
const sizes = [2, 3, 4];
const first = sizes.map((_, l) => sizes.slice(0, l).reduce((sum, size) => sum + size, 0));
const layers = mdpOfRows(
  sizes.flatMap((size, l) => {
    const next = (l + 1) % sizes.length;
    const row = Array.from({ length: sizes[next]! }, (_, i) => certain(first[next]! + i));
    return Array.from({ length: size }, () => row);
  }),
);
const half = parseDiscount('0.5');

/**
 * POWER in layer 0 at γ = 1/2 of uniform rewards: the greatest of the n rewards of each layer is taken in turn, n/(n+1) on
 * average, so (1−γ)/(1−γ³)·(m₁ + γ·m₂ + γ²·m₀). Control variates help here, and leave some variance.
 */
const truthOfLayers = (4 / 7) * (3 / 4 + (1 / 2) * (4 / 5) + (1 / 4) * (2 / 3));

/** Runs whose 95 % interval misses, and runs with control variates: a pilot decides, for each seed by itself. */
export interface ControlledMisses {
  misses: number;
  controlled: number;
}

/** POWER in the first layer, over seeds 1 … runs. */
export async function countControlledMisses(runs: number): Promise<ControlledMisses> {
  const count = { misses: 0, controlled: 0 };
  for (let seed = 1n; seed <= runs; seed++) {
    const result = await uniformEstimate(layers, { gammas: [half], samples: 12_288, seed, decide: false });
    if (result.estimator.controls.length > 0) count.controlled++;
    if (!holds(powerOf(result, 's0', '0.5'), truthOfLayers)) count.misses++;
  }
  return count;
}

/** How often a number is missed by the 95 % interval of some look of a run that may end by its widths. */
export interface LookMisses {
  readonly title: string;
  misses: number;
}

/** Plain samples, of POWER(start) = 2/3 + γ²/12 and P(wait) = 1/2 + γ/6. */
export async function countLookMisses(runs: number): Promise<LookMisses[]> {
  const [power, chance] = [
    { title: 'POWER at all looks', misses: 0 },
    { title: 'P at all looks', misses: 0 },
  ];
  for (let seed = 1n; seed <= runs; seed++) {
    const results = await allLooks(wait, {
      gammas: [half],
      samples: 8192,
      seed,
      states: [0],
      sampler: 'random',
    });
    if (!results.every((each) => holds(powerOf(each, 's0', '0.5'), 2 / 3 + 1 / 48))) power!.misses++;
    if (!results.every((each) => holds(optimalityOf(each, 's0', 'a1', '0.5'), 7 / 12))) chance!.misses++;
  }
  return [power!, chance!];
}

/** The same where control variates may be used, of POWER in the first layer: missed at some look. */
export async function countControlledLookMisses(runs: number): Promise<ControlledMisses> {
  const count = { misses: 0, controlled: 0 };
  for (let seed = 1n; seed <= runs; seed++) {
    const options = { gammas: [half], samples: 12_288, seed, states: [0], decide: false };
    const results = await allLooks(layers, options);
    if (results.every(({ estimator }) => estimator.controls.length > 0)) count.controlled++;
    if (!results.every((each) => holds(powerOf(each, 's0', '0.5'), truthOfLayers))) count.misses++;
  }
  return count;
}

/** The result of every look that a width could end the run at: each run asks for a little less than the last one reached. */
async function allLooks(mdp: Mdp, options: Options): Promise<PowerEstimate[]> {
  const results: PowerEstimate[] = [];
  for (let untilWidth = 1; results.at(-1)?.widthReached !== false; ) {
    const result = await uniformEstimate(mdp, { ...options, untilWidth });
    results.push(result);
    const rows = [...result.power, ...result.optimality];
    untilWidth = Math.max(...rows.map(({ low, high }) => high! - low!)) * (1 - 2 ** -20);
  }
  if (results.length < 3) throw new Error('hardly any looks');
  return results;
}

type Options = EstimateOptions & { readonly gammas: readonly Discount[] };

function uniformEstimate(mdp: Mdp, options: Options): Promise<PowerEstimate> {
  return estimatePower(mdp, parseReward('uniform(0,1)', mdp.states), options);
}

function holds({ low, high }: { low: number | null; high: number | null }, truth: number): boolean {
  return low !== null && high !== null && low <= truth && truth <= high;
}
