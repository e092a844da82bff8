import type { Mdp } from '../mdp/model.js';
import { rationalFunctionText } from '../number/factor-text.js';
import { type Ratio, ratioText } from '../number/ratio.js';
import { evaluateRational } from '../number/rational-function.js';
import type { RewardSpec } from '../rewards/spec.js';
import { type BestReport, type BestRow, bestOrReason, bestReport, bestRow } from './best-report.js';
import { ExactRefusal } from './budget.js';
import { type Domination, dominations } from './policies/non-dominated.js';
import type { PartialPolicy } from './policies/policies.js';
import { recurrentDistributions } from './policies/recurrent-distributions.js';
import { exactRows, type Row, type Rows, reachedFrom } from './policies/rows.js';
import { allVisitFunctions } from './policies/visit-functions.js';
import { DEFAULT_POLICY_LIMIT } from './solvers/problem.js';

/** A vector over states as text, entries that are 0 left out: {"wait": "γ", "hug": "γ²/(1 − γ)"}. */
export type StateTexts = Readonly<Record<string, string>>;

/** Why a vector is in the non-dominated set, or that it is a mixture of others. Plain data, checked by dot products. */
export interface DominationRow {
  readonly dominated: boolean;
  /** a reward function, entries in [−1, 1], for which this vector is the only greatest one; null if dominated */
  readonly witness: StateTexts | null;
  /** weights of a convex combination of others (by number, from 1) that equals the vector; null if not dominated */
  readonly mixture: Readonly<Record<number, string>> | null;
}

/** One element of F(s) (Turner et al. 2021, Def. 3.3). */
export interface VisitRow extends DominationRow, BestRow {
  /** from 1 */
  readonly number: number;
  /** actions at s of policies that induce it, duplicates included */
  readonly actions: readonly string[];
  /** one policy that induces it: state -> action, on the states it reaches */
  readonly policy: StateTexts;
  /** expected discounted visits as functions of γ */
  readonly functions: StateTexts;
  /** the same at the γ of the report */
  readonly visits: StateTexts;
}

/** One element of RSD(s) (Def. 6.10). */
export interface RecurrentRow extends DominationRow, BestRow {
  readonly number: number;
  readonly actions: readonly string[];
  readonly distribution: StateTexts;
}

/** What `mdpower visits` says about one state. */
export interface VisitReport {
  readonly state: string;
  /** the γ at which visits are given and domination was decided; F_nd is the same for every γ in (0, 1) */
  readonly gamma: string;
  readonly visits: readonly VisitRow[];
  readonly recurrent: readonly RecurrentRow[];
  /** REACH(s, a): what can be reached after a (Def. 6.8) */
  readonly reach: readonly { readonly action: string; readonly states: readonly string[] }[];
  /** if a law was given */
  readonly best?: BestReport;
}

interface ReportOptions {
  /** refuse to list more policies or cycles than this */
  readonly limit?: number;
  /** the law under which it is told how often each vector is the best */
  readonly reward?: RewardSpec | undefined;
}

/**
 * F(s), F_nd(s), RSD(s), RSD_nd(s) and REACH(s, ·) of one state, with a witness or a convex combination for each vector.
 *
 * @param gamma  exact, 0 < γ < 1
 * @throws {ExactRefusal} more policies or cycles than `limit`
 */
