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
    const needed = copies * avoided.size;
    let found = 0;
    for (let x = 0; x < rows.length && found < needed; x++)
      if (!avoided.has(x) && isOneCycle(x) && isReached(x)) found++;
    return refuseIf(found < needed, `there are only ${found}`, `${found} were found by search`);
  });
}

/**
 * Tells for any x whether some policy reaches it from s with probability 1: at once where transitions that are certain lead
 * there, otherwise the states are kept from which x can be reached by rows that cannot leave the states kept, until none is
 * lost (de Alfaro 1997, ch. 3).
 */
function certainReach({ rows, s }: Claim): (x: number) => boolean {
  const certain = (x: number): readonly Row[] => rows[x]!.filter(({ to }) => to.size === 1);
  const sure = reached(certain(s), certain).add(s);
  const all = reached(rows[s]!, (x) => rows[x]!).add(s);
  const into = rows.map(() => [] as [number, Row][]);
  for (const y of all) for (const row of rows[y]!) for (const t of row.to.keys()) into[t]!.push([y, row]);
  return (x) => {
    if (sure.has(x)) return true;
    for (let [kept, reaching] = [all, new Set<number>()]; all.has(x) && kept.has(s); kept = reaching) {
      reaching = new Set([x]);
      const isKept = ({ to }: Row): boolean => [...to.keys()].every((t) => kept.has(t));
      for (const y of reaching)
        for (const [z, row] of into[y]!) if (kept.has(z) && isKept(row)) reaching.add(z);
      if (reaching.size === kept.size) return true;
    }
    return false;
  };
}
