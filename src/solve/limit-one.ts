import type { Mdp } from '../mdp/model.js';
import { type Standing, writeStatus } from './decide.js';
import { exactColumn } from './exactly/exact-column.js';
import { Average, averageOptimal, type LongRun } from './long-run/average-optimal.js';
import type { AveragePolicy } from './long-run/average-policy.js';
import { certifiedPolicy } from './long-run/bias-certificate.js';
import { blackwellSolver } from './long-run/blackwell.js';
import { type GainBounds, gainBounds } from './long-run/gain-bounds.js';
import { gainModel } from './long-run/gain-model.js';
import { type GainTies, gainTies, Keeps } from './long-run/gain-ties.js';
import { checkedProblem, type SolveOptions } from './new-task.js';
import type { RewardBlock, Solution } from './solution.js';
import { gather, scatter } from './task.js';

/** Larger models are decided in doubles or not at all: policies are evaluated exactly in O(S³) operations on long integers. */
const LARGEST_EXACT_MODEL = 60;

/** Where optimal actions are asked for, gains are wanted this exactly, relative to the rewards, so that few overlap. */
const DECIDING_PRECISION = 2 ** -40;

/** Linear systems that evaluating a policy takes; most columns need one or two evaluations. */
const SOLVES = 4;

const UNIT = 2 ** -53;

const solvers = new WeakMap<Mdp, ReturnType<typeof blackwellSolver>>();

/**
 * Solves a block at gamma → 1. POWER(s, 1) of one reward function is the greatest average reward that a policy can have from
 * s, max_{d ∈ RSD(s)} d·R (Turner et al. 2021, Def. 5.2, 6.10), between proved limits. `status` is Blackwell's: optimal for
 * all gamma near 1, the limit of Π*(R, γ); `averageStatus` is that of Π^avg (Def. 6.11), which is wider.
 *
 * Decisions are proved in doubles where gains and relative values are apart or tie by structure; else, in models of up to
 * LARGEST_EXACT_MODEL states, in exact integers; what is left is undecided.
 *
 * @throws {RangeError} see solveBlock
 */
export function solveAtOne(mdp: Mdp, block: RewardBlock, options: SolveOptions): Solution {
  const { classes, largestReward } = checkedProblem(mdp, block, options);
  const { tolerance, decide } = options;
  const model = gainModel(mdp);
  const { stateCount, choiceCount } = mdp;
  const { columns } = block;
  const power = new Float64Array(stateCount * columns);
  const error = new Float64Array(columns);
  const status = new Uint8Array(decide ? choiceCount * columns : 0);
  const averageStatus = new Uint8Array(decide ? choiceCount * columns : 0);
  const effort = { sweeps: 0, policyIterations: 0, finished: 0, extended: 0, exact: 0 };
  const spent = { sweeps: 0, finished: 0 };
  const rewards = new Float64Array(stateCount);
  for (let b = 0; b < columns; b++) {
    gather(block.values, columns, b, rewards);
    const rounding = block.rounded ? UNIT * largestReward[b]! + 2 ** -1073 : 0;
    const wanted = decide ? Math.min(tolerance, DECIDING_PRECISION * largestReward[b]!) : tolerance;
    const bounds = gainBounds(model, rewards, rounding, wanted, spent);
    error[b] = writePower(bounds, power, columns, b);
    if (!decide) continue;
    const ties = gainTies(model, bounds);
    effort.policyIterations += SOLVES;
    const certified = ties.complete
      ? certifiedPolicy(model, classes, rewards, rounding, bounds, ties)
      : undefined;
    const decided =
      certified !== undefined
        ? fromCertified(mdp, classes, ties, certified)
        : stateCount <= LARGEST_EXACT_MODEL
          ? exactly(mdp, block, b, classes, effort)
          : byGainAlone(mdp, ties);
    writeStatus(model.structure, classes, decided.standing, decided.proved, status, b, columns);
    for (let c = 0; c < choiceCount; c++) averageStatus[c * columns + b] = decided.average[c]!;
  }
  // Sweeps were counted column by column; they are reported over blocks.
  effort.sweeps = Math.ceil(spent.sweeps / Math.max(1, columns));
  effort.finished = spent.finished;
  return { power, error, status, averageStatus, effort };
}