export function visitReport(
  mdp: Mdp,
  s: number,
  gamma: Ratio,
  { limit = DEFAULT_POLICY_LIMIT, reward }: ReportOptions = {},
): VisitReport {
  const rows = exactRows(mdp);
  const visits = allVisitFunctions(rows, s, limit);
  const vectors = visits.map(({ functions }) => functions.map((f) => evaluateRational(f, gamma)));
  const recurrent = recurrentDistributions(rows, s, limit);
  const verdicts = withCount(visits.length, 'visit distributions', () => dominationsOfAll(vectors));
  const recurrentVerdicts = withCount(recurrent.length, 'recurrent state distributions', () =>
    dominations(recurrent.map((d) => d.distribution)),
  );
  const best = reward && {
    visits: bestOrReason(vectors, reward),
    recurrent: bestOrReason(
      recurrent.map((d) => d.distribution),
      reward,
    ),
  };
  return {
    state: mdp.states[s]!,
    gamma: ratioText(gamma),
    visits: visits.map((f, i) => ({
      number: i + 1,
      actions: actionNames(mdp, rows[s]!, f.firstRows),
      policy: policyTexts(mdp, rows, f.policy),
      functions: texts(
        mdp,
        f.functions.map((g) => rationalFunctionText(g, 'γ')),
      ),
      visits: ratioTexts(mdp, vectors[i]!),
      ...dominationRow(mdp, verdicts[i]!),
      ...(best && bestRow(best.visits, i)),
    })),
    recurrent: recurrent.map((d, i) => ({
      number: i + 1,
      actions: actionNames(mdp, rows[s]!, d.firstRows),
      distribution: ratioTexts(mdp, d.distribution),
      ...dominationRow(mdp, recurrentVerdicts[i]!),
      ...(best && bestRow(best.recurrent, i)),
    })),
    reach: rows[s]!.flatMap((row) =>
      row.choices.map((c) => ({
        action: mdp.actions[c]!,
        states: reachedFrom(rows, row.successors).map((t) => mdp.states[t]!),
      })),
    ),
    ...(reward && best && { best: bestReport(reward.text, gamma, best.visits, best.recurrent) }),
  };
}

/** Says of a refusal how much there was to decide. */
function withCount<T>(count: number, what: string, decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof ExactRefusal)) throw error;
    throw new ExactRefusal(`of ${count} ${what} it is to be decided which are dominated: ${error.message}`);
  }
}

/** As `dominations`, for vectors that may be equal: then all are as the first is, and mixtures are of first ones. */
function dominationsOfAll(vectors: readonly (readonly Ratio[])[]): Domination[] {
  const keys = vectors.map((vector) => vector.map(ratioText).join());
  const firsts = keys.flatMap((key, i) => (keys.indexOf(key) === i ? [i] : []));
  const verdicts = dominations(firsts.map((i) => vectors[i]!));
  const numbered = verdicts.map((verdict) =>
    verdict.dominated
      ? {
          ...verdict,
          combination: verdict.combination.map(({ index, weight }) => ({ index: firsts[index]!, weight })),
        }
      : verdict,
  );
  return keys.map((key) => numbered[firsts.indexOf(keys.indexOf(key))]!);
}

function dominationRow(mdp: Mdp, verdict: Domination): DominationRow {
  if (!verdict.dominated)
    return { dominated: false, witness: ratioTexts(mdp, verdict.witness), mixture: null };
  const mixture = Object.fromEntries(
    verdict.combination.map(({ index, weight }) => [index + 1, ratioText(weight)]),
  );
  return { dominated: true, witness: null, mixture };
}

function actionNames(mdp: Mdp, rows: readonly Row[], indices: readonly number[]): string[] {
  return indices.flatMap((i) => rows[i]!.choices.map((c) => mdp.actions[c]!));
}

function policyTexts(mdp: Mdp, rows: Rows, policy: PartialPolicy): StateTexts {
  return Object.fromEntries(
    [...policy].map(([t, row]) => [mdp.states[t]!, mdp.actions[rows[t]![row]!.choices[0]!]!]),
  );
}

function ratioTexts(mdp: Mdp, vector: readonly Ratio[]): StateTexts {
  return texts(mdp, vector.map(ratioText));
}

function texts(mdp: Mdp, values: readonly string[]): StateTexts {
  return Object.fromEntries(values.flatMap((value, t) => (value === '0' ? [] : [[mdp.states[t]!, value]])));
}
