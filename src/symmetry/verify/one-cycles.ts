import type { Claim } from '../verify.js';
import { type Row, reached, refuseIf, stateOf } from './model.js';

/**
 * [P22] Cor. D.12: k 1-cycles and n·k others, all in RSD(s). [P19] Cor. 6.14 is that with k = 1: one other is needed, and a
 * second one (n = 2) makes it strict.
 */
export function oneCycleCopies(claim: Claim): void {
  const { mdp, rows, certificate, check } = claim;
  const { theorem, avoid = [], copies = 0 } = certificate;
  const isReached = certainReach(claim);
  const isOneCycle = (x: number): boolean => rows[x]!.some(({ to }) => to.size === 1 && to.has(x));
  const avoided = new Set(avoid.map((name) => stateOf(mdp, name)));
  check('the 1-cycles to avoid are different, and can be reached with probability 1', () => {
    refuseIf(avoided.size === 0 || avoided.size < avoid.length, 'none is given, or one is given twice');
    refuseIf(theorem === '6.14' && (avoided.size > 1 || copies > 2), 'the corollary is about one of them');
    const wrong = [...avoided].find((x) => !isOneCycle(x) || !isReached(x));
    return refuseIf(wrong !== undefined, `${mdp.states[wrong!]} is no such 1-cycle`, 'by search');
  });
  check(`there are at least ${copies} times as many other 1-cycles`, () => {
    refuseIf(!(Number.isSafeInteger(copies) && copies >= 1), 'this is no number of copies');
    const found = mdp.states.filter((_, x) => !avoided.has(x) && isOneCycle(x) && isReached(x)).length;
    return refuseIf(
      found < copies * avoided.size,
      `there are only ${found}`,
      `${found} were found by search`,
    );
  });
}

/**
 * Tells for any x whether some policy reaches it from s with probability 1. With deterministic transitions one search
 * answers for all; otherwise for each x the states are kept from which x can be reached by rows that cannot leave the states
 * kept, until none is lost (de Alfaro 1997, ch. 3).
 */
function certainReach({ mdp, rows, s }: Claim): (x: number) => boolean {
  const all = reached(rows[s]!, (x) => rows[x]!).add(s);
  if (mdp.transitionCount === mdp.choiceCount) return (x) => all.has(x);
  return (x) => {
    for (let [kept, reaching] = [all, new Set<number>()]; all.has(x) && kept.has(s); kept = reaching) {
      reaching = new Set([x]);
      const isKept = ({ to }: Row): boolean => [...to.keys()].every((t) => kept.has(t));
      const leads = (row: Row): boolean => isKept(row) && [...row.to.keys()].some((t) => reaching.has(t));
      for (let size = 0; size < reaching.size; ) {
        size = reaching.size;
        for (const y of kept) if (rows[y]!.some(leads)) reaching.add(y);
      }
      if (reaching.size === kept.size) return true;
    }
    return false;
  };
}
