import type { Controls } from './controls.js';

/**
 * Work by which ways of sampling are compared: eight numbers of one state are combined with eight of another, counted, not
 * timed, so that the choice is the same on all machines. All of it is per group of eight reward functions.
 */

/** Drawing, certifying, deciding and adding up one state: in such steps as measured on a grid, where they weigh most. */
export const POINT_WORK = 20;

/** The controls of one group. @param sweeps  that they take */
export function controlWork({ state, profileOf }: Controls, sweeps: number): number {
  return sweeps * (state.length + 2 * profileOf.length) + 3 * profileOf.length;
}
