import { reachableFrom } from '../mdp/graph.js';
import { leastCommonMultiple } from '../mdp/integer-rows.js';
import type { Mdp } from '../mdp/model.js';
import { type Rational, ZERO } from '../number/rational.js';
import { averageGain, isDeterministic } from '../solve/long-run/average-gain.js';
import { simpleCycles } from '../solve/simple-cycles.js';
import { type RewardOrbit, rewardBlockOf } from './orbit-elements.js';
import { type Contender, type Contest, type Decider, outcomeOf } from './orbit-question.js';

/** Steps allowed for listing the cycles of a deterministic model; beyond that each element is solved by itself. */
const CYCLE_STEPS = 100_000;

/**
 * Answers a question at the average criterion (γ → 1 without regard to what is passed on the way): the worth of a state
 * is its best gain, max over RSD(s) of d·R, and that of a choice the expected best gain after it, so that a choice is
 * average-optimal if its worth is the gain of its state (Turner et al. 2021, Def. 6.10 and 6.11). Exact; nothing is ever
 * undecided.
 */
export function averageDecider(mdp: Mdp, contest: Contest, orbit: RewardOrbit): Decider {
  return cycleTable(mdp, contest, orbit) ?? solvedOneByOne(mdp, contest);
}

/**
 * Deterministic models with few cycles: the gain is the greatest mean of a cycle that can be reached. Means are
 * multiplied by the least common multiple of the lengths and the rewards by their denominator, so that they are integers
 * which doubles hold exactly. Undefined where this cannot be done.
 */
function cycleTable(mdp: Mdp, contest: Contest, orbit: RewardOrbit): Decider | undefined {
  const cycles = isDeterministic(mdp) ? simpleCycles(mdp, CYCLE_STEPS) : null;
  if (cycles === null) return undefined;
  const common = cycles.reduce((lcm, cycle) => leastCommonMultiple(lcm, BigInt(cycle.length)), 1n);
  if (
    orbit.integers.some((value) => common * (value < 0n ? -value : value) > BigInt(Number.MAX_SAFE_INTEGER))
  ) {
    return undefined;
  }
  const weight = cycles.map((cycle) => Number(common) / cycle.length);
  const integers = Float64Array.from(orbit.integers, Number);
  const within = contest.contenders.map((contender) => {
    const reached = reachableFrom(mdp, [onlySuccessor(mdp, contender)]);
    return [...cycles.keys()].filter((i) => reached[cycles[i]![0]!] === 1);
  });
  const relevant = [...new Set(within.flat())];
  const mean = new Float64Array(cycles.length);
  const difference = (a: number, b: number): number => a - b;
  return ({ columns, ranks }, outcome) => {
    for (let b = 0; b < columns; b++) {
      for (const i of relevant) {
        let sum = 0;
        for (const s of cycles[i]!) sum += integers[ranks[s * columns + b]!]!;
        mean[i] = sum * weight[i]!;
      }
      const worth = within.map((reached) => {
        let best = -Infinity;
        for (const i of reached) if (mean[i]! > best) best = mean[i]!;
        return best;
      });
      outcome[b] = outcomeOf(contest, worth, difference);
    }
  };
}

/** Where a contender of a deterministic model leads to; a state as such stands for itself. */
function onlySuccessor(mdp: Mdp, { state, choice }: Contender): number {
  return choice === undefined ? state : mdp.successor[mdp.rowPtr[choice]!]!;
}

function solvedOneByOne(mdp: Mdp, contest: Contest): Decider {
  const gainOf = averageGain(mdp);
  return (block, outcome) => {
    const { exactColumn } = rewardBlockOf(block);
    for (let b = 0; b < block.columns; b++) {
      const gain = gainOf(exactColumn(b));
      const worth = contest.contenders.map((contender) => expectedGain(mdp, contender, gain));
      outcome[b] = outcomeOf(contest, worth, (x, y) => x.compare(y));
    }
  };
}

function expectedGain(mdp: Mdp, { state, choice }: Contender, gain: readonly Rational[]): Rational {
  if (choice === undefined) return gain[state]!;
  let sum = ZERO;
  for (let k = mdp.rowPtr[choice]!; k < mdp.rowPtr[choice + 1]!; k++) {
    sum = sum.add(mdp.exact.values[mdp.exact.index[k]!]!.mul(gain[mdp.successor[k]!]!));
  }
  return sum;
}
