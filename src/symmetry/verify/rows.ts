import type { Mdp } from '../../mdp/model.js';
import type { Rational } from '../../number/rational.js';
import type { Permutation } from '../permutation.js';

/** The choices of a state with different rows (Turner et al. 2021, Def. 6.7): the first of each class. */
export function distinctChoices(mdp: Mdp, s: number): number[] {
  const found: number[] = [];
  for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) if (mdp.choiceClass[c] === c) found.push(c);
  return found;
}

export function successorsOf(mdp: Mdp, choice: number): Int32Array {
  return mdp.successor.subarray(mdp.rowPtr[choice], mdp.rowPtr[choice + 1]);
}

/** Exact probability of the k-th successor of a choice. */
export function probabilityOf(mdp: Mdp, choice: number, k: number): Rational {
  return mdp.exact.values[mdp.exact.index[mdp.rowPtr[choice]! + k]!]!;
}

/** Does the choice certainly lead to x? */
export function leadsTo(mdp: Mdp, choice: number, x: number): boolean {
  const next = successorsOf(mdp, choice);
  return next.length === 1 && next[0] === x;
}

/** The choice of φ(x) whose exact row is the row of `choice`, moved by φ; undefined if there is none. */
export function copyOf(
  mdp: Mdp,
  choice: number,
  phi: Permutation,
  among: readonly number[],
): number | undefined {
  const moved = new Map<number, number>();
  for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) {
    moved.set(phi[mdp.successor[k]!]!, mdp.exact.index[k]!);
  }
  return among.find((candidate) => {
    const [from, to] = [mdp.rowPtr[candidate]!, mdp.rowPtr[candidate + 1]!];
    if (to - from !== moved.size) return false;
    for (let k = from; k < to; k++) {
      if (moved.get(mdp.successor[k]!) !== mdp.exact.index[k]) return false;
    }
    return true;
  });
}

/**
 * The states reachable in one or more steps from `from`, where `allowed` says which choices may be taken.
 * @returns Uint8 (S)
 */
export function reachedBy(
  mdp: Mdp,
  from: number,
  allowed: (choice: number, first: boolean) => boolean,
): Uint8Array {
  const reached = new Uint8Array(mdp.stateCount);
  const queue: number[] = [];
  const expand = (s: number, first: boolean): void => {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (!allowed(c, first)) continue;
      for (const t of successorsOf(mdp, c)) {
        if (reached[t] === 0) queue.push(t);
        reached[t] = 1;
      }
    }
  };
  expand(from, true);
  for (let i = 0; i < queue.length; i++) expand(queue[i]!, false);
  return reached;
}

/**
 * Tests that φ copies what can happen from a root: for every state that can be visited (at the root by `rootChoices` only)
 * each choice has its copy at the image, that of the root among `rootTargets`. Then φ·F ⊆ F' for the visit distributions F
 * and F' of the policies so restricted.
 * @returns the first choice without a copy; undefined if all have one
 */
export function firstUncopied(
  mdp: Mdp,
  phi: Permutation,
  root: number,
  rootChoices: readonly number[],
  rootTargets: readonly number[],
): number | undefined {
  const seen = new Uint8Array(mdp.stateCount);
  seen[root] = 1;
  const queue = [root];
  for (let i = 0; i < queue.length; i++) {
    const x = queue[i]!;
    const targets = x === root ? rootTargets : distinctChoices(mdp, phi[x]!);
    for (const choice of x === root ? rootChoices : distinctChoices(mdp, x)) {
      if (copyOf(mdp, choice, phi, targets) === undefined) return choice;
      for (const t of successorsOf(mdp, choice)) {
        if (seen[t] === 0) queue.push(t);
        seen[t] = 1;
      }
    }
  }
  return undefined;
}
