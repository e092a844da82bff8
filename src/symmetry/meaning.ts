import { type Certificate, isStrict, type Names } from './certificate.js';

/**
 * What a certificate proves, in words to be quoted. "Permutations" are those of a distribution over reward functions,
 * counted once each ([P19] Def. 6.5: the orbit); for i.i.d. rewards there is only one, and the claim holds for it outright.
 */
export function claimOf(certificate: Certificate): string {
  const strict = isStrict(certificate) ? strictness(certificate) : '';
  return `${plainClaim(certificate)}${strict}`;
}

function plainClaim(certificate: Certificate): string {
  const { theorem, state, start, action, other, avoid = [], copies = 1, permutations = [] } = certificate;
  switch (theorem) {
    case '6.6':
      return (
        `at every γ, for every bounded distribution at least as many permutations of it give ${state} more POWER than ` +
        `${other} as the other way round`
      );
    case '6.9(1)':
      return (
        `at every γ, for every bounded distribution at least as many permutations of it make ${action} in ${state} lead to ` +
        `more POWER than ${other} as the other way round`
      );
    case '6.9(2)':
      return (
        `at every γ, for every distribution at least as many permutations of it make ${action} in ${state} more probably ` +
        `optimal than ${other} as the other way round`
      );
    case 'E.47':
      return (
        `at every γ, for every distribution at least as many permutations of it make what a policy from ${start} does with ` +
        `${action} in ${state} more probably optimal than what it does with ${other} there as the other way round`
      );
    case '6.12':
      return (
        `at γ = 1, for every bounded distribution at least as many permutations of it give ${state} more POWER than ` +
        `${other} as the other way round`
      );
    case '6.13':
      return (
        `by average reward, for every distribution at least as many permutations of it make it more probable that an optimal ` +
        `policy from ${state} ends where ${action} leads than where ${other} leads as the other way round`
      );
    case 'D.11':
      return (
        `by average reward, for at least ${share(permutations.length)} of the permutations of every distribution it is at ` +
        `least as probable that an optimal policy from ${state} ends where ${action} leads as where ${other} leads`
      );
    case '6.14':
      return (
        `by average reward, for every distribution at least as many permutations of it make it more probable that an optimal ` +
        `policy from ${state} does not end in ${avoid.join()} than that it does as the other way round`
      );
    case 'D.12':
      return (
        `by average reward, for at least ${share(copies)} of the permutations of every distribution it is at least as ` +
        `probable that an optimal policy from ${state} ends elsewhere as that it ends in ${avoid.join(' or ')}`
      );
  }
}

/** n copies: at least n/(n+1) of every orbit ([P22] Lemma B.3). */
function share(copies: number): string {
  return `${copies}/${copies + 1}`;
}

function strictness({ theorem }: Certificate): string {
  switch (theorem) {
    case '6.6':
    case '6.9(1)':
    case '6.9(2)':
    case 'E.47':
      return '; strict for continuous bounded i.i.d. rewards at 0 < γ < 1';
    default:
      return '; strict for continuous bounded i.i.d. rewards';
  }
}

/** A permutation of a certificate in cycle notation: `(left right)(up down)`, `()` if nothing moves. */
export function permutationText(names: Names): string {
  const swaps = Object.entries(names).filter(([from, to]) => from < to);
  if (swaps.length === 0) return '()';
  return swaps.map((pair) => `(${pair.map(word).join(' ')})`).join('');
}

function word(name: string): string {
  return /^[\p{L}\p{N}\p{M}\p{S}_\-.'+]+$/u.test(name) ? name : JSON.stringify(name);
}
