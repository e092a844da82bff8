import type { Mdp } from '../../src/mdp/model.js';
import { parseDiscount } from '../../src/number/discount.js';
import type { EstimateOptions } from '../../src/parallel/estimate-options.js';
import { estimatePower } from '../../src/parallel/estimate-power.js';
import type { OptimalityRow, PowerEstimate, PowerRow } from '../../src/power/result.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { certain, type ExactModel, mdpOfRows } from '../oracles/exact-model.js';

export type TestOptions = Omit<EstimateOptions, 'gammas' | 'seed'> & { readonly seed?: bigint };

/** Estimates from plain independent samples, on one thread; gammas and law as a user writes them, seed 1. */
export function estimate(
  mdp: Mdp,
  law: string,
  gammas: readonly string[],
  options: TestOptions,
): Promise<PowerEstimate> {
  return estimatePower(mdp, parseReward(law, mdp.states), {
    seed: 1n,
    sampler: 'random',
    ...options,
    gammas: gammas.map((text) => parseDiscount(text)),
  });
}

/** A state s0 with one action to each of k terminal states. */
export function star(k: number): Mdp {
  const leaves = Array.from({ length: k }, (_, i) => [certain(i + 1)]);
  return mdpOfRows([leaves.flat(), ...leaves]);
}

/** k states, each one step from all of them. */
export function complete(k: number): Mdp {
  return mdpOfRows(Array.from({ length: k }, () => Array.from({ length: k }, (_, t) => certain(t))));
}

/** `wait`: take candy (s1), or wait (s2) and then choose between chocolate (s3) and a hug (s4). */
const waiting: ExactModel = [
  [certain(1), certain(2)],
  [certain(1)],
  [certain(3), certain(4)],
  [certain(3)],
  [certain(4)],
];
export const wait: Mdp = mdpOfRows(waiting, 'wait');

export function powerOf({ power }: PowerEstimate, state: string, gamma: string): PowerRow {
  return power.find((row) => row.state === state && row.gamma === gamma)!;
}

export function optimalityOf(
  { optimality }: PowerEstimate,
  state: string,
  action: string,
  gamma: string,
): OptimalityRow {
  return optimality.find((row) => row.state === state && row.action === action && row.gamma === gamma)!;
}
