import { componentScratch, forEachComponent } from './components.js';
import type { Mdp } from './model.js';

/**
 * The maximal end components: the largest sets of states, each with some of its choices, in which a policy can stay forever
 * and get from every state to every other (de Alfaro 1997, ch. 3). With one choice per state they are the recurrent classes.
 */
export interface EndComponents {
  readonly count: number;
  /** Int32 (S): the end component of each state, numbered by their first states; −1 for states in none. */
  readonly component: Int32Array;
  /** Uint8 (C): 1 if the choice stays within the end component of its state. */
  readonly inside: Uint8Array;
}

/**
 * Maximal end components by refinement: decompose into strongly connected components, remove the choices that lead out of
 * theirs and the states left without a choice (and what leads to those), decompose again the parts that lost something.
 * Each pass over a part costs O(its edges); a part that loses nothing is finished.
 *
 * @param enabled Uint8 (C): choices with 0 are left out; all choices if it is not given
 */
export function maximalEndComponents(mdp: Mdp, enabled?: Uint8Array): EndComponents {
  const { stateCount, choiceCount, choicePtr, rowPtr, successor } = mdp;
  const { leadingPtr, leading } = choicesLeadingTo(mdp);
  const enabledEdge = new Uint8Array(mdp.transitionCount).fill(1);
  const inside = new Uint8Array(choiceCount).fill(1);
  const stateOf = new Int32Array(choiceCount);
  const remaining = new Int32Array(stateCount);
  for (let s = 0; s < stateCount; s++) {
    stateOf.fill(s, choicePtr[s], choicePtr[s + 1]);
    remaining[s] = choicePtr[s + 1]! - choicePtr[s]!;
  }

  const block = new Int32Array(stateCount);
  let blockCount = 0;
  const scratch = componentScratch(stateCount);
  const settled: Int32Array[] = [];
  const work: Int32Array[] = [Int32Array.from({ length: stateCount }, (_, s) => s)];

  const removed: number[] = [];
  const remove = (c: number): void => {
    inside[c] = 0;
    enabledEdge.fill(0, rowPtr[c], rowPtr[c + 1]);
    const s = stateOf[c]!;
    if (--remaining[s]! === 0) removed.push(s);
  };
  if (enabled !== undefined) for (let c = 0; c < choiceCount; c++) if (enabled[c] === 0) remove(c);
  const leavesBlock = (s: number, c: number): boolean => {
    for (let k = rowPtr[c]!; k < rowPtr[c + 1]!; k++) if (block[successor[k]!] !== block[s]) return true;
    return false;
  };

  for (let part = work.pop(); part !== undefined; part = work.pop()) {
    for (const s of part) scratch.order[s] = 0;
    const pieces: Int32Array[] = [];
    forEachComponent(
      mdp,
      part,
      (members) => {
        const piece = members.slice();
        for (const s of piece) block[s] = blockCount;
        blockCount++;
        pieces.push(piece);
      },
      enabledEdge,
      scratch,
    );
    const choicesBefore = pieces.map((piece) => total(piece, remaining));
    for (const s of part) {
      for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++)
        if (inside[c] === 1 && leavesBlock(s, c)) remove(c);
    }
    for (let t = removed.pop(); t !== undefined; t = removed.pop()) {
      for (let i = leadingPtr[t]!; i < leadingPtr[t + 1]!; i++)
        if (inside[leading[i]!] === 1) remove(leading[i]!);
    }
    pieces.forEach((piece, i) => {
      const kept = piece.filter((s) => remaining[s]! > 0);
      if (kept.length > 0) (total(piece, remaining) === choicesBefore[i] ? settled : work).push(kept);
    });
  }
  return { ...numbered(stateCount, settled), inside };
}

/** For each state t the choices with t among their successors: leading[leadingPtr[t]] … leading[leadingPtr[t+1]−1]. */
function choicesLeadingTo(mdp: Mdp): { leadingPtr: Int32Array; leading: Int32Array } {
  const { stateCount, choiceCount, transitionCount, rowPtr, successor } = mdp;
  const leadingPtr = new Int32Array(stateCount + 1);
  for (const t of successor) leadingPtr[t + 1]!++;
  for (let t = 0; t < stateCount; t++) leadingPtr[t + 1]! += leadingPtr[t]!;
  const next = leadingPtr.slice();
  const leading = new Int32Array(transitionCount);
  for (let c = 0; c < choiceCount; c++) {
    for (let k = rowPtr[c]!; k < rowPtr[c + 1]!; k++) leading[next[successor[k]!]!++] = c;
  }
  return { leadingPtr, leading };
}

function total(states: Int32Array, counts: Int32Array): number {
  let sum = 0;
  for (const s of states) sum += counts[s]!;
  return sum;
}

/** Numbers the sets by their least states. */
function numbered(stateCount: number, sets: readonly Int32Array[]): { count: number; component: Int32Array } {
  const component = new Int32Array(stateCount).fill(-1);
  const least = (set: Int32Array): number => set.reduce((a, b) => Math.min(a, b));
  const sorted = sets.map((set) => ({ set, first: least(set) })).sort((a, b) => a.first - b.first);
  sorted.forEach(({ set }, i) => {
    for (const s of set) component[s] = i;
  });
  return { count: sets.length, component };
}
