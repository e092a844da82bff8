import { ONE, type Rational, rational, ZERO } from '../../number/rational.js';
import type { Permutation } from '../permutation.js';
import type { Claim } from '../verify.js';
import { given, numberOf, type Row, refuseIf, stateOf } from './model.js';

/** What a policy does where nothing is random: the states from a root to the first that comes again, which ends it. */
type Path = readonly number[];

/** By discounted visits paths differ; by recurrent distributions only their cycles count (Def. 6.10). */
type Criterion = 'visits' | 'recurrent';

/** What policies can do: a path for each text that a criterion tells apart. */
export type Options = ReadonlyMap<string, Path>;

const MIXED = 'the visits of each are a mixture of other visits, at γ = 1/2';

/** Where paths branch more, or are longer, they are not gone through. */
const [MOST_STEPS, LONGEST] = [200_000, 1000];

/** All that policies do from a root, there by the rows given if they are; a stationary one repeats what it does. */
export function optionsFrom({ rows }: Claim, root: number, by: Criterion, first?: readonly Row[]): Options {
  const options = new Map<string, Path>();
  let steps = 0;
  const extend = (path: Path): void => {
    const x = path.at(-1)!;
    for (const { to } of x === root && first ? first : rows[x]!) {
      refuseIf(to.size > 1, 'some transitions are random');
      refuseIf(++steps > MOST_STEPS || path.length > LONGEST, 'there are too many paths');
      const next = [...path, ...to.keys()];
      if (!path.includes(next.at(-1)!)) extend(next);
      else options.set(textOf(next, by), next);
    }
  };
  extend([root]);
  return options;
}

/** The options moved by φ. @throws Refused one is not among the others */
export function requireMoved(options: Options, phi: Permutation, by: Criterion, among: Options): Options {
  const paths = [...options.values()].map((path) => path.map((x) => phi[x]!));
  const moved = new Map(paths.map((path) => [textOf(path, by), path]));
  refuseIf(without(moved, among).size > 0, 'one has no copy');
  return moved;
}

export function without(options: Options, ...out: readonly { has: (text: string) => boolean }[]): Options {
  return new Map([...options].filter(([text]) => !out.some((known) => known.has(text))));
}

/** The states of the cycle at the end. */
export function cycleOf(path: Path): Path {
  return path.slice(path.indexOf(path.at(-1)!), -1);
}

function textOf(path: Path, by: Criterion): string {
  return (by === 'visits' ? path : cycleOf(path).toSorted((a, b) => a - b)).join();
}

/**
 * State to (1−γ)·f^{π,s}(γ) at γ = 1/2, as non-domination at one γ is that at every γ ([P19] Lemma E.31); by recurrent
 * distributions its limit for γ → 1.
 */
function weightsOf(path: Path, by: Criterion): Map<number, Rational> {
  const cycle = cycleOf(path);
  if (by === 'recurrent') return new Map(cycle.map((x) => [x, rational(1n, cycle.length)]));
  const repeats = ONE.div(ONE.sub(rational(1n, 2n ** BigInt(cycle.length))));
  const weight = (x: number, i: number): Rational =>
    rational(1n, 2n ** BigInt(i + 1)).mul(cycle.includes(x) ? repeats : ONE);
  return new Map(path.slice(0, -1).map((x, i) => [x, weight(x, i)]));
}

/**
 * The texts of the paths that the certificate excepts, after a test that the weights of each, which sum to 1, are a mixture of
 * others: then no reward function has it as its only optimum.
 */
export function exceptedOptions(claim: Claim, root: number, by: Criterion): Set<string> {
  const { mdp, certificate, check } = claim;
  const excepted = new Set<string>();
  if (certificate.dominated === undefined) return excepted;
  check('what is excepted is never the only optimum', () => {
    const paths = optionsFrom(claim, root, 'visits');
    const textIn = (names: readonly string[]): string => names.map((name) => stateOf(mdp, name)).join();
    const pathOf = (names: readonly string[]): Path => given(paths.get(textIn(names)), `no path is ${names}`);
    for (const { path: names, mix } of certificate.dominated!) {
      const path = pathOf(names);
      const left = weightsOf(path, by);
      for (const part of mix) {
        const [weight, other] = [numberOf(part.weight), pathOf(part.path)];
        refuseIf(weight.s <= 0n, 'a weight is not positive');
        refuseIf(textOf(other, by) === textOf(path, by), 'a mixture holds the visits themselves');
        for (const [x, w] of weightsOf(other, by)) left.set(x, (left.get(x) ?? ZERO).sub(weight.mul(w)));
      }
      const isMixture = [...left.values()].every(({ n }) => n === 0n);
      refuseIf(!isMixture, `the mixture does not give the visits of ${names}`);
      excepted.add(textOf(path, by));
    }
    return by === 'visits' ? MIXED : 'each cycle is a mixture of other cycles';
  });
  return excepted;
}
