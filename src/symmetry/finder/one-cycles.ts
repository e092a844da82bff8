import type { Mdp } from '../../mdp/model.js';
import { type Context, certified } from './context.js';
import type { Instance } from './of-states.js';
import { type Row, statesAfter } from './rows.js';

/** As many 1-cycles of a state are listed, fewer in large models, where each takes its time to be checked. */
const [MOST_LISTED, MOST_IN_LARGE, LARGE] = [100, 10, 1000];
/** States met in the search for 1-cycles of one state that are reached with probability 1. */
const MOST_MET = 3_000_000;

/**
 * [P19] Cor. 6.14 and [P22] Cor. D.12 from a state: for each 1-cycle that can be reached with probability 1, and for the
 * labels of the model.
 */
export function oneCycleInstances(context: Context, s: number): Instance[] {
  const { mdp } = context;
  const cycles = certainOneCycles(context, s);
  const [state, names] = [mdp.states[s]!, mdp.states];
  const isCycle = new Set(cycles);
  const others = cycles.length - 1;
  if (others < 1) return [];
  const listed = cycles.slice(0, mdp.stateCount > LARGE ? MOST_IN_LARGE : MOST_LISTED);
  const found: Instance[] = listed.map((x) => ({
    certificate: certified(context, {
      theorem: '6.14',
      state,
      avoid: [names[x]!],
      copies: Math.min(2, others),
    }),
    involutions: null,
  }));
  if (cycles.length > listed.length)
    context.cuts.add(`6.14 and D.12 for one 1-cycle, listed for the first ${listed.length}`);
  const sets: (readonly number[])[] = listed.map((x) => [x]);
  for (const [, labelled] of mdp.labels) {
    const avoided = labelled.filter((x) => isCycle.has(x));
    if (avoided.length > 0 && !sets.some((set) => set.join() === avoided.join())) sets.push(avoided);
  }
  for (const set of sets) {
    const rest = cycles.length - set.length;
    const copies = Math.floor(rest / set.length);
    if (copies < 1) continue;
    const avoid = set.map((x) => names[x]!);
    found.push({
      certificate: certified(context, { theorem: 'D.12', state, avoid, copies }),
      involutions: null,
      ...(rest % set.length > 0 && { conjecture: `${rest}/${cycles.length}` }),
    });
  }
  return found;
}

/** The 1-cycles that some policy reaches from s with probability 1, ascending. */
export function certainOneCycles(context: Context, s: number): number[] {
  return certainlyReached(context, s, (x) =>
    context.rows[x]!.some(({ next }) => next.length === 1 && next[0] === x),
  );
}

/** The states of a kind that some policy reaches from s with probability 1, ascending: one search if nothing is random. */
export function certainlyReached(
  { mdp, rows, cuts }: Context,
  s: number,
  isWanted: (x: number) => boolean,
): number[] {
  const reached = statesAfter(rows[s]!, (x) => rows[x]!).add(s);
  const certain = (x: number): readonly Row[] => rows[x]!.filter(({ next }) => next.length === 1);
  const sure = statesAfter(certain(s), certain).add(s);
  const cycles = [...reached].filter(isWanted);
  cycles.sort((a, b) => a - b);
  if (cycles.every((x) => sure.has(x))) return cycles;
  const before = choicesInto(mdp);
  const work = { left: MOST_MET };
  const found: number[] = [];
  for (const x of cycles) {
    if (sure.has(x) || isReachedCertainly(mdp, before, reached, s, x, work)) found.push(x);
    if (work.left > 0) continue;
    cuts.add('1-cycles, of which more may be reached with probability 1');
    break;
  }
  return found;
}

/** For each state the (state, choice) pairs that can lead to it. */
function choicesInto(mdp: Mdp): (readonly [state: number, choice: number])[][] {
  const before = Array.from({ length: mdp.stateCount }, () => [] as [number, number][]);
  for (let s = 0; s < mdp.stateCount; s++) {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      for (let k = mdp.rowPtr[c]!; k < mdp.rowPtr[c + 1]!; k++) before[mdp.successor[k]!]!.push([s, c]);
    }
  }
  return before;
}

/** Shrinks the states from which x may be reached by choices that stay within them (de Alfaro 1997, ch. 3). */
function isReachedCertainly(
  mdp: Mdp,
  before: readonly (readonly (readonly [number, number])[])[],
  reached: ReadonlySet<number>,
  s: number,
  x: number,
  work: { left: number },
): boolean {
  let kept = reached;
  for (;;) {
    const inside = kept;
    const found = new Set([x]);
    for (const y of found) {
      for (const [from, choice] of before[y]!) {
        if (!inside.has(from) || found.has(from)) continue;
        const row = mdp.successor.subarray(mdp.rowPtr[choice], mdp.rowPtr[choice + 1]);
        if (row.every((t) => inside.has(t))) found.add(from);
      }
    }
    work.left -= found.size;
    if (!found.has(s)) return false;
    if (found.size === kept.size) return true;
    kept = found;
  }
}
