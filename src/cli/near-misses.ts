import type { Mdp } from '../mdp/model.js';
import type { ResultDocument, SymmetryRow } from '../report/document.js';
import { nearMiss, nearMissOfStates } from '../symmetry/almost.js';
import { nearMissOfCycles, oneCyclesFrom } from '../symmetry/almost-cycles.js';
import { scopeOf } from './findings.js';

/** Environments that are tried for each pair, where there are ten states; in larger ones fewer, but some. */
const [LIMIT, LEAST_LIMIT] = [600, 20];
/** More pairs of actions, or of states, are not looked at. */
const MOST_PAIRS = 30;
/** Pairs of states are looked at in models of at most so many. */
const MOST_STATES = 20;

/**
 * The least changes that let Prop. 6.9 apply to pairs of actions of the state (or the start) that it says nothing about, Prop.
 * 6.6 to the state and others, and that give one copy more of labelled 1-cycles (or of one that stands alone) in D.12.
 */
export function nearMisses(
  mdp: Mdp,
  options: {
    readonly state: string | undefined;
    readonly actions: string | undefined;
    readonly budget: number;
  },
  rows: readonly SymmetryRow[],
): Pick<ResultDocument, 'almost'> {
  const { state = mdp.start, choices } = scopeOf(mdp, options);
  const limit = Math.max(LEAST_LIMIT, Math.floor((10 * LIMIT) / Math.max(10, mdp.stateCount)));
  const own: number[] = [];
  for (let c = mdp.choicePtr[state]!; c < mdp.choicePtr[state + 1]!; c++)
    if (mdp.choiceClass[c] === c) own.push(c);
  const pairs = (choices ?? own).flatMap((a) => (choices ?? own).map((b) => [a, b] as const));
  const isCertified = (theorem: string, action: string | null, other: string): boolean =>
    rows.some(
      (row) =>
        row.theorem.startsWith(theorem) &&
        row.state === mdp.states[state] &&
        row.action === action &&
        row.other === other,
    );
  const open = pairs
    .filter(([a, b]) => mdp.choiceClass[a] !== mdp.choiceClass[b])
    .map(([a, b]) => [mdp.actions[a]!, mdp.actions[b]!] as const)
    .filter(([action, other]) => !isCertified('6.9', action, other));
  const ofActions = open
    .slice(0, MOST_PAIRS)
    .map(([action, other]) => nearMiss(mdp, state, action, other, limit));
  if (choices !== undefined) return { almost: ofActions };
  const others = mdp.stateCount > MOST_STATES ? [] : [...mdp.states.keys()];
  const ofStates = others
    .filter((other) => other !== state && !isCertified('6.6', null, mdp.states[other]!))
    .slice(0, MOST_PAIRS)
    .map((other) => nearMissOfStates(mdp, state, other, limit));
  const ofCycles = avoidable(mdp, state).map((avoided) => nearMissOfCycles(mdp, state, avoided));
  return { almost: [...ofActions, ...ofStates, ...ofCycles] };
}

/** The labelled 1-cycles that are reached with probability 1; without labels, one that is alone. */
function avoidable(mdp: Mdp, state: number): number[][] {
  const cycles = oneCyclesFrom(mdp, state);
  const labelled = [...mdp.labels].map(([, members]) => members.filter((x) => cycles.includes(x)));
  const sets = labelled.filter((members) => members.length > 0);
  return cycles.length === 1 && sets.length === 0 ? [cycles] : sets;
}
