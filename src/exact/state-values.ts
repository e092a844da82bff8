import { add, multiply, type Ratio, ZERO_RATIO } from '../number/ratio.js';
import type { Range } from './affine.js';
import { ExactRefusal } from './budget.js';
import type { Atom, ExactLaw, Marginal } from './exact-law.js';
import type { RowChances } from './row-chances.js';

/** Exact POWER of a state and the chances of its rows, in the order of rows[s]. */
export interface StateValues {
  readonly power: Ratio;
  readonly chances: readonly RowChances[];
  /** at γ = 1: the chances to be average-optimal (Turner et al. 2021, Def. 6.11); otherwise left out */
  readonly average?: readonly RowChances[];
}

/** What kind of exact method a law allows on some states. */
export type LawKind = 'finite' | 'uniform' | 'mixed' | 'normal' | 'none';

/**
 * `finite`: the support is finite on these states; `uniform`: independent, uniform or constant; `mixed`: independent, some
 * uniform and some discrete; `normal`: independent, normal or constant; `none`: normal beside others.
 */
export function lawKind(law: ExactLaw, states: readonly number[]): LawKind {
  if (law.kind !== 'independent') return 'finite';
  const marginals = states.map((t) => law.marginals[t]!);
  const normal = marginals.some((m) => m.kind === 'normal');
  const uniform = marginals.some((m) => m.kind === 'uniform');
  const random = marginals.some((m) => m.kind === 'discrete' && m.atoms.length > 1);
  if (normal) return uniform || random ? 'none' : 'normal';
  if (!uniform) return 'finite';
  return random ? 'mixed' : 'uniform';
}

/** The ranges of uniform and constant rewards; a discrete reward stands at its given atom (0 if it does not matter). */
export function rangesOf(marginals: readonly Marginal[], chosen: ReadonlyMap<number, Atom>): Range[] {
  return marginals.map((marginal, t) => {
    if (marginal.kind === 'uniform') return { low: marginal.low, high: marginal.high };
    const value =
      chosen.get(t)?.value ??
      (marginal.kind === 'discrete' && marginal.atoms.length === 1 ? marginal.atoms[0]!.value : ZERO_RATIO);
    return { low: value, high: value };
  });
}

/** The most conditions on discrete rewards under which a uniform problem is solved. */
const CONDITION_LIMIT = 5_000;

/**
 * The mean of what `solve` gives under every combination of the discrete rewards on `states`, the others uniform: the law
 * of total expectation.
 *
 * @throws {ExactRefusal} more than CONDITION_LIMIT combinations
 */
export function overConditions(
  marginals: readonly Marginal[],
  states: readonly number[],
  solve: (ranges: readonly Range[]) => StateValues,
): StateValues {
  const discrete = states.flatMap((t) => {
    const marginal = marginals[t]!;
    return marginal.kind === 'discrete' && marginal.atoms.length > 1 ? [{ t, atoms: marginal.atoms }] : [];
  });
  const count = discrete.reduce((product, { atoms }) => product * atoms.length, 1);
  if (count > CONDITION_LIMIT)
    throw new ExactRefusal(
      `${count} combinations of discrete rewards beside uniform ones (limit ${CONDITION_LIMIT})`,
    );
  let sum: StateValues | undefined;
  const visit = (index: number, chosen: Map<number, Atom>, weight: Ratio): void => {
    if (index === discrete.length) {
      sum = addScaled(sum, solve(rangesOf(marginals, chosen)), weight);
      return;
    }
    const { t, atoms } = discrete[index]!;
    for (const atom of atoms)
      visit(index + 1, new Map(chosen).set(t, atom), multiply(weight, atom.probability));
  };
  visit(0, new Map(), { n: 1n, d: 1n });
  return sum!;
}

function addScaled(sum: StateValues | undefined, values: StateValues, weight: Ratio): StateValues {
  const plus = (a: Ratio | undefined, b: Ratio): Ratio => add(a ?? ZERO_RATIO, multiply(weight, b));
  const rows = (a: readonly RowChances[] | undefined, b: readonly RowChances[]): RowChances[] =>
    b.map((chances, i) => ({
      weak: plus(a?.[i]?.weak, chances.weak),
      strict: plus(a?.[i]?.strict, chances.strict),
      fractional: plus(a?.[i]?.fractional, chances.fractional),
    }));
  const result = { power: plus(sum?.power, values.power), chances: rows(sum?.chances, values.chances) };
  return values.average === undefined ? result : { ...result, average: rows(sum?.average, values.average) };
}
