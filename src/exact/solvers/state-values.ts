import { add, equals, multiply, type Ratio, ZERO_RATIO } from '../../number/ratio.js';
import { ExactRefusal } from '../budget.js';
import type { Range } from '../integrals/affine.js';
import type { Atom, Marginal } from '../laws/exact-law.js';
import type { RowChances } from './row-chances.js';

/** Exact POWER of a state and the chances of its rows, in the order of rows[s]. */
export interface StateValues {
  readonly power: Ratio;
  readonly chances: readonly RowChances[];
}

/** Exact answers about the states of one model, law and γ. Each throws ExactRefusal where there is none within the limits. */
export interface ExactSolver {
  /** POWER(s, γ) (Turner et al. 2021, Def. 5.2) */
  readonly power: (s: number) => Ratio;
  /** P(s, a, γ) for each row (Def. 4.4); at γ = 1 Blackwell's */
  readonly chances: (s: number) => readonly RowChances[];
  /** at γ = 1: the chances to be average-optimal (Def. 6.11) */
  readonly averageChances: (s: number) => readonly RowChances[];
}

/**
 * What kind of exact method independent laws allow. `finite`: finite support; `uniform`: uniform or constant; `mixed`: some
 * uniform and some discrete; `polynomial`: at least one has another piecewise polynomial distribution function, the others any of
 * these; `exponential`: exponential or 0; `normal`: normal or constant; otherwise undefined.
 */
export type LawKind = 'finite' | 'uniform' | 'mixed' | 'polynomial' | 'exponential' | 'normal';

export function lawKind(marginals: readonly Marginal[]): LawKind | undefined {
  const has = (kind: Marginal['kind']): boolean => marginals.some((m) => m.kind === kind);
  const random = marginals.some((m) => m.kind === 'discrete' && m.atoms.length > 1);
  if (has('other')) return undefined;
  const smooth = has('uniform') || has('polynomial') || random;
  if (has('normal')) return smooth || has('exponential') ? undefined : 'normal';
  if (has('exponential')) return smooth || marginals.some(isOtherThanZero) ? undefined : 'exponential';
  if (has('polynomial')) return 'polynomial';
  if (!has('uniform')) return 'finite';
  return random ? 'mixed' : 'uniform';
}

function isOtherThanZero(marginal: Marginal): boolean {
  return marginal.kind === 'discrete' && marginal.atoms.some(({ value }) => value.n !== 0n);
}

/** Why these laws have no exact method together. */
export function lawRefusal(marginals: readonly Marginal[]): ExactRefusal {
  const other = marginals.find((m) => m.kind === 'other');
  if (other !== undefined)
    return new ExactRefusal(
      `there is no exact method for ${other.text}: its distribution function is not piecewise polynomial`,
    );
  const kind = marginals.some((m) => m.kind === 'normal') ? 'normal' : 'exponential';
  return new ExactRefusal(`there is no exact method for ${kind} rewards beside ones of other kinds`);
}

/** The ranges of uniform and constant rewards; 0 for others, which must not matter. */
export function rangesOf(marginals: readonly Marginal[]): Range[] {
  return marginals.map((marginal) => {
    if (marginal.kind === 'uniform') return { low: marginal.low, high: marginal.high };
    const only = marginal.kind === 'discrete' && marginal.atoms.length === 1 ? marginal.atoms[0] : undefined;
    const value = only?.value ?? ZERO_RATIO;
    return { low: value, high: value };
  });
}

/** A combination of the discrete rewards on some states, and its probability. */
export interface Condition {
  readonly chosen: ReadonlyMap<number, Atom>;
  readonly probability: Ratio;
}

/** The most conditions on discrete rewards under which a uniform problem is solved. */
const CONDITION_LIMIT = 5_000;

/** All combinations of the discrete rewards on `states`. @throws {ExactRefusal} more than CONDITION_LIMIT of them */
export function conditions(marginals: readonly Marginal[], states: readonly number[]): Condition[] {
  let all: Condition[] = [{ chosen: new Map(), probability: { n: 1n, d: 1n } }];
  for (const t of states) {
    const marginal = marginals[t]!;
    if (marginal.kind !== 'discrete' || marginal.atoms.length === 1) continue;
    const count = all.length * marginal.atoms.length;
    if (count > CONDITION_LIMIT)
      throw new ExactRefusal(
        `at least ${count} combinations of discrete rewards beside uniform ones (limit ${CONDITION_LIMIT})`,
      );
    all = all.flatMap(({ chosen, probability }) =>
      marginal.atoms.map((atom) => ({
        chosen: new Map(chosen).set(t, atom),
        probability: multiply(probability, atom.probability),
      })),
    );
  }
  return all;
}

/** Σ weights[i]·chances[i], row by row. */
export function mixChances(all: readonly (readonly RowChances[])[], weights: readonly Ratio[]): RowChances[] {
  const mix = (parts: readonly Ratio[]): Ratio =>
    parts.reduce((sum, part, i) => add(sum, multiply(weights[i]!, part)), ZERO_RATIO);
  return all[0]!.map((_, row) => ({
    weak: mix(all.map((chances) => chances[row]!.weak)),
    strict: mix(all.map((chances) => chances[row]!.strict)),
    fractional: mix(all.map((chances) => chances[row]!.fractional)),
  }));
}

/** True if no two rows are ever optimal together. */
export function neverTied(chances: readonly RowChances[]): boolean {
  return chances.every(({ weak, strict }) => equals(weak, strict));
}

/** The first of the methods that does not refuse. @throws {ExactRefusal} the refusal of the last one */
export function firstThatAnswers<T>(...methods: readonly (() => T)[]): T {
  for (const method of methods.slice(0, -1))
    try {
      return method();
    } catch (error) {
      if (!(error instanceof ExactRefusal)) throw error;
    }
  return methods.at(-1)!();
}
