import { maximalEndComponents } from '../../mdp/end-components.js';
import type { Mdp } from '../../mdp/model.js';

/** Whether a choice is average-optimal: certainly not, certainly, or neither could be proved. */
export const Average = { no: 0, yes: 1, undecided: 2 } as const;

/** Transitions looked at for choices that need a decomposition of their own, about a second. */
const MOST_WORK = 2 ** 26;

/** A long-run optimal policy, and what ties with it. */
export interface LongRun {
  /** Uint8 (C): 1 if P_c g* = g* */
  readonly keepsGain: Uint8Array;
  /** Uint8 (C): 1 for choices that a recurrent class of greatest gain can be made of */
  readonly tight: Uint8Array;
  /** Int32 (S): the choices of an optimal policy, all tight */
  readonly policy: Int32Array;
  /** Int32 (S): a name for its recurrent classes, −1 at transient states */
  readonly recurrent: Int32Array;
  /** true if no other choice than the policy's is tight, and no two of its classes have equal gain behind one state */
  readonly unique: boolean;
}

/**
 * Which choices are average-optimal (Turner et al. 2021, Def. 6.11): c at s, if some policy that takes c at s has the
 * greatest gain from s. It has to keep the gain; and with c the only choice at s, a recurrent class of greatest gain must be
 * reached with certainty by choices that keep the gain. Such classes are end components of tight choices. An optimal policy
 * leads from every state to one or to s, so what is asked for is a path from c to one that does not pass through s.
 */
export function averageOptimal(mdp: Mdp, found: LongRun): Uint8Array {
  const { keepsGain, policy, unique, recurrent } = found;
  const status = new Uint8Array(mdp.choiceCount);
  const attaining = Uint8Array.from(recurrent, (name) => (name < 0 ? 0 : 1));
  const search = pathSearch(mdp, keepsGain, attaining);
  let left = Math.floor(MOST_WORK / mdp.transitionCount);
  for (let s = 0; s < mdp.stateCount; s++) {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (keepsGain[c] === 0) continue;
      if (c === policy[s] || mdp.choiceClass[c] === mdp.choiceClass[policy[s]!]) status[c] = Average.yes;
      else if (recurrent[s]! < 0 && search(s, c, attaining)) status[c] = Average.yes;
      else if (unique) status[c] = Average.no;
      else if (left-- <= 0) status[c] = Average.undecided;
      else status[c] = reachesWhatIsLeft(mdp, found, s, c, search) ? Average.yes : Average.no;
    }
  }
  return status;
}

/** The end components of tight choices, with c the only choice at s. */
function reachesWhatIsLeft(
  mdp: Mdp,
  { tight }: LongRun,
  s: number,
  c: number,
  search: (s: number, c: number, targets: Uint8Array) => boolean,
): boolean {
  const enabled = tight.slice();
  enabled.fill(0, mdp.choicePtr[s], mdp.choicePtr[s + 1]);
  enabled[c] = tight[c]!;
  const { component } = maximalEndComponents(mdp, enabled);
  if (component[s]! >= 0) return true;
  return search(
    s,
    c,
    Uint8Array.from(component, (own) => (own < 0 ? 0 : 1)),
  );
}

/**
 * Searches for paths by the given choices from a choice at s to a target, without s. Paths to the states of `home` are
 * known from one search backwards: what hangs below s in its tree is searched, the rest is not.
 */
function pathSearch(
  mdp: Mdp,
  allowed: Uint8Array,
  home: Uint8Array,
): (s: number, c: number, targets: Uint8Array) => boolean {
  const { choicePtr, rowPtr, successor } = mdp;
  const { entered, left } = treeTowards(mdp, allowed, home);
  const met = new Int32Array(mdp.stateCount);
  let search = 0;
  return (s, c, targets) => {
    search++;
    met[s] = search;
    const stack: number[] = [];
    const arrives = (t: number): boolean => {
      if (targets[t] === 1) return true;
      if (targets !== home || entered[t]! < 0) return false;
      return !(entered[s]! >= 0 && entered[t]! >= entered[s]! && entered[t]! < left[s]!);
    };
    const take = (choice: number): boolean => {
      for (let k = rowPtr[choice]!; k < rowPtr[choice + 1]!; k++) {
        const t = successor[k]!;
        if (met[t] === search) continue;
        if (arrives(t)) return true;
        met[t] = search;
        stack.push(t);
      }
      return false;
    };
    if (take(c)) return true;
    for (let t = stack.pop(); t !== undefined; t = stack.pop()) {
      for (let d = choicePtr[t]!; d < choicePtr[t + 1]!; d++) if (allowed[d] === 1 && take(d)) return true;
    }
    return false;
  };
}

/**
 * A forest of shortest paths to the states of `home`: the states whose path goes through s are those that are entered from
 * entered[s] to left[s] − 1 in a walk around it; −1 where there is no path.
 */
function treeTowards(
  mdp: Mdp,
  allowed: Uint8Array,
  home: Uint8Array,
): { entered: Int32Array; left: Int32Array } {
  const { stateCount, choicePtr, rowPtr, successor } = mdp;
  const before = Array.from({ length: stateCount }, (): number[] => []);
  for (let s = 0; s < stateCount; s++) {
    for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
      if (allowed[c] === 1) for (let k = rowPtr[c]!; k < rowPtr[c + 1]!; k++) before[successor[k]!]!.push(s);
    }
  }
  const children = Array.from({ length: stateCount }, (): number[] => []);
  const roots = [...home.keys()].filter((s) => home[s] === 1);
  const queue = [...roots];
  const seen = home.slice();
  for (const t of queue) {
    for (const s of before[t]!) {
      if (seen[s] === 1) continue;
      seen[s] = 1;
      children[t]!.push(s);
      queue.push(s);
    }
  }
  const entered = new Int32Array(stateCount).fill(-1);
  const left = new Int32Array(stateCount).fill(-1);
  let time = 0;
  const stack = roots.map((s) => ({ s, isDone: false }));
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { s, isDone } = item;
    if (isDone) {
      left[s] = time;
      continue;
    }
    entered[s] = time++;
    stack.push({ s, isDone: true });
    for (const child of children[s]!) stack.push({ s: child, isDone: false });
  }
  return { entered, left };
}
