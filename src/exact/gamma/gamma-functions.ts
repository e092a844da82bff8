import type { Mdp } from '../../mdp/model.js';
import { type Ratio, ratio, ratioText } from '../../number/ratio.js';
import type { RewardSpec } from '../../rewards/spec.js';
import { ExactRefusal } from '../budget.js';
import { lawOfSpec } from '../laws/law-of-spec.js';
import { exactRows, type Rows } from '../policies/rows.js';
import { type ExactQuestion, exactSolver } from '../solvers/exact-solver.js';
import type { ExactSolver } from '../solvers/state-values.js';
import { type SymbolicPiece, symbolicPieces } from './symbolic.js';

/** POWER and optimality probabilities of one model as functions of γ in (0, 1). Each throws ExactRefusal where that is not found. */
export interface GammaFunctions {
  readonly rows: Rows;
  /** POWER(s, γ) */
  readonly power: (s: number) => readonly SymbolicPiece[];
  /** P(s, a, γ) of the row with this index at s */
  readonly chance: (s: number, row: number) => readonly SymbolicPiece[];
}

/** Where the cost of one exact value is measured, by doubling of limits from the least one on. */
const PROBE = ratio(5n, 9n);
const LEAST_LIMIT = 1_000;
/** About as many exact values are needed for a function of a few pieces. */
const VALUES_PER_FUNCTION = 150;
/** Operations of one run: about ten minutes. */
export const SYMBOLIC_LIMIT = 3e8;
/** At other γ a value may cost this many times what it costs at the probe. */
const MARGIN = 16;

/**
 * Finds such functions, each once, as long as the work does not pass `limit`. Work is estimated before it is begun: the
 * counted operations of one exact value, times the values that a function needs.
 */
export function gammaFunctions(mdp: Mdp, reward: RewardSpec, limit: number = SYMBOLIC_LIMIT): GammaFunctions {
  const rows = exactRows(mdp);
  const law = lawOfSpec(reward);
  let spent = 0;
  const solvers = new Map<string, ExactSolver>();
  const solverAt = (gamma: Ratio, answerLimit: number): ExactSolver => {
    const key = `${ratioText(gamma)} ${answerLimit}`;
    const solver = solvers.get(key) ?? exactSolver({ rows, law, gamma, limit: answerLimit });
    solvers.set(key, solver);
    return solver;
  };
  const pieces = (value: (solver: ExactSolver) => Ratio): readonly SymbolicPiece[] => {
    const cost = costOf({ rows, law, gamma: PROBE }, value, limit / VALUES_PER_FUNCTION);
    if (spent + cost * VALUES_PER_FUNCTION > limit)
      throw new ExactRefusal(
        `as a function of gamma it needs about ${VALUES_PER_FUNCTION} exact values of some ${cost.toExponential(0)} operations each, ` +
          `more than is left of the limit of ${limit.toExponential(0)} operations on big rationals`,
      );
    spent += cost * VALUES_PER_FUNCTION;
    return symbolicPieces((gamma) => value(solverAt(gamma, MARGIN * cost)));
  };
  return {
    rows,
    power: remembered((s) => pieces((solver) => solver.power(s))),
    chance: remembered((s, row) => pieces((solver) => solver.chances(s)[row]!.weak)),
  };
}

/** The operations of one answer, up to a factor of 2. @throws {ExactRefusal} its own, or more than `most` */
function costOf(question: ExactQuestion, value: (solver: ExactSolver) => Ratio, most: number): number {
  for (let limit = LEAST_LIMIT; ; limit *= 2) {
    try {
      value(exactSolver({ ...question, limit }));
      return limit;
    } catch (error) {
      if (!(error instanceof ExactRefusal) || limit >= most) throw error;
    }
  }
}

/** Answers, and refusals, are worked out once. */
function remembered<T>(work: (...places: number[]) => T): (...places: number[]) => T {
  const known = new Map<string, { answer: T } | { refusal: ExactRefusal }>();
  return (...places) => {
    const key = places.join();
    let found = known.get(key);
    if (found === undefined) {
      try {
        found = { answer: work(...places) };
      } catch (error) {
        if (!(error instanceof ExactRefusal)) throw error;
        found = { refusal: error };
      }
      known.set(key, found);
    }
    if ('refusal' in found) throw found.refusal;
    return found.answer;
  };
}
