import type { Mdp } from '../../mdp/model.js';
import { ONE, type Rational, rational, rationalText } from '../../number/rational.js';
import { type Certificate, isStrict, type Theorem } from '../../symmetry/certificate.js';
import { findCertificates } from '../../symmetry/find-certificates.js';
import { permutationText } from '../../symmetry/meaning.js';
import type { AssertionRow } from '../result.js';
import { choiceOf, stateOf } from './names.js';
import type { AssertionText, WrittenTheorem } from './syntax.js';

/** That a theorem about most reward functions applies to states and actions of a model. */
export interface TheoremClaim {
  readonly kind: 'theorem';
  readonly text: string;
  /** `6.9` is both of its parts */
  readonly theorem: WrittenTheorem['theorem'];
  readonly strict: boolean;
  readonly state: number;
  /** choices, where actions are compared */
  readonly choices: readonly [number, number] | null;
  /** the other state, or the avoided ones */
  readonly others: readonly string[];
  readonly share: Rational | null;
}

/** @throws {UserError} E_ASSERTION: a state or action that is not there */
export function bindTheorem(mdp: Mdp, written: AssertionText, stated: WrittenTheorem): TheoremClaim {
  const { theorem, strict, names, share } = stated;
  const state = stateOf(mdp, written, names[0]!);
  const rest = names.slice(1);
  const ofStates = theorem === '6.6' || theorem === '6.12' || theorem === '6.14' || theorem === 'D.12';
  if (ofStates) for (const word of rest) stateOf(mdp, written, word);
  const choices = ofStates
    ? null
    : ([choiceOf(mdp, written, state, rest[0]!), choiceOf(mdp, written, state, rest[1]!)] as const);
  const others = ofStates ? rest.map(({ text }) => text) : [];
  return { kind: 'theorem', text: written.text.trim(), theorem, strict, state, choices, others, share };
}

/** Theorems of which all instances are found in models with random transitions too. */
const OF_RANDOM: readonly string[] = ['6.12', '6.13', 'D.11'];

/**
 * Whether the theorem applies: it holds if certificates of all that is claimed are found and pass the checker. Where none is
 * found, the claim fails if the search for it was complete; where it was not, and for shares of orbits, it is undecided.
 */
export function judgeTheorem(mdp: Mdp, claim: TheoremClaim): AssertionRow {
  const { text, theorem, strict, state, choices, share } = claim;
  const parts: readonly Theorem[] = theorem === '6.9' ? ['6.9(1)', '6.9(2)'] : [theorem];
  // One copy, as in 6.13, is not listed as D.11, and does not contradict it.
  const theorems: readonly Theorem[] = theorem === 'D.11' ? ['6.13', 'D.11'] : parts;
  const scope = { theorems, state, ...(choices !== null && { choices }) };
  const { instances, cuts } = findCertificates(mdp, scope);
  const found = parts.map((part) =>
    instances
      .map(({ certificate }) => certificate)
      .filter((certificate) => certificate.theorem === part && isAbout(mdp, certificate, claim))
      .sort((a, b) => shareOf(b).compare(shareOf(a)) || Number(isStrict(b)) - Number(isStrict(a)))
      .find((certificate) => !strict || isStrict(certificate)),
  );
  const certified = found.filter((certificate) => certificate !== undefined);
  const isEnough = certified.every(
    (certificate) => share === null || shareOf(certificate).compare(share) >= 0,
  );
  const isComplete =
    cuts.length === 0 &&
    share === null &&
    (mdp.transitionCount === mdp.choiceCount || OF_RANDOM.includes(theorem)) &&
    !(theorem === 'D.11' && instances.some(({ certificate }) => isAbout(mdp, certificate, claim)));
  const holds = certified.length === parts.length && isEnough;
  return {
    text,
    claim: text,
    gamma: null,
    outcome: holds ? 'holds' : isComplete ? 'fails' : 'undecided',
    difference: null,
    low: null,
    high: null,
    exact: null,
    basis: 'theorem',
    evidence: holds
      ? certified.map(evidenceOf).join('; ')
      : certified.length === parts.length
        ? `certified for ${certified.map((certificate) => rationalText(shareOf(certificate))).join(', ')} of every orbit only`
        : `no certificate${strict ? ' of the strict form' : ''} found${isComplete ? ', and all were looked for' : ''}`,
  };
}

function isAbout(mdp: Mdp, certificate: Certificate, { state, choices, others }: TheoremClaim): boolean {
  if (certificate.state !== mdp.states[state]) return false;
  if (certificate.start !== undefined && certificate.start !== mdp.states[mdp.start]) return false;
  if (choices !== null) {
    // An action stands for all that do the same.
    const alike = (name: string | undefined, choice: number): boolean =>
      mdp.actions
        .slice(mdp.choicePtr[state], mdp.choicePtr[state + 1])
        .some(
          (action, a) =>
            action === name && mdp.choiceClass[mdp.choicePtr[state]! + a] === mdp.choiceClass[choice],
        );
    return alike(certificate.action, choices[0]) && alike(certificate.other, choices[1]);
  }
  const named = certificate.avoid ?? [certificate.other];
  return named.length === others.length && others.every((other) => named.includes(other));
}

/** n copies: the claim holds for at least n/(n+1) of every orbit ([P22] Lemma B.3). */
function shareOf({ theorem, permutations = [], copies = 1 }: Certificate): Rational {
  const count = theorem === 'D.11' ? permutations.length : theorem === 'D.12' ? copies : 1;
  return ONE.sub(rational(1n, BigInt(count + 1)));
}

function evidenceOf(certificate: Certificate): string {
  const { theorem, permutations } = certificate;
  const by = permutations === undefined ? '' : `, by ${permutations.map(permutationText).join(' ')}`;
  const share =
    theorem === 'D.11' || theorem === 'D.12'
      ? `, for ${rationalText(shareOf(certificate))} of every orbit`
      : '';
  return `${theorem}${isStrict(certificate) ? ', strict' : ''}${share}${by}`;
}