/** Middles of the limits; returns the largest error of one. */
function writePower({ low, high }: GainBounds, power: Float64Array, columns: number, b: number): number {
  let error = 0;
  const middle = low.map((least, s) => {
    const value = least / 2 + high[s]! / 2;
    error = Math.max(error, high[s]! - value, value - least);
    return value;
  });
  scatter(middle, power, columns, b);
  return error * (1 + 4 * UNIT);
}

/** What is known of the choices of one reward function. */
interface Decided {
  readonly standing: Standing;
  /** whether all near rows are proved optimal */
  readonly proved: boolean;
  /** Uint8 (C): values of `Average` */
  readonly average: Uint8Array;
}

function fromCertified(mdp: Mdp, classes: Int32Array, ties: GainTies, found: AveragePolicy): Decided {
  const { structure } = gainModel(mdp);
  const { rowOfChoice, choiceOfRow } = structure;
  const chosen = Int32Array.from(found.policy, (r) => choiceOfRow[r]!);
  const tight = new Uint8Array(mdp.choiceCount);
  let unique = true;
  for (let s = 0; s < mdp.stateCount; s++) {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (classes[c] !== classes[chosen[s]!]) continue;
      tight[c] = 1;
      if (mdp.choiceClass[c] !== mdp.choiceClass[chosen[s]!]) unique = false;
    }
  }
  const keepsGain = Uint8Array.from(rowOfChoice, (r) => ties.keeps[r]!);
  const longRun: LongRun = { keepsGain, tight, policy: chosen, recurrent: found.reference, unique };
  const near = Uint8Array.from(choiceOfRow, (c) => tight[c]!);
  const standing = { near, policy: found.policy };
  return { standing, proved: true, average: averageOptimal(mdp, longRun) };
}

function exactly(
  mdp: Mdp,
  block: RewardBlock,
  column: number,
  classes: Int32Array,
  effort: Solution['effort'],
): Decided {
  const { structure } = gainModel(mdp);
  const solver = solvers.get(mdp) ?? blackwellSolver(mdp);
  solvers.set(mdp, solver);
  effort.exact++;
  const { keepsGain, tight, optimal, policy } = solver(exactColumn(block, column, mdp.stateCount), classes);
  const standing = {
    near: Uint8Array.from(structure.choiceOfRow, (c) => optimal[c]!),
    policy: Int32Array.from(policy, (c) => structure.rowOfChoice[c]!),
  };
  const recurrent = new Int32Array(mdp.stateCount).fill(-1);
  const average = averageOptimal(mdp, { keepsGain, tight, policy, recurrent, unique: false });
  return { standing, proved: true, average };
}

/** Where only gains are known: a choice that loses gain is not optimal; of several that may keep it none is decided. */
function byGainAlone(mdp: Mdp, { keeps }: GainTies): Decided {
  const { structure } = gainModel(mdp);
  const { statePtr, rowOfChoice } = structure;
  const near = Uint8Array.from(keeps, (kept) => (kept === Keeps.no ? 0 : 1));
  const policy = Int32Array.from({ length: mdp.stateCount }, (_, s) => {
    let r = statePtr[s]!;
    while (near[r] === 0) r++;
    return r;
  });
  const average = new Uint8Array(mdp.choiceCount);
  for (let s = 0; s < mdp.stateCount; s++) {
    let rows = 0;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) rows += near[r]!;
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (near[rowOfChoice[c]!] === 1) average[c] = rows === 1 ? Average.yes : Average.undecided;
    }
  }
  return { standing: { near, policy }, proved: false, average };
}
