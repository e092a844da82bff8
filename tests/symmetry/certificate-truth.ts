import type { Mdp } from '../../src/mdp/model.js';
import { type Rational, rational, ZERO } from '../../src/number/rational.js';
import { writtenNumber } from '../../src/number/written-number.js';
import type { Certificate, Dominated } from '../../src/symmetry/certificate.js';
import { modelHash } from '../../src/symmetry/model-hash.js';
import {
  endsOf,
  endText,
  isBottleneck,
  movedEnd,
  movedKey,
  reachAfter,
  sharesOf,
  type Visits,
  visitsFrom,
} from '../oracles/brute-certificates.js';
import { type ExactModel, rowsOfMdp } from '../oracles/exact-model.js';
import { optimalValues, policyValue } from '../oracles/exact-policies.js';

/**
 * Oracle: is everything that a certificate says true by definition? All policies are tried; nothing is shared with the
 * checker but the hash of the model. Paths that are excepted are looked at where nothing is random.
 */
export function isTrue(mdp: Mdp, certificate: Certificate): boolean {
  try {
    return certificate.model === modelHash(mdp) && holds(mdp, rowsOfMdp(mdp), certificate);
  } catch (error) {
    if (error instanceof Meaningless) return false;
    throw error;
  }
}

class Meaningless extends Error {}

function holds(mdp: Mdp, model: ExactModel, certificate: Certificate): boolean {
  const { theorem, strict, dominated = [], permutations = [], avoid = [], copies } = certificate;
  const state = (name: string | undefined): number => indexIn(mdp.states, name);
  const s = state(certificate.state);
  const action = (name: string | undefined): number =>
    indexIn(mdp.actions.slice(mdp.choicePtr[s], mdp.choicePtr[s + 1]), name);
  const phis = permutations.map((names) => {
    const phi = mdp.states.map((_, x) => x);
    for (const [from, to] of Object.entries(names)) phi[state(from)] = state(to);
    return phi;
  });
  if (phis.some((phi) => phi.some((to, x) => phi[to] !== x))) return false;
  if (theorem === '6.14' || theorem === 'D.12') {
    const cycles = model.flatMap((_, x) => (isCertainOneCycle(model, s, x) ? [x] : []));
    const states = avoid.map(state);
    if (states.length === 0 || new Set(states).size < states.length) return false;
    if (!states.every((x) => cycles.includes(x))) return false;
    if (theorem === '6.14' && (states.length !== 1 || copies! > 2)) return false;
    return copies! >= 1 && cycles.length - states.length >= copies! * states.length;
  }
  if (theorem !== 'D.11' && phis.length !== 1) return false;
  const phi = phis[0]!;
  if (theorem === '6.6') {
    const other = state(certificate.other);
    const excepted = dominatedVisits(mdp, model, other, dominated, visitsAtHalf);
    const wanted = visitsFrom(model, other).filter(({ key }) => !excepted.has(key));
    const here = visitsFrom(model, s);
    if (!isSubset(wanted, phi, here)) return false;
    const copied = new Set(wanted.map((one) => movedKey(one, phi)));
    return strict === undefined || !copied.has(onlyBest(mdp, model, s, here, certificate));
  }
  if (theorem === '6.9(1)' || theorem === '6.9(2)' || theorem === 'E.47') {
    const [a, b] = [action(certificate.action), action(certificate.other)];
    const rows = [model[s]![a]!, model[s]![b]!] as const;
    const start = theorem === 'E.47' ? state(certificate.start) : s;
    const [some, others] = [visitsFrom(model, start, [s, a]), visitsFrom(model, start, [s, b])];
    if (phi[s] !== s) return false;
    const excepted = dominatedVisits(mdp, model, start, dominated, visitsAtHalf);
    if (excepted.size === 0 && !isSubset(visitsFrom(model, s, [s, b]), phi, visitsFrom(model, s, [s, a])))
      return false;
    if (theorem === '6.9(1)' ? reachAfter(model, [rows[1]]).has(s) : !isBottleneck(model, start, s, rows))
      return false;
    if (theorem === 'E.47') {
      const after = new Set([...reachAfter(model, [rows[0]]), ...reachAfter(model, [rows[1]])]);
      if (phi.some((to, x) => to !== x && !after.has(x))) return false;
      const needed = others.filter(({ key }) => !excepted.has(key));
      if (!isSubset(needed, phi, some)) return false;
    }
    if (strict === undefined) return true;
    const best = onlyBest(mdp, model, start, visitsFrom(model, start), certificate);
    const copied = new Set(others.map((one) => movedKey(one, phi)));
    return some.some(({ key }) => key === best) && !copied.has(best);
  }
  const other = theorem === '6.12' ? state(certificate.other) : undefined;
  const all = endsOf(model, visitsFrom(model, s), s);
  const excepted = dominatedEnds(mdp, model, other ?? s, dominated);
  if (other !== undefined) {
    const wanted = endsOf(model, visitsFrom(model, other), other).filter(
      (cycle) => !excepted.includes(cycle),
    );
    if (!wanted.every((cycle) => all.includes(movedEnd(cycle, phi)))) return false;
    const copied = wanted.map((cycle) => movedEnd(cycle, phi));
    return strict === undefined || !copied.includes(bestCycle(mdp, all, certificate));
  }
  const [some, others] = [certificate.action, certificate.other].map((name) =>
    endsOf(model, visitsFrom(model, s, [s, action(name)]), s),
  ) as [string[], string[]];
  const images = phis.map((each) => others.map((cycle) => movedEnd(cycle, each)));
  if (images.length === 0 || !images.flat().every((cycle) => some.includes(cycle))) return false;
  if (theorem === 'D.11') {
    const texts = [others, ...images].map((set) => [...set].sort().join(' '));
    if (new Set(texts).size < texts.length) return false;
    const isKept = phis.every((each, i) =>
      images.every((image, j) => i === j || image.every((cycle) => image.includes(movedEnd(cycle, each)))),
    );
    if (!isKept) return false;
  }
  const used = new Set([...some, ...others].flatMap(statesOf));
  const rest = all.filter((cycle) => ![some, others, excepted].some((list) => list.includes(cycle)));
  if (rest.some((cycle) => statesOf(cycle).some((x) => used.has(x)))) return false;
  if (strict === undefined) return true;
  const best = bestCycle(mdp, all, certificate);
  return some.includes(best) && !images[0]!.includes(best);
}

