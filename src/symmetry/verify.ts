import type { Mdp } from '../mdp/model.js';
import { type Certificate, isStrict, type Theorem } from './certificate.js';
import { modelHash } from './model-hash.js';
import type { Permutation } from './permutation.js';
import { averageCopies, averageOfState } from './verify/average.js';
import { involutionOf, Refused } from './verify/names.js';
import { oneCycleCopies } from './verify/one-cycles.js';
import { copyOfAction, copyOfState } from './verify/visits.js';

/** One hypothesis of a theorem, and how it was found to hold, or why it does not. */
export interface Step {
  readonly hypothesis: string;
  readonly finding: string;
  readonly holds: boolean;
}

/** All hypotheses in order, up to the first that fails. */
export interface Verification {
  readonly valid: boolean;
  readonly strict: boolean;
  readonly steps: readonly Step[];
}

/** Records a hypothesis: `test` says how it holds, or throws Refused. */
export type Check = (hypothesis: string, test: () => string) => void;

type Checker = (mdp: Mdp, certificate: Certificate, phi: readonly Permutation[], check: Check) => void;

/** [P19] is arXiv:1912.01683, [P22] is arXiv:2206.13477. */
const checkers: Readonly<Record<Theorem, Checker>> = {
  '6.6': copyOfState,
  '6.9(1)': copyOfAction,
  '6.9(2)': copyOfAction,
  'E.47': copyOfAction,
  '6.12': averageOfState,
  '6.13': averageCopies,
  'D.11': averageCopies,
  '6.14': oneCycleCopies,
  'D.12': oneCycleCopies,
};

/**
 * Checks a certificate against a model, hypothesis by hypothesis, in exact arithmetic. It trusts nothing but the model and
 * shares nothing with the search that may have found the certificate.
 */
export function verifyCertificate(mdp: Mdp, certificate: Certificate): Verification {
  const steps: Step[] = [];
  const check: Check = (hypothesis, test) => {
    let refusal: Refused | undefined;
    let finding = '';
    try {
      finding = test();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusal = error;
    }
    steps.push({ hypothesis, finding: refusal?.message ?? finding, holds: refusal === undefined });
    if (refusal !== undefined) throw refusal;
  };
  try {
    check('the certificate is about this model', () => {
      const hash = modelHash(mdp);
      if (hash !== certificate.model) throw new Refused(`the hash of this model is ${hash}`);
      return 'states, actions and exact probabilities have the same hash';
    });
    const phi: Permutation[] = [];
    const { theorem, permutations } = certificate;
    if (permutations !== undefined) {
      check(
        theorem === 'D.11' ? 'each permutation is its own inverse' : 'the permutation is its own inverse',
        () => {
          const { length } = permutations;
          if (length === 0 || (length > 1 && theorem !== 'D.11'))
            throw new Refused(`there are ${length} permutations`);
          phi.push(...permutations.map((names) => involutionOf(mdp, names)));
          return `φ(φ(x)) = x for all ${mdp.stateCount} states`;
        },
      );
    }
    checkers[theorem](mdp, certificate, phi, check);
    return { valid: true, strict: isStrict(certificate), steps };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (steps.at(-1)?.holds !== false) {
      steps.push({
        hypothesis: 'the certificate can be read for this model',
        finding: error.message,
        holds: false,
      });
    }
    return { valid: false, strict: false, steps };
  }
}
