import type { Mdp } from '../mdp/model.js';
import { type Discount, limitOf } from '../number/discount.js';
import { solveAtOne } from './limit-one.js';
import { solveAtZero } from './limit-zero.js';
import type { SolveOptions } from './new-task.js';
import type { RewardBlock, Solution } from './solution.js';
import { solveBlock } from './solve-block.js';

/**
 * Solves a block of reward functions at any gamma from 0 to 1; 0 and 1 are the limits (Turner et al. 2021, Def. 4.1, 5.2).
 *
 * @throws {RangeError} see solveBlock
 */
export function solveAt(mdp: Mdp, block: RewardBlock, discount: Discount, options: SolveOptions): Solution {
  const limit = limitOf(discount);
  if (limit === 0) return solveAtZero(mdp, block, options);
  if (limit === 1) return solveAtOne(mdp, block, options);
  return solveBlock(mdp, block, discount, options);
}
