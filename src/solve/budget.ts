import type { Structure } from './structure.js';

/**
 * Costs in nanoseconds per column, measured once on one machine; they only say where value iteration stops being the
 * cheaper way, and count work, never time, so that results do not depend on the machine.
 */
const COST = {
  /** per transition and per state of one sweep over a block */
  sweepTransition: 1.5,
  sweepState: 3,
  /** per transition and per state of one round of policy iteration */
  roundTransition: 6,
  roundState: 25,
  /** per multiply-add of an elimination */
  elimination: 1,
};

/** Rounds that policy iteration usually takes. */
const ROUNDS = 6;

/** Sweeps before policy iteration is tried, at most. */
const MOST_FIRST = 5000;

/** Transitions relaxed per column by value iteration in all, where policy iteration is beyond its limits. */
const MOST_WORK = 2 ** 32;

/**
 * Sweeps of value iteration: `first`, after which policy iteration would have been the cheaper way from the start, and
 * `most`, where that is not possible.
 */
export function valueIterationBudget(structure: Structure): { first: number; most: number } {
  const { stateCount, successor, eliminationWork } = structure;
  const transitions = successor.length;
  const round =
    COST.roundTransition * transitions + COST.roundState * stateCount + COST.elimination * eliminationWork;
  const once = COST.sweepTransition * transitions + COST.sweepState * stateCount;
  return {
    first: Math.max(1, Math.min(MOST_FIRST, Math.round((ROUNDS * round) / once))),
    most: Math.max(1, Math.floor(MOST_WORK / (transitions + stateCount))),
  };
}
