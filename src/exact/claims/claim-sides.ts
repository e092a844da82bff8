import type { Mdp } from '../../mdp/model.js';
import { divide, multiply, ONE_RATIO, type Ratio, subtract } from '../../number/ratio.js';
import type { Certificate } from '../../symmetry/certificate.js';
import { newBudget } from '../budget.js';
import { recurrentDistributions } from '../policies/recurrent-distributions.js';
import { exactRows, type Row, type Rows } from '../policies/rows.js';
import { visitDistributions } from '../policies/visit-distributions.js';

type Vector = readonly Ratio[];

/**
 * The two sides of a claim for one reward function r, from the definitions: nothing of the search and nothing of the checker
 * is used. `value`: each side is a sum of max v·r over its sets (POWER). `optimality`: a side wins
 * where its set holds a vector with v·r = max over `all`, ties counting for both (Turner et al. 2021, Def. 4.3).
 */
export interface ClaimSides {
  readonly kind: 'value' | 'optimality';
  readonly first: readonly (readonly Vector[])[];
  readonly second: readonly (readonly Vector[])[];
  /** of `optimality` */
  readonly all: readonly Vector[];
}

/** A discount 0 < γ < 1, or the limit γ → 1 of the theorems about average reward. */
export type ClaimCriterion = Ratio | 'average';

/** As many policies are gone through from one state, and operations on big rationals made. */
const POLICY_LIMIT = 3000;
const WORK_LIMIT = 2e6;

/** Is a claim about average reward? The others hold at every discount. */
export function isAverage({ theorem }: Pick<Certificate, 'theorem'>): boolean {
  return ['6.12', '6.13', '6.14', 'D.11', 'D.12'].includes(theorem);
}

/**
 * The vectors that a claim compares: visit distributions at γ, or recurrent state distributions.
 * @throws {ExactRefusal} too many policies, or too much work
 */
export function claimSides(mdp: Mdp, certificate: Certificate, criterion: ClaimCriterion): ClaimSides {
  const { theorem, state, action, other, avoid = [] } = certificate;
  const rows = exactRows(mdp);
  const budget = newBudget(WORK_LIMIT);
  const stateOf = (name: string | undefined): number => mdp.states.indexOf(name!);
  const s = stateOf(state);
  const rowOf = (name: string | undefined): Row =>
    rows[s]!.find((row) => row.choices.some((choice) => mdp.actions[choice] === name))!;
  /** F(x), or RSD(x), where s may be left by some rows alone */
  const vectorsFrom = (x: number, at: readonly Row[] = rows[s]!): Vector[] => {
    const allowed: Rows = rows.with(s, at);
    if (criterion === 'average')
      return recurrentDistributions(allowed, x, POLICY_LIMIT, budget).map(({ distribution }) => distribution);
    const found = visitDistributions(allowed, x, criterion, { limit: POLICY_LIMIT, budget });
    return found.map(({ visits }) => visits);
  };
  /** POWER(x) (Def. 5.2): without the reward of x itself, which is received in any case */
  const powerFrom = (x: number): Vector[] => {
    if (criterion === 'average') return vectorsFrom(x);
    const factor = divide(subtract(ONE_RATIO, criterion), criterion);
    return vectorsFrom(x).map((visits) =>
      visits.map((v, t) => multiply(factor, t === x ? subtract(v, ONE_RATIO) : v)),
    );
  };
  const value = (first: Vector[][], second: Vector[][]): ClaimSides => ({
    kind: 'value',
    first,
    second,
    all: [],
  });
  const optimality = (first: Vector[], second: Vector[], all: Vector[]): ClaimSides => ({
    kind: 'optimality',
    first: [first],
    second: [second],
    all,
  });
  switch (theorem) {
    case '6.6':
    case '6.12':
      return value([powerFrom(s)], [powerFrom(stateOf(other))]);
    case '6.9(1)': {
      const after = ({ successors, probabilities }: Row): Vector[][] =>
        successors.map((t, k) =>
          powerFrom(t).map((vector) => vector.map((v) => multiply(v, probabilities[k]!))),
        );
      return value(after(rowOf(action)), after(rowOf(other)));
    }
    case '6.14':
    case 'D.12': {
      const avoided = new Set(avoid.map(stateOf));
      const all = vectorsFrom(s);
      const isAvoided = (vector: Vector): boolean => vector.some(({ n, d }, x) => n === d && avoided.has(x));
      return optimality(
        all.filter((vector) => !isAvoided(vector)),
        all.filter(isAvoided),
        all,
      );
    }
    default: {
      const start = theorem === 'E.47' ? stateOf(certificate.start) : s;
      return optimality(
        vectorsFrom(start, [rowOf(action)]),
        vectorsFrom(start, [rowOf(other)]),
        vectorsFrom(start),
      );
    }
  }
}