function indexIn(names: readonly string[], name: string | undefined): number {
  const index = name === undefined ? -1 : names.indexOf(name);
  if (index < 0) throw new Meaningless();
  return index;
}

function number(text: string | undefined): Rational {
  const value = text === undefined ? undefined : writtenNumber(text);
  if (value === undefined) throw new Meaningless();
  return value;
}

function isSubset(part: readonly Visits[], phi: readonly number[], whole: readonly Visits[]): boolean {
  const keys = new Set(whole.map(({ key }) => key));
  return part.every((one) => keys.has(movedKey(one, phi)));
}

/** Some policy is at x from some time on with probability 1, and can stay there. */
function isCertainOneCycle(model: ExactModel, s: number, x: number): boolean {
  return visitsFrom(model, s).some(({ policy }) => {
    const absorbing = model.map((actions, y) =>
      y === x ? [[x, rational(1n)] as const] : actions[policy[y]!]!,
    );
    if (!model[x]!.some((row) => row.length === 1 && row[0]![0] === x)) return false;
    // x is reached certainly if it can be reached from wherever the policy leads.
    const reachable = closure(absorbing, s);
    return [...reachable].every((y) => closure(absorbing, y).has(x));
  });
}

function closure(rows: readonly (readonly (readonly [number, Rational])[])[], from: number): Set<number> {
  const found = new Set([from]);
  for (const y of found) for (const [t] of rows[y]!) found.add(t);
  return found;
}

function vectorOf(mdp: Mdp, names: Readonly<Record<string, string>>): Rational[] {
  const vector = mdp.states.map(() => ZERO);
  for (const [name, value] of Object.entries(names)) vector[indexIn(mdp.states, name)] = number(value);
  return vector;
}

/** The key of the only optimal visits under the witness, whose values must be the optimal ones. */
function onlyBest(
  mdp: Mdp,
  model: ExactModel,
  s: number,
  all: readonly Visits[],
  { strict }: Certificate,
): string {
  const gamma = number(strict!.gamma);
  if (gamma.compare(0) <= 0 || gamma.compare(1) >= 0) throw new Meaningless();
  const reward = vectorOf(mdp, strict!.reward);
  const values = vectorOf(mdp, strict!.values ?? {});
  const best = optimalValues(model, reward, gamma);
  for (const x of closure(
    model.map((actions) => actions.flat()),
    s,
  )) {
    if (!best[x]!.equals(values[x]!)) throw new Meaningless();
  }
  const optimal = all.filter(({ policy }) => policyValue(model, policy, reward, gamma)[s]!.equals(best[s]!));
  if (optimal.length !== 1) throw new Meaningless();
  return optimal[0]!.key;
}

