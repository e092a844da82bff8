import { integerRows } from '../../mdp/integer-rows.js';
import { bitLength } from '../../number/nearest-double.js';
import { type Chain, prepareChain } from '../chain.js';
import { writeStatus } from '../decide.js';
import { scatter, type Task } from '../task.js';
import { compareExactly, improvementBound, rowSum } from './compare-exactly.js';
import { type ExactColumn, exactColumn, rewardClasses } from './exact-column.js';
import { determinantBits, type ExactValues, refineValues } from './exact-values.js';
import { provesTies } from './lump.js';

/** Binary digits of the first, extended precision: bounds of about 1e-24 of the largest reward. */
const EXTENDED_BITS = 80;

/** Work allowed for deciding one reward function exactly, in word operations of big integers: about half a second. */
const EXACT_WORK = 4e6;

/** Policies tried in exact comparison; each is better than the one before. */
const MOST_POLICIES = 100;

const UNIT = 2 ** -53;

/**
 * Settles one column in big integers, from the policy that stands in `chain`: evaluates the policy to a proved bound,
 * switches where another row is proved better, and when none is, decides which rows tie: by lumping, or by evaluating so
 * precisely that a difference, if there were one, would have to show. Beyond EXACT_WORK, rows stay undecided.
 */
export function settleExactly(task: Task, chain: Chain, column: number): void {
  const { structure, discount, classes, standing, effort } = task;
  const rewards = exactColumn(task.block, column, structure.stateCount);
  const { n: gamma, d: gammaDenominator } = discount.exact;
  const horizon = gammaDenominator / (gammaDenominator - gamma) + 1n;
  const largest = rewards.numerator.reduce((most, n) => (n * n > most * most ? n : most), 0n);
  const scale = Math.max(
    0,
    EXTENDED_BITS + 2 * bitLength(horizon) - bitLength(largest < 0n ? -largest : largest),
  );
  const exact: ExactValues = { scale, values: new Array(structure.stateCount).fill(0n), bound: 0n };
  effort.extended++;
  let sharp = false;
  let proved = false;
  let prepared = false;
  for (let round = 0; ; round++) {
    if (round === MOST_POLICIES) return;
    if (!prepared && prepareChain(chain) < 0) return;
    prepared = true;
    refineValues(chain, rewards, exact);
    const { switched, open } = compareExactly(task, chain, exact, horizon);
    if (switched) {
      prepared = false;
      sharp = false;
      continue;
    }
    if (!task.decide || open.length === 0) break;
    standing.policy.set(chain.policy);
    if (sharp) {
      proved = isSeparated(task, chain, exact, open, horizon);
      break;
    }
    if (provesTies(structure, classes, rewardClasses(task.block, column, structure.stateCount), standing)) {
      proved = true;
      break;
    }
    const needed = separationBits(task, chain, open) + bitLength(8n * horizon * horizon) + 4;
    if (exactWork(chain, needed) > EXACT_WORK) break;
    if (needed > exact.scale) {
      const more = BigInt(needed - exact.scale);
      for (let s = 0; s < exact.values.length; s++) exact.values[s] = exact.values[s]! << more;
      exact.scale = needed;
    }
    effort.exact++;
    sharp = true;
  }
  record(task, chain, column, rewards, exact, horizon, proved);
}

/**
 * b such that the difference of any two near rows of an open state, times the reward's denominator, is 0 or greater than
 * 2^−b: it is an integer over det A and the two rows' denominators.
 */
function separationBits({ structure, standing }: Task, chain: Chain, open: readonly number[]): number {
  const { statePtr, rowPtr, successor, choiceOfRow, mdp } = structure;
  const { denominator } = integerRows(mdp);
  const from = new Set<number>();
  let rows = 0;
  for (const s of open) {
    let widest = 0;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      if (standing.near[r] === 0) continue;
      widest = Math.max(widest, bitLength(denominator[choiceOfRow[r]!]!));
      for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) from.add(successor[k]!);
    }
    rows = Math.max(rows, 2 * widest);
  }
  return determinantBits(chain, from) + rows;
}

/** Whether a difference that the near rows still allow, worse + 2·bound, is too small to be other than 0. */
function isSeparated(
  task: Task,
  chain: Chain,
  exact: ExactValues,
  open: readonly number[],
  horizon: bigint,
): boolean {
  const allowed = 4n * exact.bound + improvementBound(exact, horizon);
  return allowed << BigInt(separationBits(task, chain, open)) < 1n << BigInt(exact.scale);
}

/** Word operations of refining to this many bits: about 30 bits a round, each of them one pass over the chain. */
function exactWork({ structure, policy, matrices }: Chain, bits: number): number {
  let pass = 4 * structure.stateCount;
  for (const r of policy) pass += structure.rowPtr[r + 1]! - structure.rowPtr[r]!;
  for (const matrix of matrices.values()) pass += matrix.entries.length / 50;
  return (bits / 30) * pass * (1 + bits / 1024);
}

function record(
  task: Task,
  { policy }: Chain,
  column: number,
  rewards: ExactColumn,
  exact: ExactValues,
  horizon: bigint,
  proved: boolean,
): void {
  const { structure, discount, block, standing } = task;
  const { mdp, choiceOfRow } = structure;
  const { denominator } = integerRows(mdp);
  const { n: gamma, d: gammaDenominator } = discount.exact;
  const unit = (gammaDenominator * rewards.denominator) << BigInt(exact.scale);
  const inexact = ratio((gammaDenominator - gamma) * (exact.bound + improvementBound(exact, horizon)), unit);
  // Where refining made no headway (an enormous chain), what the doubles proved is better.
  if (!proved && inexact >= task.error[column]!) return;
  if (task.decide) {
    standing.policy.set(policy);
    writeStatus(structure, task.classes, standing, proved, task.status, column, block.columns);
  }
  const power = Float64Array.from(policy, (r) =>
    ratio(
      (gammaDenominator - gamma) * rowSum(structure, r, exact.values),
      unit * denominator[choiceOfRow[r]!]!,
    ),
  );
  const largest = power.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const error = inexact * (1 + 4 * UNIT) + 2 * UNIT * largest + 2 ** -1073;
  if (error >= task.error[column]!) return;
  task.error[column] = error;
  scatter(power, task.power, block.columns, column);
}

/** numerator/denominator as a double, with relative error below 2⁻⁵², or absolute error 2⁻¹⁰⁷⁴ if subnormal. */
function ratio(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  const shift = 64 + bitLength(denominator) - bitLength(size);
  const quotient =
    shift >= 0 ? (numerator << BigInt(shift)) / denominator : numerator / (denominator << BigInt(-shift));
  const half = Math.trunc(shift / 2);
  return Number(quotient) * 2 ** -half * 2 ** -(shift - half);
}
