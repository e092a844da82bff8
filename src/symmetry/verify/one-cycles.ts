import type { Mdp } from '../../mdp/model.js';
import type { Certificate } from '../certificate.js';
import type { Permutation } from '../permutation.js';
import type { Check } from '../verify.js';
import { Refused, stateOf } from './names.js';
import { distinctChoices, leadsTo, reachedBy, successorsOf } from './rows.js';

/**
 * [P22] Cor. D.12: k 1-cycles and n·k others, all in RSD(s). [P19] Cor. 6.14 is that with k = 1: one other is needed, and a
 * second one (n = 2) makes it strict.
 */
export function oneCycleCopies(
  mdp: Mdp,
  certificate: Certificate,
  _: readonly Permutation[],
  check: Check,
): void {
  const { theorem, state, avoid, copies } = certificate;
  const isReached = certainReach(mdp, stateOf(mdp, state));
  const isOneCycle = (x: number): boolean =>
    distinctChoices(mdp, x).some((choice) => leadsTo(mdp, choice, x));
  const avoided = new Set(avoid);
  check('the 1-cycles to avoid are different, and can be reached with probability 1', () => {
    const { size } = avoided;
    if (size === 0 || size < avoid!.length) throw new Refused('none is given, or one is given twice');
    if (theorem === '6.14' && (size > 1 || copies! > 2))
      throw new Refused('the corollary is about one of them');
    for (const name of avoided) {
      const x = stateOf(mdp, name);
      if (!isOneCycle(x)) throw new Refused(`no action stays in ${name}`);
      if (!isReached(x)) throw new Refused(`${name} cannot be reached with probability 1`);
    }
    return 'an action of each certainly stays; reached by search';
  });
  check(`there are at least ${copies} times as many other 1-cycles`, () => {
    if (!(Number.isSafeInteger(copies) && copies! >= 1)) throw new Refused('this is no number of copies');
    const wanted = copies! * avoided.size;
    let found = 0;
    for (let x = 0; x < mdp.stateCount && found < wanted; x++) {
      if (!avoided.has(mdp.states[x]!) && isOneCycle(x) && isReached(x)) found++;
    }
    if (found < wanted) throw new Refused(`there are only ${found}`);
    return `${wanted} were found that can be reached with probability 1`;
  });
}

/**
 * Tells for any x whether some policy reaches it from s with probability 1. With deterministic transitions one search
 * answers for all; otherwise for each x the states are kept from which x can be reached by choices that cannot leave the
 * states kept, until none is lost (de Alfaro 1997, ch. 3).
 */
function certainReach(mdp: Mdp, s: number): (x: number) => boolean {
  const reached = reachedBy(mdp, s, () => true).fill(1, s, s + 1);
  if (mdp.transitionCount === mdp.choiceCount) return (x) => reached[x] === 1;
  return (x) => {
    let kept = new Set([...reached.keys()].filter((y) => reached[y] === 1));
    while (kept.has(s)) {
      const reaching = new Set(kept.has(x) ? [x] : []);
      const leads = (c: number): boolean =>
        successorsOf(mdp, c).every((t) => kept.has(t)) && successorsOf(mdp, c).some((t) => reaching.has(t));
      for (let size = -1; size < reaching.size; ) {
        size = reaching.size;
        for (const y of kept) if (!reaching.has(y) && distinctChoices(mdp, y).some(leads)) reaching.add(y);
      }
      if (reaching.size === kept.size) return true;
      kept = reaching;
    }
    return false;
  };
}
