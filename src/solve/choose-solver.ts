import { type Group, type GroupSolver, groupSolvers } from './group.js';
import { groupsInOrder } from './groups-in-order.js';
import { LANES } from './kernel/sweep.js';
import type { Structure } from './structure.js';

/** Reward functions that each solver is tried on, in small and in large models. */
const PILOT = { functions: 64, largeFunctions: 16, largeStates: 256 };

/** What a reward function costs that a solver leaves over, in sweeps over a group. */
const LEFT_OVER = 100;

/** What eliminating one state costs, as measured, in transitions relaxed: for every pair of states in the band. */
const ELIMINATION = 1.25;

/** Gauss–Seidel sweeps are not tried where a group takes less work than so many of them: they seldom do with fewer. */
const FEWEST_RELAXING = 32;

/** What a round of policy iteration costs where every row is certain, column by column, in sweeps over a group. */
const CERTAIN_ROUND = 16;

/** Counted work of one sweep and of one round of policy iteration over eight reward functions. */
export function stepWork({ stateCount, bandwidth, successor, longestRow }: Structure): {
  sweep: number;
  round: number;
} {
  const sweep = successor.length + stateCount;
  const elimination = successor.length + ELIMINATION * stateCount * bandwidth * bandwidth;
  return { sweep, round: longestRow === 1 ? CERTAIN_ROUND * sweep : elimination };
}

/**
 * The solver that proves the pilot's reward functions with the least counted work (transitions relaxed and multiplications
 * of eliminations: never by the clock, so that the choice, and with it the last digits, is the same on all machines), or
 * `columns`, solveBlock column by column, where all of them leave over more than half.
 *
 * @param load puts the eight reward functions first … first+7 into the group's kernel
 */
export function chooseSolver(group: Group, load: (first: number) => void): GroupSolver | 'columns' {
  const { stateCount } = group.structure;
  const functions = stateCount > PILOT.largeStates ? PILOT.largeFunctions : PILOT.functions;
  const { sweep: sweepWork, round: roundWork } = stepWork(group.structure);
  const { mostSweeps } = group;
  let chosen: GroupSolver | 'columns' = 'columns';
  let least = Infinity;
  for (const solver of groupSolvers(group)) {
    if (solver === 'gauss-seidel' && least < (FEWEST_RELAXING * sweepWork * functions) / LANES) continue;
    let left = 0;
    const { sweeps, rounds } = group;
    const solve = groupsInOrder(group, solver, load);
    for (let first = 0; first < functions; first += LANES) {
      group.mostSweeps = Math.min(mostSweeps, 1 + Math.ceil((least / sweepWork / functions) * LANES));
      const done = solve(first);
      for (let b = 0; b < LANES; b++) if (((done >>> b) & 1) === 0) left++;
    }
    const work = (group.sweeps - sweeps + left * LEFT_OVER) * sweepWork + (group.rounds - rounds) * roundWork;
    if (left <= functions / 2 && work < least) {
      least = work;
      chosen = solver;
    }
  }
  group.mostSweeps = mostSweeps;
  group.sweeps = 0;
  group.rounds = 0;
  return chosen;
}
