import { type Rational, rational, rationalText, ZERO } from '../../src/number/rational.js';
import { writtenNumber } from '../../src/number/written-number.js';
import { permutations } from './brute-automorphisms.js';
import { policyGain } from './exact-gain.js';
import type { ExactModel, ExactRow } from './exact-model.js';
import { allPolicies } from './exact-policies.js';

/**
 * Oracle: the hypotheses of the symmetry theorems from their definitions, by trying every policy and every permutation. A
 * visit distribution function is told apart by the law of the state at times 0 … 2|S|: two rational functions of γ of degree
 * |S| that agree so far are equal. For models of up to 7 states.
 */
export interface Visits {
  /** law of the state at each time, state to exact probability */
  readonly laws: readonly ReadonlyMap<number, Rational>[];
  readonly key: string;
  /** some policy that has these visits */
  readonly policy: readonly number[];
}

export function involutions(size: number): number[][] {
  return permutations(size).filter((phi) => phi.every((to, x) => phi[to] === x));
}

/** F(s), or F(s | π(at) = action), without repetition. */
export function visitsFrom(
  model: ExactModel,
  s: number,
  restriction?: readonly [at: number, action: number],
): Visits[] {
  const found = new Map<string, Visits>();
  for (const policy of allPolicies(model)) {
    if (restriction !== undefined && policy[restriction[0]] !== restriction[1]) continue;
    let law: ReadonlyMap<number, Rational> = new Map([[s, rational(1n)]]);
    const laws = [law];
    for (let t = 0; t < 2 * model.length; t++) {
      const next = new Map<number, Rational>();
      for (const [x, p] of law) {
        for (const [y, q] of model[x]![policy[x]!]!) next.set(y, (next.get(y) ?? ZERO).add(p.mul(q)));
      }
      law = next;
      laws.push(law);
    }
    const key = keyOf(laws, (x) => x);
    if (!found.has(key)) found.set(key, { laws, key, policy });
  }
  return [...found.values()];
}

/** The key of φ·f. */
export function movedKey({ laws }: Visits, phi: readonly number[]): string {
  return keyOf(laws, (x) => phi[x]!);
}

function keyOf(laws: Visits['laws'], move: (x: number) => number): string {
  return laws
    .map((law) =>
      [...law]
        .map(([x, p]) => [move(x), rationalText(p)] as const)
        .sort(([a], [b]) => a - b)
        .join(':'),
    )
    .join(' ');
}

/** φ·F' ⊆ F for sets of visit distributions. */
export function isCopy(part: readonly Visits[], phi: readonly number[], whole: readonly Visits[]): boolean {
  const keys = new Set(whole.map(({ key }) => key));
  return part.every((visits) => keys.has(movedKey(visits, phi)));
}

/** REACH(s, a), Def. 6.8; with `without` all actions equal to these are deleted at one state first. */
export function reachAfter(
  model: ExactModel,
  from: readonly ExactRow[],
  isAllowed: (x: number, row: ExactRow) => boolean = () => true,
): Set<number> {
  const found = new Set(from.flatMap((row) => row.map(([t]) => t)));
  for (const x of found) {
    for (const row of model[x]!) if (isAllowed(x, row)) for (const [t] of row) found.add(t);
  }
  return found;
}

function sameRow(a: ExactRow, b: ExactRow): boolean {
  return a.length === b.length && a.every(([t, p], i) => b[i]![0] === t && b[i]![1].equals(p));
}

/** Does `start` reach what follows a and a' at s only by actions equivalent to them? */
export function isBottleneck(
  model: ExactModel,
  start: number,
  s: number,
  [a, b]: readonly [ExactRow, ExactRow],
): boolean {
  const after = new Set([...reachAfter(model, [a]), ...reachAfter(model, [b])]);
  const isOther = (x: number, row: ExactRow): boolean => x !== s || !(sameRow(row, a) || sameRow(row, b));
  const beside = reachAfter(
    model,
    model[start]!.filter((row) => isOther(start, row)),
    isOther,
  );
  return ![...beside].some((x) => after.has(x));
}

/**
 * Recurrent state distributions (Def. 6.10) that visits from s end in, as texts `state share, …` without repetition: the share
 * of a state is the gain of the reward that is 1 there; where nothing is random, states at the end of the path share alike.
 */
export function endsOf(model: ExactModel, visits: readonly Visits[], s: number): string[] {
  const texts = visits.map(({ laws, policy }) => {
    if (laws.every((law) => law.size === 1)) {
      const states = laws.map((law) => [...law.keys()][0]!);
      const cycle = new Set(states.slice(states.lastIndexOf(states.at(-1)!, -2)).slice(1));
      return endText([...cycle].map((x) => [x, rational(1n, BigInt(cycle.size))]));
    }
    const shares = model.map((_, x) => {
      const reward = model.map((_, y) => rational(x === y ? 1n : 0n));
      return [x, policyGain(model, policy, reward)[s]!] as const;
    });
    return endText(shares);
  });
  return [...new Set(texts)];
}

export function endText(shares: readonly (readonly [number, Rational])[]): string {
  const positive = shares.filter(([, share]) => !share.equals(0)).sort(([x], [y]) => x - y);
  return positive.map(([x, share]) => `${x} ${rationalText(share)}`).join();
}

/** State and share, from the text. */
export function sharesOf(text: string): [number, Rational][] {
  return text.split(',').map((part) => {
    const [x, share] = part.split(' ');
    return [Number(x), writtenNumber(share!)!];
  });
}

export function movedEnd(text: string, phi: readonly number[]): string {
  return endText(sharesOf(text).map(([x, share]) => [phi[x]!, share]));
}
