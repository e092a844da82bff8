import { rowValue } from '../policy-iteration.js';
import { rowNoise } from '../rounding.js';
import { type AveragePolicy, averagePolicyIteration } from './average-policy.js';
import type { GainBounds } from './gain-bounds.js';
import type { GainModel } from './gain-model.js';
import { type GainTies, Keeps } from './gain-ties.js';

/**
 * A policy that is proved to be the only one, up to classes of choices, that is optimal for all gamma near 1.
 *
 * The rows that keep the gain g* satisfy h = max_r (R − g* + P_r h), and h is one function up to a constant per label as
 * long as each label has one recurrent class that attains it. For the policy π found in doubles, with reference states Z,
 * relative values h̃ and expected steps w to Z, let ε bound |R − g* + P_π h̃ − h̃| and σ = min (w − P_π w) off Z. If every
 * other row r that keeps the gain has
 *
 *     (P_π − P_r) h̃ > δ·(P_π w + P_r w),   δ = 2ε/σ,
 *
 * then h̃ + δw satisfies u > R − g* + P_r u off Z for every r. No recurrent class that avoids Z attains the gain then (average
 * the inequality over it), and along any optimal policy h ≤ h̃ + δw; along π likewise h ≥ h̃ − δw. So (P_π − P_r) h > 0: the
 * terms of order (1−γ)^−1 tie and those of order 0 do not, and r is not optimal for γ near 1 (Puterman 2005, §10.1).
 *
 * @param classes Int32 (C): only the policy's row of each class is looked at; the others are as good
 * @returns the policy, or undefined if this proves nothing
 */
export function certifiedPolicy(
  model: GainModel,
  classes: Int32Array,
  rewards: Float64Array,
  rounding: number,
  bounds: GainBounds,
  ties: GainTies,
): AveragePolicy | undefined {
  const { structure } = model;
  const { stateCount, statePtr, longestRow, choiceOfRow } = structure;
  const { component } = model.components;
  const start = Int32Array.from({ length: stateCount }, (_, s) =>
    component[s]! >= 0 && ties.stays[component[s]!] === 1
      ? bounds.within[s]!
      : firstKept(statePtr, ties.keeps, s),
  );
  const found = averagePolicyIteration(structure, rewards, start, ties.keeps);
  if (found === undefined || !attainsLabelsOnce(model, ties, found)) return undefined;
  const { policy, reference, bias, steps } = found;

  let [residual, sigma, largestBias, longest, size] = [0, 1, 0, 0, 0];
  for (let s = 0; s < stateCount; s++) {
    largestBias = Math.max(largestBias, Math.abs(bias[s]!));
    longest = Math.max(longest, steps[s]!);
    const gain = bounds.low[s]! / 2 + bounds.high[s]! / 2;
    size = Math.max(size, Math.abs(gain), Math.abs(rewards[s]!));
    if (reference[s] === s) continue;
    const change = rewards[s]! - gain + rowValue(structure, policy[s]!, bias) - bias[s]!;
    residual = Math.max(residual, Math.abs(change) + (bounds.high[s]! - bounds.low[s]!) / 2);
    sigma = Math.min(sigma, steps[s]! - rowValue(structure, policy[s]!, steps));
  }
  const biasNoise = rowNoise(longestRow, largestBias);
  sigma -= rowNoise(longestRow, longest);
  if (!(sigma >= 1 / 2)) return undefined;
  const delta = (2 * (residual + 2 * biasNoise + rowNoise(longestRow, 4 * size) + rounding)) / sigma;
  for (let s = 0; s < stateCount; s++) {
    const own = policy[s]!;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      if (ties.keeps[r] === Keeps.no || classes[choiceOfRow[r]!] === classes[choiceOfRow[own]!]) continue;
      const gap = rowValue(structure, own, bias) - rowValue(structure, r, bias);
      const reach = rowValue(structure, own, steps) + rowValue(structure, r, steps);
      if (!(gap > 1.01 * delta * (reach + 1) + 2 * biasNoise)) return undefined;
    }
  }
  return found;
}

function firstKept(statePtr: Int32Array, keeps: Uint8Array, s: number): number {
  let r = statePtr[s]!;
  while (keeps[r] === Keeps.no) r++;
  return r;
}

/** Whether each recurrent class of the policy lies in an end component worth staying in, no two of them in one. */
function attainsLabelsOnce(
  { components }: GainModel,
  { stays }: GainTies,
  { reference }: AveragePolicy,
): boolean {
  const seen = new Set<number>();
  return reference.every((first, s) => {
    if (first !== s) return true;
    const own = components.component[s]!;
    if (own < 0 || stays[own] !== 1 || seen.has(own)) return false;
    seen.add(own);
    return true;
  });
}
