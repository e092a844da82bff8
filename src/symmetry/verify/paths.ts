import type { Mdp } from '../../mdp/model.js';
import { ONE, type Rational, rational, ZERO } from '../../number/rational.js';
import type { Dominated } from '../certificate.js';
import { numberOf, Refused, stateOf } from './names.js';
import { distinctChoices, leadsTo, successorsOf } from './rows.js';

/** What a policy does where nothing is random: the states from a root to the first that comes again, which ends it. */
export type Path = readonly number[];

/** No more paths are gone through. */
const MOST_PATHS = 20_000;

/** Every path from a root; a stationary policy takes the same choice of `choicesAt` whenever it comes to a state. */
export function allPaths(mdp: Mdp, root: number, choicesAt: (x: number) => readonly number[]): Path[] {
  const paths: Path[] = [];
  const extend = (path: readonly number[]): void => {
    for (const choice of choicesAt(path.at(-1)!)) {
      const [next, another] = successorsOf(mdp, choice) as unknown as [number, number | undefined];
      if (another !== undefined) throw new Refused('some transitions are random');
      if (!path.includes(next)) extend([...path, next]);
      else if (paths.push([...path, next]) > MOST_PATHS)
        throw new Refused(`there are over ${MOST_PATHS} paths`);
    }
  };
  extend([root]);
  return paths;
}

/** The states of the cycle at the end. Recurrent state distributions are uniform on them (Def. 6.10). */
export function cycleOf(path: Path): number[] {
  return path.slice(path.indexOf(path.at(-1)!), -1).sort((a, b) => a - b);
}

/** State to weight: (1−γ)·f^{π,s}(γ) at γ = 1/2. Non-domination at one γ is that at every γ ([P19] Lemma E.31). */
export function visitsAtHalf(path: Path): Map<number, Rational> {
  const first = path.indexOf(path.at(-1)!);
  const length = path.length - 1 - first;
  const repeats = ONE.div(ONE.sub(rational(1n, 2n ** BigInt(length))));
  return new Map(
    path.slice(0, -1).map((x, i) => {
      const once = rational(1n, 2n ** BigInt(i + 1));
      return [x, i < first ? once : once.mul(repeats)];
    }),
  );
}

/** State to weight: lim (1−γ)·f^{π,s}(γ) for γ → 1. */
export function recurrentVisits(path: Path): Map<number, Rational> {
  const cycle = cycleOf(path);
  return new Map(cycle.map((x) => [x, rational(1n, cycle.length)]));
}

/**
 * The paths given, after a test that the visits of each are a mixture of other visits: then no reward function has them as
 * its only optimum.
 */
export function dominatedPaths(
  mdp: Mdp,
  root: number,
  dominated: readonly Dominated[],
  visitsOf: (path: Path) => Map<number, Rational>,
): Path[] {
  return dominated.map(({ path: names, mix }) => {
    const path = pathOf(mdp, root, names);
    const left = visitsOf(path);
    let weights = ZERO;
    for (const part of mix) {
      const weight = numberOf(part.weight);
      const visits = visitsOf(pathOf(mdp, root, part.path));
      if (weight.s <= 0n) throw new Refused('a weight is not positive');
      if (sameWeights(visits, visitsOf(path))) throw new Refused('a mixture holds the visits themselves');
      for (const [x, w] of visits) left.set(x, (left.get(x) ?? ZERO).sub(weight.mul(w)));
      weights = weights.add(weight);
    }
    if (!weights.equals(ONE) || [...left.values()].some(({ n }) => n !== 0n)) {
      throw new Refused(`the mixture does not give the visits of ${names.join(' ')}`);
    }
    return path;
  });
}

function pathOf(mdp: Mdp, root: number, names: readonly string[]): Path {
  const path = names.map((name) => stateOf(mdp, name));
  const isStep = (x: number, i: number): boolean =>
    i === 0 || distinctChoices(mdp, path[i - 1]!).some((choice) => leadsTo(mdp, choice, x));
  const ends =
    path.length > 1 && new Set(path).size === path.length - 1 && path.indexOf(path.at(-1)!) < path.length - 1;
  if (path[0] !== root || !ends || !path.every(isStep))
    throw new Refused(`${names.join(' ')} is no path of the model`);
  return path;
}

function sameWeights(a: Map<number, Rational>, b: Map<number, Rational>): boolean {
  return a.size === b.size && [...a].every(([x, weight]) => b.get(x)?.equals(weight) === true);
}
