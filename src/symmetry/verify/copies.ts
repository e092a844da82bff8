import type { Claim } from '../verify.js';
import { isCopied, type Row, reached, refuseIf, rowOf, stateOf } from './model.js';
import { exceptedOptions, type Options, optionsFrom, requireMoved, without } from './options.js';
import { onlyBestEnd, onlyOptimum } from './witness.js';

const SOLVED = 'it solves the Bellman equation exactly, and all other distinct actions are worse';

const GREATEST = 'its average reward is greater than that of all others';

/**
 * [P19] Prop. 6.6: F(s) ⊇ φ·F_nd(s') for an involution φ, strict where F_nd(s) ∖ φ·F_nd(s') is not empty; and Prop. 6.12:
 * the same of RSD(s) and RSD_nd(s').
 */
export function copyOfState(claim: Claim): void {
  const { mdp, rows, certificate, check, s } = claim;
  const { theorem, state, other, strict } = certificate;
  const by = theorem === '6.6' ? 'visits' : 'recurrent';
  const [phi, root] = [claim.phi[0]!, stateOf(mdp, other)];
  const excepted = exceptedOptions(claim, root, by);
  let copies: Options | undefined;
  check(`what can be the only optimum from ${other} has its copy from ${state}`, () => {
    refuseIf(by === 'visits' && phi[root] !== s, `the permutation does not take ${other} to ${state}`);
    if (by === 'visits' && excepted.size === 0) return requireCopies(claim, root, rows[root]!, rows[s]!);
    const [here, there] = [optionsFrom(claim, s, by), without(optionsFrom(claim, root, by), excepted)];
    copies = requireMoved(there, phi, by, here);
    return `all ${there.size} are among ${here.size}`;
  });
  if (strict === undefined) return;
  check(`from ${state} something that has no copy is the only optimum`, () => {
    if (by === 'recurrent') {
      const best = onlyBestEnd(claim, optionsFrom(claim, s, by));
      return refuseIf(copies!.has(best), 'the best one is a copy', GREATEST);
    }
    const course = onlyOptimum(claim, s);
    const followed = { ...claim, rows: rows.map((_, x) => [course.get(x)!]) };
    const [path] = copies === undefined ? [] : optionsFrom(followed, s, by).keys();
    const isCopy = copies?.has(path!) ?? [...course].every(([x, row]) => isCopied(row, phi, rows[phi[x]!]!));
    return refuseIf(isCopy, `what it does has its copy from ${other}`, SOLVED);
  });
}

/**
 * [P19] Prop. 6.9: F(s|π(s)=a) ⊇ φ·F(s|π(s)=a'), and for part 1 that s is not in REACH(s,a'), for part 2 that s reaches
 * what follows a and a' only by them. E.47 ("bottleneck"): the same from a start, where φ fixes all else, and what can never
 * be the only optimum needs no copy. Strict where F_nd(s) ∩ (F(s|π(s)=a) ∖ φ·F(s|π(s)=a')) is not empty.
 */
export function copyOfAction(claim: Claim): void {
  const { mdp, rows, certificate, check, s } = claim;
  const { theorem, state, action, other, strict } = certificate;
  const phi = claim.phi[0]!;
  const start = theorem === 'E.47' ? stateOf(mdp, certificate.start) : s;
  const [a, b] = [rowOf(claim, action), rowOf(claim, other)];
  const excepted = exceptedOptions(claim, start, 'visits');
  check(`everything that can happen after ${other} has its copy after ${action}`, () => {
    refuseIf(phi[s] !== s, `the permutation moves ${state}`);
    if (excepted.size === 0) return requireCopies(claim, s, [b], [a]);
    const by = (row: Row): Options => optionsFrom({ ...claim, rows: rows.with(s, [row]) }, start, 'visits');
    const copies = requireMoved(without(by(b), excepted), phi, 'visits', by(a));
    return `all ${copies.size} that can be the only optimum are there`;
  });
  const [afterA, afterB] = [a, b].map((row) => reached([row], (x) => rows[x]!)) as [Set<number>, Set<number>];
  const isAfter = (x: number): boolean => afterA.has(x) || afterB.has(x);
  if (theorem === '6.9(1)') {
    check(`${state} cannot be reached after ${other}`, () => refuseIf(afterB.has(s), 'it can', 'by search'));
  } else {
    check(`${mdp.states[start]} reaches what follows ${action} and ${other} only by these two`, () => {
      const beside = (x: number): readonly Row[] => rows[x]!.filter((row) => row !== a && row !== b);
      const met = [...reached(beside(start), beside)].find(isAfter);
      return refuseIf(met !== undefined, `it reaches ${mdp.states[met!]} without them`, 'by search');
    });
  }
  if (theorem === 'E.47') {
    check('the permutation fixes all that cannot follow the two actions', () => {
      const moved = phi.findIndex((to, x) => to !== x && !isAfter(x));
      return refuseIf(moved >= 0, `it moves ${mdp.states[moved]}`, 'state by state');
    });
  }
  if (strict === undefined) return;
  check(`some policy that takes ${action} in ${state} is the only optimum and has no copy`, () => {
    const course = onlyOptimum(claim, start);
    refuseIf(course.get(s) !== a, `it does not come to take ${action} in ${state}`);
    const isCopy = [...course].every(([x, row]) => isCopied(row, phi, x === s ? [b] : rows[phi[x]!]!));
    return refuseIf(isCopy, `what it does has its copy after ${other}`, SOLVED);
  });
}

