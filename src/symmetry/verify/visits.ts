import type { Mdp } from '../../mdp/model.js';
import type { Certificate } from '../certificate.js';
import type { Permutation } from '../permutation.js';
import type { Check } from '../verify.js';
import { choiceOf, Refused, stateOf } from './names.js';
import { allPaths, dominatedPaths, type Path, visitsAtHalf } from './paths.js';
import { copyOf, distinctChoices, firstUncopied, leadsTo, reachedBy } from './rows.js';
import { onlyOptimum } from './witness.js';

const COPIED = 'every row that can be met is there again, with the states moved by the permutation';
const SOLVED =
  'it solves the Bellman equation exactly, and all other distinct actions where it comes are worse';

/** [P19] Prop. 6.6: F(s) ⊇ φ·F_nd(s') for an involution φ. Strict where F_nd(s) ∖ φ·F_nd(s') is not empty. */
export function copyOfState(
  mdp: Mdp,
  certificate: Certificate,
  [phi]: readonly Permutation[],
  check: Check,
): void {
  const { state, other, dominated = [], strict } = certificate;
  const [s, root] = [stateOf(mdp, state), stateOf(mdp, other)];
  const excepted = new Set<string>();
  if (dominated.length > 0) {
    check('the paths excepted are never the only optimum', () => {
      for (const path of dominatedPaths(mdp, root, dominated, visitsAtHalf)) excepted.add(path.join());
      return 'the visits of each are a mixture of other visits, at γ = 1/2';
    });
  }
  check(`everything that can happen from ${other} has its copy from ${state}`, () => {
    if (phi![root] !== s) throw new Refused(`the permutation does not take ${other} to ${state}`);
    if (excepted.size === 0) {
      requireCopies(mdp, phi!, root, distinctChoices(mdp, root), distinctChoices(mdp, s));
      return COPIED;
    }
    const paths = allPaths(mdp, root, (x) => distinctChoices(mdp, x)).filter(
      (path) => !excepted.has(path.join()),
    );
    const missing = paths.find(
      (path) =>
        !isPath(
          mdp,
          path.map((x) => phi![x]!),
        ),
    );
    if (missing !== undefined)
      throw new Refused(`${missing.map((x) => mdp.states[x]).join(' ')} has no copy`);
    return `the copy of each of ${paths.length} paths is a path`;
  });
  if (strict === undefined) return;
  check(`some policy from ${state} is the only optimum and has no copy`, () => {
    const course = onlyOptimum(mdp, s, strict);
    const image = [...course].map(([x, c]) => copyOf(mdp, c, phi!, distinctChoices(mdp, phi![x]!)));
    if (
      !image.includes(undefined) &&
      !excepted.has(
        pathOf(mdp, s, course)
          .map((x) => phi![x]!)
          .join(),
      )
    ) {
      throw new Refused(`what it does has its copy from ${other}`);
    }
    return SOLVED;
  });
}

/**
 * [P19] Prop. 6.9: F(s|π(s)=a) ⊇ φ·F(s|π(s)=a'), and for part 1 that s is not in REACH(s,a'), for part 2 that s reaches
 * what follows a and a' only by them. E.47 ("bottleneck"): the same from a start, where φ fixes all else. Strict where
 * F_nd(s) ∩ (F(s|π(s)=a) ∖ φ·F(s|π(s)=a')) is not empty.
 */
export function copyOfAction(
  mdp: Mdp,
  certificate: Certificate,
  [phi]: readonly Permutation[],
  check: Check,
): void {
  const { theorem, state, action, other, strict } = certificate;
  const s = stateOf(mdp, state);
  const start = theorem === 'E.47' ? stateOf(mdp, certificate.start) : s;
  const [a, b] = [choiceOf(mdp, s, action), choiceOf(mdp, s, other)];
  check(`everything that can happen after ${other} has its copy after ${action}`, () => {
    if (phi![s] !== s) throw new Refused(`the permutation moves ${state}`);
    requireCopies(mdp, phi!, s, [b], [a]);
    return COPIED;
  });
  const after = (choice: number): Uint8Array => reachedBy(mdp, s, (c, first) => !first || c === choice);
  const [afterA, afterB] = [after(a), after(b)];
  const isAfter = (x: number): boolean => afterA[x] === 1 || afterB[x] === 1;
  if (theorem === '6.9(1)') {
    check(`${state} cannot be reached after ${other}`, () => {
      if (afterB[s] === 1) throw new Refused('it can');
      return 'by search';
    });
  } else {
    check(
      `${mdp.states[start]} reaches what follows ${action} and ${other} only by these two actions`,
      () => {
        const beside = reachedBy(mdp, start, (c) => mdp.choiceClass[c] !== a && mdp.choiceClass[c] !== b);
        const met = beside.findIndex((yes, x) => yes === 1 && isAfter(x));
        if (met >= 0) throw new Refused(`it reaches ${mdp.states[met]} without them`);
        return 'by search without the two actions';
      },
    );
  }
  if (theorem === 'E.47') {
    check('the permutation fixes all that cannot follow the two actions', () => {
      const moved = phi!.findIndex((to, x) => to !== x && !isAfter(x));
      if (moved >= 0) throw new Refused(`it moves ${mdp.states[moved]}`);
      return 'state by state';
    });
  }
  if (strict === undefined) return;
  check(`some policy that takes ${action} in ${state} is the only optimum and has no copy`, () => {
    const course = onlyOptimum(mdp, start, strict);
    if (course.get(s) !== a) throw new Refused(`it does not come to take ${action} in ${state}`);
    const targets = (x: number): number[] => (x === s ? [b] : distinctChoices(mdp, phi![x]!));
    if ([...course].every(([x, c]) => copyOf(mdp, c, phi!, targets(x)) !== undefined)) {
      throw new Refused(`what it does has its copy after ${other}`);
    }
    return SOLVED;
  });
}

function requireCopies(mdp: Mdp, phi: Permutation, root: number, from: number[], to: number[]): void {
  const missing = firstUncopied(mdp, phi, root, from, to);
  if (missing === undefined) return;
  const x = mdp.choicePtr.findLastIndex((first) => first <= missing);
  throw new Refused(`${mdp.actions[missing]} in ${mdp.states[x]} has no copy in ${mdp.states[phi[x]!]}`);
}

function isPath(mdp: Mdp, path: Path): boolean {
  return path.slice(1).every((x, i) => distinctChoices(mdp, path[i]!).some((c) => leadsTo(mdp, c, x)));
}

/** The path of a policy in a deterministic model. */
function pathOf(mdp: Mdp, root: number, course: ReadonlyMap<number, number>): Path {
  const [path] = allPaths(mdp, root, (x) => [course.get(x)!]);
  return path!;
}
