import { usageError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import type { ResultDocument, SymmetryRow } from '../report/document.js';
import { isStrict } from '../symmetry/certificate.js';
import { type FindOptions, findCertificates } from '../symmetry/find-certificates.js';
import type { Instance } from '../symmetry/finder/of-states.js';
import { claimOf, permutationText } from '../symmetry/meaning.js';
import { choiceNamed, splitNames, stateNamed } from './names.js';

interface Scope {
  readonly state: string | undefined;
  readonly actions: string | undefined;
  readonly budget: number;
}

/** What to look for, from the options. @throws {UserError} usage: unknown names, or not two actions */
export function scopeOf(mdp: Mdp, { state, actions, budget }: Scope): FindOptions {
  const focus = state === undefined ? undefined : stateNamed(mdp, state, '--state');
  if (actions === undefined) return { budget, ...(focus !== undefined && { state: focus }) };
  const at = focus ?? mdp.start;
  const pair = splitNames(actions, mdp.actions.slice(mdp.choicePtr[at], mdp.choicePtr[at + 1]));
  if (pair.length !== 2)
    throw usageError('--actions takes two actions', { wanted: 'two names with a comma between' });
  const choices = pair.map((name) => choiceNamed(mdp, at, name, '--actions')) as [number, number];
  return { budget, state: at, choices };
}

/** The certified instances of the theorems as rows of a result. @throws {UserError} internal */
export function certifiedFindings(
  mdp: Mdp,
  scope: FindOptions = {},
): Pick<ResultDocument, 'symmetry' | 'symmetryCuts'> {
  const { instances, cuts } = findCertificates(mdp, scope);
  return { symmetry: instances.map(rowOf), symmetryCuts: cuts };
}

function rowOf({ certificate, involutions, conjecture }: Instance): SymmetryRow {
  const { theorem, state, action = null, other, avoid = [], permutations, copies } = certificate;
  const counts = theorem === 'D.11' ? permutations!.length : theorem === 'D.12' ? copies! : null;
  return {
    theorem,
    state,
    action,
    other: other ?? avoid.join(', '),
    claim: claimOf(certificate),
    strict: isStrict(certificate),
    copies: counts,
    conjecture: conjecture ?? null,
    involutions,
    permutation: permutations === undefined ? null : permutations.map(permutationText).join(' '),
    certificate,
  };
}