/**
 * [P19] Prop. 6.13 and, with n copies, [P22] Cor. D.11, for the recurrent distributions D after one action and D' after
 * another: φ_i·D' ⊆ D, no φ_i changes another copy, and D ∪ D' is orthogonal to RSD_nd(s) ∖ (D ∪ D'). Strict where
 * RSD_nd(s) ∩ (D ∖ φ·D') is not empty.
 */
export function copyOfEnds(claim: Claim): void {
  const { mdp, certificate, phi, check, s } = claim;
  const { theorem, action, other, strict } = certificate;
  const excepted = exceptedOptions(claim, s, 'recurrent');
  const [a, b] = [rowOf(claim, action), rowOf(claim, other)];
  const ends = (first?: readonly Row[]): Options => optionsFrom(claim, s, 'recurrent', first);
  const [all, some, others] = [ends(), ends([a]), ends([b])];
  let copies: readonly Options[] = [];
  check(`every end after ${other} has its copy after ${action}`, () => {
    copies = phi.map((each) => requireMoved(others, each, 'recurrent', some));
    return `all ${others.size} are among ${some.size}`;
  });
  if (theorem === 'D.11') {
    check('the copies differ, and no permutation changes the copy of another', () => {
      const texts = [others, ...copies].map((copy) => [...copy.keys()].sort().join(' '));
      for (const [j, copy] of copies.entries()) {
        for (const [i, each] of phi.entries()) if (i !== j) requireMoved(copy, each, 'recurrent', copy);
      }
      return refuseIf(new Set(texts).size < texts.length, 'two are the same', 'set by set');
    });
  }
  check('they share no state with other ends that can be the only optimum', () => {
    const used = [...some.values(), ...others.values()];
    const rest = [...without(all, some, others, excepted).values()].flatMap((ends) => [...ends.keys()]);
    const shared = rest.find((x) => used.some((ends) => ends.has(x)));
    return refuseIf(shared !== undefined, `another visits ${mdp.states[shared!]} too`, 'state by state');
  });
  if (strict === undefined) return;
  check(`an end after ${action} that is no copy is the only optimum`, () => {
    const best = onlyBestEnd(claim, all);
    const isOther = !some.has(best) || copies[0]!.has(best);
    return refuseIf(isOther, 'the best one is a copy, or does not follow it', GREATEST);
  });
}

/** Each row that can be met, at the root those given, is there again, states moved by φ: φ·F ⊆ F' for the visits F and F'. */
function requireCopies(claim: Claim, root: number, from: readonly Row[], to: readonly Row[]): string {
  const { mdp, rows } = claim;
  const phi = claim.phi[0]!;
  const rowsAt = (x: number): readonly Row[] => (x === root ? from : rows[x]!);
  for (const x of reached(from, rowsAt).add(root)) {
    const missing = rowsAt(x).find((row) => !isCopied(row, phi, x === root ? to : rows[phi[x]!]!));
    const words = `${mdp.actions[missing?.choice ?? 0]} in ${mdp.states[x]}`;
    refuseIf(missing !== undefined, `${words} has no copy in ${mdp.states[phi[x]!]}`);
  }
  return 'every row that can be met is there again, with the states moved by the permutation';
}
