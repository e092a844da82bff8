import { integerRows, leastCommonMultiple } from '../mdp/integer-rows.js';
import type { Mdp } from '../mdp/model.js';
import { compareRows, isOpen, type Standing, writeStatus } from './decide.js';
import { exactColumn, rewardClasses } from './exactly/exact-column.js';
import { provesTies } from './exactly/lump.js';
import { checkedProblem, type SolveOptions } from './new-task.js';
import { rowValue } from './policy-iteration.js';
import { rowNoise } from './rounding.js';
import type { RewardBlock, Solution } from './solution.js';
import { type Structure, structureOf } from './structure.js';
import { gather } from './task.js';

/** Word operations of big integers allowed for deciding one reward function exactly, about half a second. */
const EXACT_WORK = 4e6;

/**
 * Solves a block at gamma → 0. POWER(s, 0) of one reward function is max_a Σ_t P(t|s,a)·R(t) (Turner et al. 2021, Def. 5.2).
 *
 * V*(s, γ) = Σ_k w_k(s)·γ^k near 0, with w_0 = R, and Q*(s, a, γ) − R(s) = Σ_k (P_a w_k)(s)·γ^(k+1): actions are compared by
 * P_a w_0, ties by P_a w_1, and so on, where w_{k+1}(s) = max P_a w_k over the actions tied so far. The difference of two Q*
 * is a polynomial in γ of degree below S over a determinant that is 1 at γ = 0 (Cramer's rule for (I − γP)V = R), so what
 * ties at k = 0 … S−1 is equal: Π*(R, 0), the limit of the optimal policies.
 *
 * @throws {RangeError} see solveBlock
 */
export function solveAtZero(mdp: Mdp, block: RewardBlock, options: SolveOptions): Solution {
  const { classes, largestReward } = checkedProblem(mdp, block, options);
  const structure = structureOf(mdp);
  const { stateCount, choiceCount } = mdp;
  const { columns } = block;
  const power = new Float64Array(stateCount * columns);
  const error = new Float64Array(columns);
  const status = new Uint8Array(options.decide ? choiceCount * columns : 0);
  const effort = { sweeps: 1, policyIterations: 0, finished: 0, extended: 0, exact: 0 };
  const rewards = new Float64Array(stateCount);
  const scratch = new Float64Array(structure.rowCount);
  const standing: Standing = {
    near: new Uint8Array(structure.rowCount),
    policy: new Int32Array(stateCount),
  };
  for (let b = 0; b < columns; b++) {
    gather(block.values, columns, b, rewards);
    // Rewards that were rounded are off by one unit each, which the noise of two rows covers once more.
    const noise = 2 * rowNoise(structure.longestRow, largestReward[b]!) + 2 ** -1070;
    const open = compareRows(structure, classes, rewards, noise, standing, scratch);
    for (let s = 0; s < stateCount; s++) {
      power[s * columns + b] = rowValue(structure, standing.policy[s]!, rewards);
    }
    error[b] = noise;
    if (!options.decide) continue;
    let proved = open === 0;
    if (!proved) {
      effort.exact++;
      proved =
        provesTies(structure, classes, rewardClasses(block, b, stateCount), standing) ||
        breakTies(structure, classes, standing, exactColumn(block, b, stateCount).numerator);
    }
    writeStatus(structure, classes, standing, proved, status, b, columns);
  }
  return { power, error, status, effort };
}

/**
 * Compares level after level in integers, starting from all near rows, which `standing` then holds the optimal ones of.
 * @returns false if it would be too much work; the rows left are then near, but not proved optimal
 */
function breakTies(
  structure: Structure,
  classes: Int32Array,
  standing: Standing,
  rewards: readonly bigint[],
): boolean {
  const { mdp, stateCount, statePtr, rowPtr, successor, choiceOfRow } = structure;
  const { numerator, denominator } = integerRows(mdp);
  const { near, policy } = standing;
  // One denominator a level for all rows.
  const common = denominator.reduce(leastCommonMultiple, 1n);
  const bitsPerLevel = common.toString(2).length;
  const value = (r: number, w: readonly bigint[]): bigint => {
    const first = mdp.rowPtr[choiceOfRow[r]!]! - rowPtr[r]!;
    let sum = 0n;
    for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) sum += numerator[first + k]! * w[successor[k]!]!;
    return sum * (common / denominator[choiceOfRow[r]!]!);
  };
  let w = rewards;
  let work = 0;
  for (let level = 0; level < stateCount; level++) {
    work += successor.length * (1 + (level * bitsPerLevel) / 1024);
    if (work > EXACT_WORK) return false;
    let open = 0;
    const before = w;
    w = before.map((_, s) => {
      let best: bigint | undefined;
      const start = statePtr[s]!;
      const end = statePtr[s + 1]!;
      const values = new Map<number, bigint>();
      for (let r = start; r < end; r++) {
        if (near[r] === 0) continue;
        const own = value(r, before);
        values.set(r, own);
        if (best === undefined || own > best) {
          best = own;
          policy[s] = r;
        }
      }
      for (const [r, own] of values) if (own < best!) near[r] = 0;
      if (isOpen(structure, classes, near, s, policy[s]!)) open++;
      return best!;
    });
    if (open === 0) return true;
  }
  return true;
}
