import { usageError } from '../errors.js';
import { type Encoding, sensitivity } from '../exact/sensitivity.js';
import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import type { ResultDocument } from '../report/document.js';
import type { RewardSpec } from '../rewards/spec.js';
import { duplicated, quotient, unchanged } from '../symmetry/variants.js';
import { stateNamed } from './names.js';

interface SensitivityValues {
  readonly state: string | undefined;
  readonly duplicate: readonly string[];
  readonly quotient: boolean;
  readonly gamma: readonly Discount[];
  readonly budget: number;
}

/** More copies make a model that nobody meant. */
const MOST_COPIES = 1000;

/**
 * How findings and numbers at a state change when states are split, and when equivalent ones are merged.
 * @throws {UserError} usage: `--duplicate` is not STATE=K
 */
export function encodingSensitivity(
  mdp: Mdp,
  law: RewardSpec,
  { state, duplicate, quotient: wantsQuotient, gamma, budget }: SensitivityValues,
): Pick<ResultDocument, 'sensitivity'> {
  if (duplicate.length === 0 && !wantsQuotient) return {};
  const merged = quotient(mdp);
  const encodings: Encoding[] = [
    { name: 'as it is', ...unchanged(mdp) },
    ...duplicate.map((text) => split(mdp, text)),
    { name: 'equivalent states merged', ...merged },
  ];
  const named = state === undefined ? mdp.start : stateNamed(mdp, state, '--state');
  // A state that is merged into another is spoken of as that one.
  const focus = merged.origin[merged.image[named]!]!;
  return { sensitivity: sensitivity(encodings, focus, law, gamma, budget) };
}

function split(mdp: Mdp, text: string): Encoding {
  const [, name, digits] = /^(.*)=(\d+)$/s.exec(text) ?? [];
  const copies = Number(digits);
  if (name === undefined || copies < 2 || copies > MOST_COPIES) {
    throw usageError('--duplicate takes a state and into how many it is split', {
      found: text,
      wanted: `STATE=K with K from 2 to ${MOST_COPIES}, such as candy=4`,
    });
  }
  return { name: text, ...duplicated(mdp, stateNamed(mdp, name, '--duplicate'), copies) };
}
