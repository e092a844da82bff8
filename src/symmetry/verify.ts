import { distinctRows } from '../mdp/distinct-rows.js';
import type { Mdp } from '../mdp/model.js';
import {
  type Certificate,
  FIELDS,
  isStrict,
  type Names,
  type Step,
  type Verification,
} from './certificate.js';
import { modelHash } from './model-hash.js';
import { identity, type Permutation } from './permutation.js';
import { copyOfAction, copyOfEnds, copyOfState } from './verify/copies.js';
import { Refused, type Rows, refuseIf, stateOf } from './verify/model.js';
import { oneCycleCopies } from './verify/one-cycles.js';

/** What is to be checked. */
export interface Claim {
  readonly mdp: Mdp;
  readonly rows: Rows;
  readonly certificate: Certificate;
  /** the state of the certificate */
  readonly s: number;
  /** its involutions */
  readonly phi: readonly Permutation[];
  /** records a hypothesis: `test` says how it holds, or throws Refused */
  readonly check: (hypothesis: string, test: () => string) => void;
}

/** [P19] is arXiv:1912.01683, [P22] is arXiv:2206.13477. */
const checkers = { states: copyOfState, actions: copyOfAction, ends: copyOfEnds, oneCycles: oneCycleCopies };

/**
 * Checks a certificate against a model, hypothesis by hypothesis, in exact arithmetic. It trusts nothing but the model and
 * shares nothing with the search that may have found the certificate.
 */
export function verifyCertificate(mdp: Mdp, certificate: Certificate): Verification {
  const steps: Step[] = [];
  const { theorem, permutations } = certificate;
  const unread = 'the certificate can be read for this model';
  let hypothesis = unread;
  const check: Claim['check'] = (name, test) => {
    hypothesis = name;
    steps.push({ hypothesis, finding: test(), holds: true });
    hypothesis = unread;
  };
  try {
    check('the certificate is about this model', () => {
      const hash = modelHash(mdp);
      refuseIf(hash !== certificate.model, `the hash of this model is ${hash}`);
      return 'states, actions and exact probabilities have the same hash';
    });
    const s = stateOf(mdp, certificate.state);
    let phi: readonly Permutation[] = [];
    if (permutations !== undefined) {
      check(`${theorem === 'D.11' ? 'each' : 'the'} permutation is its own inverse`, () => {
        const { length } = permutations;
        refuseIf(length === 0 || (length > 1 && theorem !== 'D.11'), `there are ${length} of them`);
        phi = permutations.map((names) => involutionOf(mdp, names));
        return `φ(φ(x)) = x for all ${mdp.stateCount} states`;
      });
    }
    checkers[FIELDS[theorem].kind]({ mdp, rows: distinctRows(mdp), certificate, s, phi, check });
    return { valid: true, strict: isStrict(certificate), steps };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    steps.push({ hypothesis, finding: error.message, holds: false });
    return { valid: false, strict: false, steps };
  }
}

/** φ as an involution (Def. 6.1): every state that moves is listed, and moves back. */
function involutionOf(mdp: Mdp, names: Names): Permutation {
  const phi = identity(mdp.stateCount);
  for (const [from, to] of Object.entries(names)) phi[stateOf(mdp, from)] = stateOf(mdp, to);
  const wrong = phi.findIndex((image, x) => phi[image] !== x);
  refuseIf(wrong >= 0, `${mdp.states[wrong]} goes to a state that does not go back to it`);
  return phi;
}
