import type { SamplePlan } from '../power/plan.js';

/** Samples before the first look at the widths. */
const FIRST_LOOK = 1024;

/**
 * The numbers of blocks after which a run that may end by its widths is looked at: about 1024 samples, then twice as many
 * each time, and the end. They depend on the plan alone, so that where a run ends does not depend on threads.
 */
export function looksOf({ columns, blocks }: SamplePlan): number[] {
  const looks: number[] = [];
  for (let next = Math.ceil(FIRST_LOOK / columns); next < blocks; next *= 2) looks.push(next);
  return [...looks, blocks];
}