function bestCycle(mdp: Mdp, cycles: readonly string[], { strict }: Certificate): string {
  const reward = vectorOf(mdp, strict!.reward);
  const ranked = cycles.map((cycle) => {
    const mean = sharesOf(cycle).reduce((total, [x, share]) => total.add(share.mul(reward[x]!)), ZERO);
    return { cycle, mean };
  });
  const best = ranked.filter(({ mean }) => ranked.every((other) => other.mean.compare(mean) <= 0));
  if (best.length !== 1) throw new Meaningless();
  return best[0]!.cycle;
}

/** Keys of visits that are the mixtures given. */
function dominatedVisits(
  mdp: Mdp,
  model: ExactModel,
  root: number,
  dominated: readonly Dominated[],
  measure: (mdp: Mdp, path: readonly number[]) => number[],
): Set<string> {
  const all = visitsFrom(model, root);
  return new Set(
    mixtures(mdp, model, root, dominated, measure).map(
      (path) => all.find(({ laws }) => laws.every((law, t) => law.has(placeAt(path, t))))!.key,
    ),
  );
}

/** Recurrent distributions that are the mixtures given. */
function dominatedEnds(
  mdp: Mdp,
  model: ExactModel,
  root: number,
  dominated: readonly Dominated[],
): readonly string[] {
  if (dominated.length === 0) return [];
  const all = endsOf(model, visitsFrom(model, root), root);
  const endOf = (names: Readonly<Record<string, string>> | undefined): string => {
    if (names === undefined) throw new Meaningless();
    const shares = vectorOf(mdp, names).map((share, x) => [x, share] as const);
    const text = endText(shares);
    if (!all.includes(text)) throw new Meaningless();
    return text;
  };
  return dominated.map(({ distribution, mix }) => {
    const text = endOf(distribution);
    const left = mdp.states.map(() => ZERO);
    for (const [x, share] of sharesOf(text)) left[x] = share;
    for (const part of mix) {
      const weight = number(part.weight);
      if (weight.compare(0) <= 0 || endOf(part.distribution) === text) throw new Meaningless();
      for (const [x, share] of sharesOf(endOf(part.distribution))) left[x] = left[x]!.sub(weight.mul(share));
    }
    if (left.some((share) => !share.equals(0))) throw new Meaningless();
    return text;
  });
}

function statesOf(end: string): number[] {
  return sharesOf(end).map(([x]) => x);
}

/** The paths, if each has exactly the mixture of other visits that is given for it. */
function mixtures(
  mdp: Mdp,
  model: ExactModel,
  root: number,
  dominated: readonly Dominated[],
  measure: (mdp: Mdp, path: readonly number[]) => number[],
): number[][] {
  const pathOf = (names: readonly string[]): number[] => {
    const path = names.map((name) => indexIn(mdp.states, name));
    const isWalk = path
      .slice(1)
      .every((t, i) => model[path[i]!]!.some((row) => row.length === 1 && row[0]![0] === t));
    const repeats = path.length - new Set(path).size;
    if (path[0] !== root || !isWalk || repeats !== 1 || path.indexOf(path.at(-1)!) === path.length - 1) {
      throw new Meaningless();
    }
    return path;
  };
  return dominated.map(({ path: names, mix }) => {
    const path = pathOf(names ?? []);
    const wanted = measure(mdp, path);
    const sum = wanted.map(() => 0);
    let weights = ZERO;
    for (const part of mix) {
      const weight = number(part.weight);
      if (weight.compare(0) <= 0) throw new Meaningless();
      const visits = measure(mdp, pathOf(part.path ?? []));
      if (isNear(visits, wanted)) throw new Meaningless();
      visits.forEach((value, x) => {
        sum[x]! += weight.valueOf() * value;
      });
      weights = weights.add(weight);
    }
    if (!weights.equals(1) || !isNear(sum, wanted)) throw new Meaningless();
    return path;
  });
}

/** Mixtures of small models that are wrong are wrong by more than 1e-9. */
function isNear(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, x) => Math.abs(value - b[x]!) < 1e-9);
}

function placeAt(path: readonly number[], t: number): number {
  const first = path.indexOf(path.at(-1)!);
  return t < path.length ? path[t]! : path[first + ((t - first) % (path.length - 1 - first))]!;
}

/** (1−γ)·f(γ) at γ = 1/2, in doubles. */
function visitsAtHalf(mdp: Mdp, path: readonly number[]): number[] {
  const visits = mdp.states.map(() => 0);
  for (let t = 0; t < 60; t++) visits[placeAt(path, t)]! += 2 ** -(t + 1);
  return visits;
}
