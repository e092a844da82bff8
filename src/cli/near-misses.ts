import type { Mdp } from '../mdp/model.js';
import type { ResultDocument, SymmetryRow } from '../report/document.js';
import { nearMiss } from '../symmetry/almost.js';
import { scopeOf } from './findings.js';

/** Environments that are tried for each pair of actions. */
const LIMIT = 600;
/** More pairs are not looked at. */
const MOST_PAIRS = 30;

/** The least changes that let Prop. 6.9 apply to pairs of actions of the state (or the start) that it says nothing about. */
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
  const own: number[] = [];
  for (let c = mdp.choicePtr[state]!; c < mdp.choicePtr[state + 1]!; c++)
    if (mdp.choiceClass[c] === c) own.push(c);
  const pairs = (choices ?? own).flatMap((a) => (choices ?? own).map((b) => [a, b] as const));
  const isCertified = (action: string, other: string): boolean =>
    rows.some(
      (row) =>
        row.theorem.startsWith('6.9') &&
        row.state === mdp.states[state] &&
        row.action === action &&
        row.other === other,
    );
  const open = pairs
    .filter(([a, b]) => mdp.choiceClass[a] !== mdp.choiceClass[b])
    .map(([a, b]) => [mdp.actions[a]!, mdp.actions[b]!] as const)
    .filter(([action, other]) => !isCertified(action, other));
  return {
    almost: open.slice(0, MOST_PAIRS).map(([action, other]) => nearMiss(mdp, state, action, other, LIMIT)),
  };
}
