import type { Mdp } from '../../mdp/model.js';
import { type Rational, rational, ZERO } from '../../number/rational.js';
import type { Certificate } from '../certificate.js';
import type { Permutation } from '../permutation.js';
import type { Check } from '../verify.js';
import { choiceOf, Refused, rewardOf, stateOf } from './names.js';
import { allPaths, cycleOf, dominatedPaths, recurrentVisits } from './paths.js';
import { distinctChoices } from './rows.js';

/** Recurrent state distributions of a deterministic model: the states of each cycle, by their text. */
type Cycles = ReadonlyMap<string, readonly number[]>;

/** [P19] Prop. 6.12: RSD(s) ⊇ φ·RSD_nd(s'). Strict where RSD_nd(s) ∖ φ·RSD_nd(s') is not empty. */
export function averageOfState(
  mdp: Mdp,
  certificate: Certificate,
  [phi]: readonly Permutation[],
  check: Check,
): void {
  const [s, other] = [stateOf(mdp, certificate.state), stateOf(mdp, certificate.other)];
  const excepted = exceptedCycles(mdp, other, certificate, check);
  const name = certificate.other;
  check(
    `every cycle that can be the only optimum from ${name} has its copy from ${certificate.state}`,
    () => {
      const there = without(cyclesFrom(mdp, other), excepted);
      const image = moved(there, phi!);
      const here = cyclesFrom(mdp, s);
      requireSubset(image, here);
      return `all ${there.size} are among ${here.size}`;
    },
  );
  checkStrict(mdp, s, certificate, check, (best) =>
    moved(without(cyclesFrom(mdp, other), excepted), phi!).has(best),
  );
}

/**
 * [P19] Prop. 6.13 and, with n copies, [P22] Cor. D.11, for the recurrent distributions D after one action and D' after
 * another: φ_i·D' ⊆ D, no φ_i changes another copy, and D ∪ D' is orthogonal to RSD_nd(s) ∖ (D ∪ D').
 */
export function averageCopies(
  mdp: Mdp,
  certificate: Certificate,
  phi: readonly Permutation[],
  check: Check,
): void {
  const { theorem, state, action, other } = certificate;
  const s = stateOf(mdp, state);
  const some = cyclesFrom(mdp, s, choiceOf(mdp, s, action));
  const others = cyclesFrom(mdp, s, choiceOf(mdp, s, other));
  const excepted = exceptedCycles(mdp, s, certificate, check);
  const copies = phi.map((each) => moved(others, each));
  check(`every cycle after ${other} has its copy after ${action}`, () => {
    for (const copy of copies) requireSubset(copy, some);
    return `all ${others.size} are among ${some.size}`;
  });
  if (theorem === 'D.11') {
    check('the copies differ, and no permutation changes the copy of another', () => {
      const texts = [others, ...copies].map((copy) => [...copy.keys()].sort().join(' '));
      if (new Set(texts).size < texts.length) throw new Refused('two are the same');
      for (const [i, each] of phi.entries()) {
        for (const [j, copy] of copies.entries()) if (i !== j) requireSubset(moved(copy, each), copy);
      }
      return 'set by set';
    });
  }
  check('they share no state with other cycles that can be the only optimum', () => {
    const used = new Set([...some.values(), ...others.values()].flat());
    const rest = without(without(without(cyclesFrom(mdp, s), excepted), some), others);
    const shared = [...rest.values()].flat().find((x) => used.has(x));
    if (shared !== undefined) throw new Refused(`another one visits ${mdp.states[shared]} too`);
    return `there are ${rest.size} others`;
  });
  checkStrict(mdp, s, certificate, check, (best) => !some.has(best) || copies[0]!.has(best));
}

function checkStrict(
  mdp: Mdp,
  s: number,
  { strict }: Certificate,
  check: Check,
  isCopied: (best: string) => boolean,
): void {
  if (strict === undefined) return;
  check('a cycle without a copy is the only optimum', () => {
    const reward = rewardOf(mdp, strict.reward);
    const mean = (cycle: readonly number[]): Rational =>
      cycle.reduce((sum, x) => sum.add(reward.get(x) ?? ZERO), ZERO).div(rational(cycle.length));
    const ranked = [...cyclesFrom(mdp, s)].sort(([, a], [, b]) => mean(b).compare(mean(a)));
    const [best, second] = ranked;
    if (second !== undefined && mean(best![1]).equals(mean(second[1])))
      throw new Refused('several are optimal');
    if (isCopied(best![0])) throw new Refused('the optimal one is a copy, or on neither side');
    return `its average reward is the largest of ${ranked.length}`;
  });
}

function exceptedCycles(mdp: Mdp, root: number, { dominated = [] }: Certificate, check: Check): Cycles {
  let excepted: Cycles = new Map();
  if (dominated.length === 0) return excepted;
  check('the cycles excepted are never the only optimum', () => {
    excepted = byText(dominatedPaths(mdp, root, dominated, recurrentVisits).map(cycleOf));
    return 'the recurrent distribution of each is a mixture of others';
  });
  return excepted;
}

function cyclesFrom(mdp: Mdp, root: number, first?: number): Cycles {
  const choicesAt = (x: number): number[] =>
    x === root && first !== undefined ? [first] : distinctChoices(mdp, x);
  return byText(allPaths(mdp, root, choicesAt).map(cycleOf));
}

function byText(cycles: readonly number[][]): Cycles {
  return new Map(cycles.map((cycle) => [cycle.sort((a, b) => a - b).join(), cycle]));
}

function moved(cycles: Cycles, phi: Permutation): Cycles {
  return byText([...cycles.values()].map((cycle) => cycle.map((x) => phi[x]!)));
}

function without(cycles: Cycles, out: Cycles): Cycles {
  return new Map([...cycles].filter(([text]) => !out.has(text)));
}

function requireSubset(part: Cycles, whole: Cycles): void {
  for (const text of part.keys()) if (!whole.has(text)) throw new Refused('one has no copy');
}
