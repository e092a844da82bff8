import { integerRows } from '../mdp/integer-rows.js';
import { bitLength } from '../number/nearest-double.js';
import { type Chain, prepareChain } from './chain.js';
import { isOpen, writeStatus } from './decide.js';
import { type ExactColumn, exactColumn, rewardClasses } from './exact-column.js';
import { determinantBits, type ExactValues, refineValues } from './exact-values.js';
import { provesTies } from './lump.js';
import type { Task } from './task.js';

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
  for (let round = 0; round < MOST_POLICIES; round++) {
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
    if (sharp || provesTies(structure, classes, rewardClasses(rewards), standing)) {
      proved = sharp ? isSeparated(task, chain, exact, open, horizon) : true;
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

/** Largest V* − V^π if every near row is at most 4·bound better than π's row. */
function improvementBound(exact: ExactValues, horizon: bigint): bigint {
  return 4n * exact.bound * horizon;
}

/**
 * Compares every row with the policy's, by exact sums over the values. A row that is certainly better for V^π replaces
 * the policy's. A row is not near if it is certainly worse for V*, which lies between V^π and V^π + improvementBound.
 */
function compareExactly(
  { structure, classes, standing }: Task,
  { policy }: Chain,
  exact: ExactValues,
  horizon: bigint,
): { switched: boolean; open: number[] } {
  const { statePtr, stateCount, choiceOfRow, mdp } = structure;
  const { denominator } = integerRows(mdp);
  const better = 2n * exact.bound;
  const worse = better + improvementBound(exact, horizon);
  const open: number[] = [];
  let switched = false;
  for (let s = 0; s < stateCount; s++) {
    let current = policy[s]!;
    standing.near[current] = 1;
    if (statePtr[s + 1]! - statePtr[s]! === 1) continue;
    let own = rowSum(structure, current, exact.values);
    let ownDenominator = denominator[choiceOfRow[current]!]!;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      if (r === current) continue;
      const other = rowSum(structure, r, exact.values);
      const otherDenominator = denominator[choiceOfRow[r]!]!;
      const gap = other * ownDenominator - own * otherDenominator;
      const unit = ownDenominator * otherDenominator;
      standing.near[r] = gap < -worse * unit ? 0 : 1;
      if (gap > better * unit) {
        current = r;
        own = other;
        ownDenominator = otherDenominator;
        switched = true;
      }
    }
    policy[s] = current;
    if (!switched && isOpen(structure, classes, standing.near, s, current)) open.push(s);
  }
  return { switched, open };
}

/** denominator·Σ_t P(t|row)·values(t), an integer. */
function rowSum({ mdp, choiceOfRow }: Task['structure'], r: number, values: readonly bigint[]): bigint {
  const { numerator } = integerRows(mdp);
  const c = choiceOfRow[r]!;
  const start = mdp.rowPtr[c]!;
  const end = mdp.rowPtr[c + 1]!;
  if (end - start === 1) return values[mdp.successor[start]!]!;
  let sum = 0n;
  for (let k = start; k < end; k++) sum += numerator[k]! * values[mdp.successor[k]!]!;
  return sum;
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
  let largest = 0;
  for (let s = 0; s < structure.stateCount; s++) {
    const sum = rowSum(structure, policy[s]!, exact.values);
    const power = ratio((gammaDenominator - gamma) * sum, unit * denominator[choiceOfRow[policy[s]!]!]!);
    task.power[s * block.columns + column] = power;
    largest = Math.max(largest, Math.abs(power));
  }
  task.error[column] = inexact * (1 + 4 * UNIT) + 2 * UNIT * largest + 2 ** -1073;
  if (task.decide) {
    standing.policy.set(policy);
    writeStatus(structure, task.classes, standing, proved, task.status, column, block.columns);
  }
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
