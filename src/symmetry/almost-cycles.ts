import type { Mdp } from '../mdp/model.js';
import type { NearMiss } from './almost.js';
import { contextOf } from './finder/context.js';
import { certainlyReached, certainOneCycles } from './finder/one-cycles.js';

/** The 1-cycles that some policy reaches from a state with probability 1. */
export function oneCyclesFrom(mdp: Mdp, state: number): number[] {
  return certainOneCycles(contextOf(mdp, 0), state);
}

/**
 * How many 1-cycles are missing for one copy more in [P22] Cor. D.12 (the first copy: also [P19] Cor. 6.14): actions that stay
 * are added to states which are reached with probability 1. Nothing cheaper does it where all 1-cycles there are can be reached
 * already, as an edge then makes one at most.
 *
 * @param avoided 1-cycles that are reached with probability 1
 */
export function nearMissOfCycles(mdp: Mdp, state: number, avoided: readonly number[]): NearMiss {
  const context = contextOf(mdp, 0);
  const isCycle = (x: number): boolean =>
    context.rows[x]!.some(({ next }) => next.length === 1 && next[0] === x);
  const reached = certainlyReached(context, state, () => true);
  const others = reached.filter((x) => isCycle(x) && !avoided.includes(x)).length;
  const copies = Math.floor(others / avoided.length) + 1;
  const missing = copies * avoided.length - others;
  const open = reached.filter((x) => !isCycle(x));
  const isReached = new Set(reached);
  const words = {
    kind: 'oneCycles' as const,
    state: mdp.states[state]!,
    action: null,
    other: avoided.map((x) => mdp.states[x]!).join(', '),
    tried: 1,
  };
  const complete = context.cuts.size === 0 && mdp.states.every((_, x) => isReached.has(x) || !isCycle(x));
  if (open.length < missing)
    return { ...words, theorems: [], copies: null, changes: [], cost: null, complete: false };
  return {
    ...words,
    theorems: copies === 1 && avoided.length === 1 ? ['6.14', 'D.12'] : ['D.12'],
    copies,
    changes: open.slice(0, missing).map((x) => `add an action from ${mdp.states[x]} to itself`),
    cost: String(missing),
    complete,
  };
}
