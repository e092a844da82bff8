import { discountedVisits, limitDistribution } from '../../number/markov-chain.js';
import { type Rational, rational, rationalText, ZERO } from '../../number/rational.js';
import type { Named } from '../certificate.js';
import type { Permutation } from '../permutation.js';
import type { Claim } from '../verify.js';
import { given, numberOf, numbersOf, type Row, type Rows, refuseIf, stateOf } from './model.js';

/** A policy as far as it matters: the states it comes to, in order, and the row it takes there. */
type Policy = ReadonlyMap<number, Row>;

/** (1−γ)·f^{π,s}(γ) at γ = 1/2, or its limit for γ → 1 (Def. 6.10): numbers of states that sum to 1. */
type Weights = ReadonlyMap<number, Rational>;

/** By visits, where nothing is random, paths differ; by recurrent distributions these alone count. */
type Criterion = 'visits' | 'recurrent';

/** What policies can do: weights for each text that a criterion tells apart, a path or the weights themselves. */
export type Options = ReadonlyMap<string, Weights>;

const MIXED = 'the visits of each are a mixture of other visits, at γ = 1/2';

/** Where there is more to do, it is not done: steps, and operations where systems of equations are solved. */
const [MOST_WORK, STEP, LONGEST] = [1_000_000, 5, 1000];

const known = new WeakMap<Rows, Map<string, Options>>();

/** All that policies do from a root, there by the rows given if they are; a stationary one repeats what it does. */
export function optionsFrom(claim: Claim, root: number, by: Criterion, first?: readonly Row[]): Options {
  const { rows } = claim;
  const options = new Map<string, Weights>();
  let work = 0;
  const extend = (policy: Policy, met: readonly number[]): void => {
    const x = met[policy.size];
    if (x === undefined) {
      const path = pathOf(policy);
      refuseIf(path === undefined && by === 'visits', 'some transitions are random');
      work += path !== undefined && by === 'recurrent' ? 0 : policy.size ** 3 / 20;
      const weights = weightsOf(claim, policy, by);
      options.set(by === 'visits' ? path! : textOf(weights), weights);
      return;
    }
    for (const row of x === root && first ? first : rows[x]!) {
      work += STEP;
      refuseIf(work > MOST_WORK || met.length > LONGEST, 'there are too many policies');
      extend(new Map([...policy, [x, row]]), [...new Set([...met, ...row.to.keys()])]);
    }
  };
  const cache = known.get(rows) ?? new Map<string, Options>();
  const key = [by, root, ...(first ?? []).map(({ choice }) => choice)].join();
  if (!cache.has(key)) extend(new Map(), [root]);
  known.set(rows, cache.set(key, cache.get(key) ?? options));
  return cache.get(key)!;
}

/** The options moved by φ. @throws Refused one is not among the others */
export function requireMoved(options: Options, phi: Permutation, by: Criterion, among: Options): Options {
  const moved = new Map<string, Weights>();
  for (const [text, weights] of options) {
    const image = new Map([...weights].map(([x, w]) => [phi[x]!, w]));
    const path = text.split(',').map((x) => phi[Number(x)]);
    moved.set(by === 'visits' ? path.join() : textOf(image), image);
  }
  refuseIf(without(moved, among).size > 0, 'one has no copy');
  return moved;
}

export function without(options: Options, ...out: readonly { has: (text: string) => boolean }[]): Options {
  return new Map([...options].filter(([text]) => !out.some((others) => others.has(text))));
}

function textOf(weights: Weights): string {
  return [...weights.keys()]
    .sort((x, y) => x - y)
    .map((x) => `${x}: ${rationalText(weights.get(x)!)}`)
    .join();
}

/** The states from the root to the first that comes again; undefined where something is random. */
function pathOf(policy: Policy): string | undefined {
  const rows = [...policy.values()];
  const isCertain = rows.every(({ to }) => to.size === 1);
  return isCertain ? [...policy.keys(), ...rows.at(-1)!.to.keys()].join() : undefined;
}

/** At γ = 1/2, as non-domination at one γ is that at every γ ([P19] Lemma E.31). */
function weightsOf({ mdp }: Claim, policy: Policy, by: Criterion): Weights {
  const states = [...policy.keys()];
  const chances = ({ to }: Row): Rational[] =>
    states.map((t) => (to.has(t) ? mdp.exact.values[to.get(t)!]! : ZERO));
  const matrix = [...policy.values()].map(chances);
  const weights = by === 'visits' ? discountedVisits(matrix, rational(1n, 2n)) : limitDistribution(matrix);
  return new Map(states.map((x, i) => [x, weights[i]!] as const).filter(([, { n }]) => n !== 0n));
}

/** The texts of the options that the certificate excepts, each shown to be a mixture of others, so never the only optimum. */
export function exceptedOptions(claim: Claim, root: number, by: Criterion): Set<string> {
  const { mdp, certificate, check } = claim;
  const excepted = new Set<string>();
  if (certificate.dominated === undefined) return excepted;
  check('what is excepted is never the only optimum', () => {
    const options = optionsFrom(claim, root, by);
    const keyOf = ({ path, distribution = {} }: Named): string =>
      path?.map((name) => stateOf(mdp, name)).join() ?? textOf(numbersOf(mdp, distribution));
    const find = (key: string): Weights =>
      given(options.get(key), `no policy does what is excepted or mixed: ${key}`);
    for (const { mix, ...named } of certificate.dominated!) {
      const key = keyOf(named);
      const left = new Map(find(key));
      for (const part of mix) {
        const weight = numberOf(part.weight);
        refuseIf(weight.s <= 0n, 'a weight is not positive');
        refuseIf(keyOf(part) === key, 'a mixture holds the visits themselves');
        for (const [x, w] of find(keyOf(part))) left.set(x, (left.get(x) ?? ZERO).sub(weight.mul(w)));
      }
      const isMixture = [...left.values()].every(({ n }) => n === 0n);
      refuseIf(!isMixture, `the mixture does not give ${key}`);
      excepted.add(key);
    }
    return by === 'visits' ? MIXED : 'each recurrent distribution is a mixture of others';
  });
  return excepted;
}
