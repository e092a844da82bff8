import type { Discount } from '../number/discount.js';
import {
  type DeterministicPolicies,
  deterministicPolicies,
  iterateDeterministic,
} from './deterministic-policies.js';
import type { Kernel } from './kernel/kernel.js';
import type { Structure } from './structure.js';

/** Sweeps that climbing may take; grids of some thousand states take about twenty. */
const MOST_SWEEPS = 200;

/** Sweeps that policy iteration starts from. */
const PREPARING = 6;

const rooms = new WeakMap<Structure, DeterministicPolicies>();

/**
 * Writes V of the rewards in the kernel, up to a constant per column, into block.values, for models in which every row is
 * certain: in one pass back where no circle leads through two states or more; by climbing where all circles worth going
 * round are listed; by policy iteration where there are too many of them. A certificate has to judge it.
 *
 * @returns sweeps, and rounds of policy iteration, over the eight
 */
export function certainValues(
  structure: Structure,
  kernel: Kernel,
  discount: Discount,
): { sweeps: number; rounds: number } {
  const { gamma, oneMinusGamma } = discount;
  if (kernel.climbing.isAcyclic) {
    kernel.passBack(gamma, oneMinusGamma);
    return { sweeps: 1, rounds: 0 };
  }
  kernel.startLow(gamma, oneMinusGamma);
  if (kernel.climbing.listsAllCycles) {
    return { sweeps: Math.min(kernel.climb(gamma, MOST_SWEEPS), MOST_SWEEPS), rounds: 0 };
  }
  const sweeps = Math.min(kernel.climb(gamma, PREPARING), PREPARING);
  const room = rooms.get(structure) ?? deterministicPolicies(structure);
  rooms.set(structure, room);
  return { sweeps, rounds: iterateDeterministic(room, kernel.block, discount) };
}
