import type { Structure } from './structure.js';

/** Sweeps that policy iteration starts from: more of them save it no rounds worth their cost. */
const PREPARING = 6;

/** Rounds that policy iteration usually takes. */
const ROUNDS = 6;

/**
 * Costs in nanoseconds per column, measured once on one machine; they only say where value iteration stops being the
 * cheaper way. Work is counted, never timed, so results do not depend on the machine.
 */
const COST = { sweepTransition: 0.2, sweepState: 0.5, elimination: 1 };

/** Sweeps before policy iteration is tried, at most. */
const MOST_FIRST = 5000;

/** Transitions relaxed per column by value iteration in all, where policy iteration is beyond its limits. */
const MOST_WORK = 2 ** 32;

/**
 * Sweeps of value iteration: `first`, after which policy iteration is tried, and `most`, where that is not possible.
 *
 * A round of policy iteration without eliminations costs no more than a few sweeps and there are few rounds, whatever
 * gamma is, so only eliminations are worth sweeping on for: until the sweeps have cost as much as they would.
 */
export function valueIterationBudget(structure: Structure): { first: number; most: number } {
  const { stateCount, successor, eliminationWork } = structure;
  const transitions = successor.length;
  const eliminations = ROUNDS * COST.elimination * eliminationWork;
  const once = COST.sweepTransition * transitions + COST.sweepState * stateCount;
  return {
    first: Math.min(MOST_FIRST, PREPARING + Math.round(eliminations / once)),
    most: Math.max(1, Math.floor(MOST_WORK / (transitions + stateCount))),
  };
}
