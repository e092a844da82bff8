import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { type Solution, Status } from '../solve/solution.js';
import { solveBlock } from '../solve/solve-block.js';
import { type ElementBlock, rewardBlockOf, selectColumns } from './orbit-elements.js';
import { type Contender, type Contest, type Decider, Outcome, outcomeOf } from './orbit-question.js';
import { type VisitWeights, visitedStates, visitWeights } from './visit-weights.js';

/** An exact fraction with a positive denominator. */
interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Answers a question at 0 < γ < 1. Worths are compared within the solver's bounds; where these leave it open, optimality
 * is what the solver certifies, and values are those of the policy that is certified optimal, evaluated exactly: equality
 * is proved and never measured. An element is undecided only where the solver left actions undecided that matter, or where a chain is
 * too large to be evaluated in rationals.
 *
 * @param tolerance for the solver, in reward units; the answers do not depend on it, the work does
 */
export function discountedDecider(
  mdp: Mdp,
  contest: Contest,
  discount: Discount,
  tolerance: number,
): Decider {
  const compareExactly = exactComparer(mdp, contest, discount);
  return (block, outcome) => {
    const open = decideByBounds(mdp, contest, discount, tolerance, block, outcome);
    if (open.length === 0) return;
    const rest = open.length === block.columns ? block : selectColumns(block, open);
    const solution = solveBlock(mdp, rewardBlockOf(rest), discount, { tolerance, decide: true });
    open.forEach((column, b) => {
      outcome[column] =
        (contest.kind === 'optimality' ? decideByStatus(contest, solution, b) : null) ??
        compareExactly(rest, b, solution) ??
        Outcome.undecided;
    });
  };
}

/** Decides the elements whose bounds do not overlap; returns the columns of the others. */
function decideByBounds(
  mdp: Mdp,
  contest: Contest,
  discount: Discount,
  tolerance: number,
  block: ElementBlock,
  outcome: Int8Array,
): number[] {
  const rewards = rewardBlockOf(block);
  const solution = solveBlock(mdp, rewards, discount, { tolerance, decide: false });
  const open: number[] = [];
  for (let b = 0; b < block.columns; b++) {
    const { worth, error } = approximateWorth(mdp, contest, discount, rewards.values, solution, b);
    const answer = withinBounds(contest, worth, 2 * error);
    if (answer === null) open.push(b);
    else outcome[b] = answer;
  }
  return open;
}

/** The answer if worths that differ by no more than `margin` may be equal or in either order; null if that leaves it open. */
function withinBounds(contest: Contest, worth: readonly number[], margin: number): number | null {
  const best = (indices: readonly number[]): number =>
    indices.reduce((most, i) => Math.max(most, worth[i]!), -Infinity);
  if (contest.kind !== 'optimality') {
    const gap = best(contest.side) - best(contest.otherSide);
    return Math.abs(gap) > margin ? Math.sign(gap) : null;
  }
  const isOptimal = (side: readonly number[], rest: readonly number[]): boolean | null => {
    const gap = best(side) - best(rest);
    return Math.abs(gap) > margin ? gap > 0 : null;
  };
  const a = isOptimal(contest.side, contest.besideSide);
  const b = isOptimal(contest.otherSide, contest.besideOther);
  return a === null || b === null ? null : Number(a) - Number(b);
}

/**
 * The worth of each contender of column b in units of (1−γ)·V, as doubles: POWER of states; of choices (1−γ)·Σ P V with
 * (1−γ)·V = (1−γ)·R + γ·power, whose sum has n products. Each product and sum rounds by at most u of what it adds up to,
 * as do the stored rewards, probabilities, γ and 1−γ: n + 7 roundings, taken twice to cover higher orders (Higham 2002, §3.1).
 */
function approximateWorth(
  mdp: Mdp,
  contest: Contest,
  { gamma, oneMinusGamma }: Discount,
  rewards: Float64Array,
  { power, error }: Solution,
  b: number,
): { worth: number[]; error: number } {
  const columns = error.length;
  let rounding = 0;
  const worth = contest.contenders.map(({ state, choice }) => {
    if (choice === undefined) return power[state * columns + b]!;
    let sum = 0;
    let size = 0;
    const [from, to] = [mdp.rowPtr[choice]!, mdp.rowPtr[choice + 1]!];
    for (let k = from; k < to; k++) {
      const at = mdp.successor[k]! * columns + b;
      const [now, later] = [oneMinusGamma * rewards[at]!, gamma * power[at]!];
      sum += mdp.probability[k]! * (now + later);
      size += mdp.probability[k]! * (Math.abs(now) + Math.abs(later));
    }
    rounding = Math.max(rounding, 2 * (to - from + 7) * 2 ** -53 * size);
    return sum;
  });
  return { worth, error: error[b]! + rounding };
}

/** What the statuses say; null if they leave it open. */
function decideByStatus(contest: Contest, { status, error }: Solution, b: number): number | null {
  const someOptimal = (side: readonly number[]): boolean | null => {
    const found = side.map((i) => status[contest.contenders[i]!.choice! * error.length + b]!);
    if (found.some((value) => value === Status.unique || value === Status.tied)) return true;
    return found.every((value) => value === Status.notOptimal) ? false : null;
  };
  const [a, other] = [someOptimal(contest.side), someOptimal(contest.otherSide)];
  return a === null || other === null ? null : Number(a) - Number(other);
}

/** Compares by the exact values of an optimal policy; null where none is certified, or it is too large. */
function exactComparer(
  mdp: Mdp,
  contest: Contest,
  discount: Discount,
): (block: ElementBlock, b: number, solution: Solution) => number | null {
  const known = contest.contenders.map(() => new Map<string, VisitWeights | null>());
  const policy = new Int32Array(mdp.stateCount);
  const weightsOf = (contender: Contender, i: number): VisitWeights | null => {
    const states = visitedStates(mdp, contender, policy);
    if (states === null) return null;
    const key = states.map((s) => policy[s]!).join();
    let weights = known[i]!.get(key);
    if (weights === undefined) {
      weights = visitWeights(mdp, contender, policy, states, discount, contest.kind === 'power');
      known[i]!.set(key, weights);
    }
    return weights;
  };
  return ({ orbit, columns, ranks }, b, solution) => {
    certifiedPolicy(mdp, solution, b, policy);
    const worth: Fraction[] = [];
    for (const [i, contender] of contest.contenders.entries()) {
      const weights = weightsOf(contender, i);
      if (weights === null) return null;
      let numerator = 0n;
      weights.states.forEach((s, j) => {
        numerator += weights.numerators[j]! * orbit.integers[ranks[s * columns + b]!]!;
      });
      worth.push({ numerator, denominator: weights.denominator });
    }
    return outcomeOf(contest, worth, compareFractions);
  };
}

function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** The first choice of each state that is certified optimal in column b; −1 where none is. */
function certifiedPolicy(mdp: Mdp, { status, error }: Solution, b: number, policy: Int32Array): void {
  for (let s = 0; s < mdp.stateCount; s++) {
    policy[s] = -1;
    for (let c = mdp.choicePtr[s]!; policy[s]! < 0 && c < mdp.choicePtr[s + 1]!; c++) {
      const value = status[c * error.length + b];
      if (value === Status.unique || value === Status.tied) policy[s] = mdp.choiceClass[c]!;
    }
  }
}
