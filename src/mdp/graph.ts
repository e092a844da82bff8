import type { Mdp } from './model.js';

/**
 * The states that can be reached with positive probability from `sources` in zero or more steps, under some policy.
 * @returns Uint8 (S): 1 if reachable; the sources themselves are
 */
export function reachableFrom(mdp: Mdp, sources: Iterable<number>): Uint8Array {
  const { choicePtr, rowPtr, successor } = mdp;
  const reached = new Uint8Array(mdp.stateCount);
  const queue = new Int32Array(mdp.stateCount);
  let length = 0;
  const reach = (s: number): void => {
    if (reached[s] === 1) return;
    reached[s] = 1;
    queue[length++] = s;
  };
  for (const s of sources) reach(s);
  for (let i = 0; i < length; i++) {
    const s = queue[i]!;
    for (let k = rowPtr[choicePtr[s]!]!; k < rowPtr[choicePtr[s + 1]!]!; k++) reach(successor[k]!);
  }
  return reached;
}

/** The 1-cycles, ascending: states in which some action certainly stays (Turner et al. 2021, Def. 3.2). */
export function oneCycles(mdp: Mdp): number[] {
  return statesWhere(mdp, (s) => choicesOf(mdp, s).some((c) => staysCertainly(mdp, s, c)));
}

/** The terminal states, ascending: states in which every action certainly stays (Turner et al. 2021, Def. 3.2). */
export function terminalStates(mdp: Mdp): number[] {
  return statesWhere(mdp, (s) => choicesOf(mdp, s).every((c) => staysCertainly(mdp, s, c)));
}

function statesWhere(mdp: Mdp, holds: (s: number) => boolean): number[] {
  const found: number[] = [];
  for (let s = 0; s < mdp.stateCount; s++) if (holds(s)) found.push(s);
  return found;
}

/** The choices of a state: consecutive numbers. */
export function choicesOf(mdp: Mdp, s: number): number[] {
  const first = mdp.choicePtr[s]!;
  return Array.from({ length: mdp.choicePtr[s + 1]! - first }, (_, i) => first + i);
}

/** A row of one edge has probability 1. */
function staysCertainly(mdp: Mdp, s: number, c: number): boolean {
  const first = mdp.rowPtr[c]!;
  return mdp.rowPtr[c + 1]! - first === 1 && mdp.successor[first] === s;
}
