import { ExactRefusal } from '../exact/budget.js';
import { exactSolver } from '../exact/exact-solver.js';
import type { Measured } from '../exact/gaussian.js';
import { lawOfSpec } from '../exact/law-of-spec.js';
import { type NormalSolver, normalSolver } from '../exact/normal-solver.js';
import { exactRows, type Rows } from '../exact/rows.js';
import type { ExactSolver } from '../exact/state-values.js';
import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { nearestDouble } from '../number/nearest-double.js';
import { fromRational, type Ratio, ratioText, toRational } from '../number/ratio.js';
import type { OptimalityRow, PowerRow } from '../power/result.js';
import type { RewardSpec } from '../rewards/spec.js';

/** How much may be done for an exact answer, in counted work: operations on big rationals and policies looked at. */
export interface ExactWork {
  readonly limit: number;
  readonly policyLimit: number;
}

/** The exact rows of one state at one gamma; `refusal` says why there are none. */
export type ExactState =
  | { readonly power: PowerRow; readonly optimality: readonly OptimalityRow[]; readonly refusal?: undefined }
  | { readonly refusal: string };

/** Half a unit in the last place, relative: what rounding to the nearest double can change. */
const UNIT = 2 ** -53;

/** What the exact methods say of single states: see exact/exact-solver.ts; normal rewards to a stated error. */
export function exactStates(
  mdp: Mdp,
  reward: RewardSpec,
  discount: Discount,
  decide: boolean,
  work: ExactWork,
): (s: number) => ExactState {
  const rows = exactRows(mdp);
  const question = { rows, law: lawOfSpec(reward), gamma: fromRational(discount.exact), ...work };
  const exact = exactSolver(question);
  const normal = normalSolver(question);
  const atOne = discount.gamma === 1;
  return (s) => {
    try {
      return fractionRows(mdp, rows, exact, s, discount, decide, atOne);
    } catch (error) {
      if (!(error instanceof ExactRefusal)) throw error;
      try {
        return measuredRows(mdp, rows, normal, s, discount, decide, atOne);
      } catch (second) {
        if (!(second instanceof ExactRefusal)) throw second;
        return { refusal: error.message };
      }
    }
  };
}

function fractionRows(
  mdp: Mdp,
  rows: Rows,
  solver: ExactSolver,
  s: number,
  discount: Discount,
  decide: boolean,
  atOne: boolean,
): ExactState {
  const power = powerRow(mdp, s, discount, rounded(solver.power(s)), ratioText(solver.power(s)));
  if (!decide) return { power, optimality: [] };
  const average = atOne ? solver.averageChances(s) : undefined;
  const optimality = solver.chances(s).flatMap((chances, row) => {
    const other = average?.[row];
    return choiceRows(mdp, rows, s, row, discount, {
      probability: rounded(chances.weak),
      strict: nearest(chances.strict),
      fractional: nearest(chances.fractional),
      exact: ratioText(chances.weak),
      ...(other === undefined ? {} : { average: nearest(other.weak), averageExact: ratioText(other.weak) }),
    });
  });
  return { power, optimality: inOrder(mdp, s, optimality) };
}

/** Normal rewards: numbers with a proved bound on their error, no fractions. Ties have probability 0. */
function measuredRows(
  mdp: Mdp,
  rows: Rows,
  solver: NormalSolver,
  s: number,
  discount: Discount,
  decide: boolean,
  atOne: boolean,
): ExactState {
  const power = powerRow(mdp, s, discount, solver.power(s), null);
  if (!decide) return { power, optimality: [] };
  const average = atOne ? solver.averageChances(s) : undefined;
  const optimality = solver.chances(s).flatMap((measured, row) => {
    const other = average?.[row];
    return choiceRows(mdp, rows, s, row, discount, {
      probability: measured,
      strict: measured.value,
      fractional: measured.value,
      exact: null,
      ...(other === undefined ? {} : { average: other.value, averageExact: null }),
    });
  });
  return { power, optimality: inOrder(mdp, s, optimality) };
}

function powerRow(
  mdp: Mdp,
  s: number,
  discount: Discount,
  { value, error }: Measured,
  exact: string | null,
): PowerRow {
  return {
    state: mdp.states[s]!,
    gamma: discount.text,
    power: value,
    low: value - error,
    high: value + error,
    standardError: 0,
    solverError: error,
    samples: 0,
    method: 'exact',
    exact,
  };
}

interface ChoiceValues {
  readonly probability: Measured;
  readonly strict: number;
  readonly fractional: number;
  readonly exact: string | null;
  readonly average?: number;
  readonly averageExact?: string | null;
}

/** The rows of all choices that share one transition row, each with its number. */
function choiceRows(
  mdp: Mdp,
  rows: Rows,
  s: number,
  row: number,
  discount: Discount,
  { probability: { value, error }, strict, fractional, exact, average, averageExact }: ChoiceValues,
): [choice: number, OptimalityRow][] {
  return rows[s]![row]!.choices.map((choice) => [
    choice,
    {
      state: mdp.states[s]!,
      action: mdp.actions[choice]!,
      gamma: discount.text,
      probability: value,
      low: Math.max(0, value - error),
      high: Math.min(1, value + error),
      strict,
      fractional,
      undecided: 0,
      ...(average === undefined ? {} : { averageProbability: average, averageExact: averageExact ?? null }),
      samples: 0,
      method: 'exact',
      exact,
    },
  ]);
}

/** Rows in the order of the model's choices. */
function inOrder(mdp: Mdp, s: number, rows: readonly [number, OptimalityRow][]): OptimalityRow[] {
  const ofChoice = new Map(rows);
  const choices = Array.from(
    { length: mdp.choicePtr[s + 1]! - mdp.choicePtr[s]! },
    (_, i) => mdp.choicePtr[s]! + i,
  );
  return choices.map((choice) => ofChoice.get(choice)!);
}

function nearest(value: Ratio): number {
  return nearestDouble(toRational(value));
}

/** The nearest double and how far it may be from the fraction; 0 where it is the fraction. */
function rounded(fraction: Ratio): Measured {
  const value = nearest(fraction);
  const isDyadic = (fraction.d & (fraction.d - 1n)) === 0n && fraction.d < 1n << 53n;
  return { value, error: isDyadic ? 0 : UNIT * Math.abs(value) };
}
