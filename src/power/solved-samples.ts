import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import type { RewardSource } from '../rewards/source.js';
import type { Solution } from '../solve/solution.js';
import { solveAt } from '../solve/solve-at.js';
import type { Controls } from './controls.js';
import type { LinearForm } from './linear-form.js';
import type { Orbits } from './orbits.js';

/** How much of the control variates is taken off at one gamma. */
export interface ControlPart {
  /** Float64 (sets of states) */
  readonly coefficients: Float64Array;
  /** Float64 (S): of the controls */
  readonly means: Float64Array;
}

/** One gamma of a run: how exactly it is solved, and whether optimal actions are decided. */
export interface GammaJob {
  readonly discount: Discount;
  /** largest |POWER sample − exact| to reach, in reward units */
  readonly tolerance: number;
  /** what is taken off POWER; absent: nothing */
  readonly control?: ControlPart | undefined;
  /** true: from independent samples as they are, whatever is done at other gammas */
  readonly plain?: boolean;
}

/** What is solved: the same for every block of a run. */
export interface SampleJob {
  readonly mdp: Mdp;
  readonly source: RewardSource;
  readonly gammas: readonly GammaJob[];
  /** Int32 (C): choices that are equal in law (mdp/bisimulation.ts); absent if optimal actions are not asked for */
  readonly classes?: Int32Array;
  /** linear combinations of what is sampled, whose own spread is asked for; terms number the gammas above */
  readonly forms?: readonly LinearForm[] | undefined;
  /** sets whose members' samples are averaged; absent: every state and choice by itself */
  readonly orbits?: Orbits | undefined;
  /** the control variates that the parts belong to */
  readonly controls?: Controls | undefined;
  /** independent samples for the gammas that are `plain`, where `source` draws others */
  readonly plainSource?: RewardSource | undefined;
}

/** What is to be solved at each gamma by itself, with what holds for it. */
export function gammaJobs(job: SampleJob): SampleJob[] {
  const { orbits: _, controls: __, ...plain } = job;
  return job.gammas.map((gamma) =>
    gamma.plain
      ? { ...plain, source: job.plainSource ?? job.source, gammas: [gamma] }
      : { ...job, gammas: [gamma] },
  );
}

/** A solved block of samples, and how many reward functions had to be solved for it. */
export interface SolvedSamples extends Solution {
  readonly solved: number;
  /** Float64 (S·B): the rewards; absent where laws of finite support repeat themselves */
  readonly rewards?: Float64Array;
}

/** Solves samples first … first+count−1 at every gamma, with the same reward functions (common random numbers). */
export type SampleSolver = (first: number, count: number) => readonly SolvedSamples[];

/** One reward function, solved at every gamma. */
interface SolvedFunction {
  readonly power: Float64Array;
  readonly error: number;
  readonly status: Uint8Array;
  readonly averageStatus?: Uint8Array;
}

/** What the solved reward functions kept by one solver may weigh. */
const cacheBytes = 1 << 26;

/**
 * A solver of sample blocks. Where the law has finite support, each reward function is solved once and kept, up to a bound
 * of memory: a column of a Solution depends on its reward function alone, so that keeping it changes no digit.
 */
export function sampleSolver(job: SampleJob): SampleSolver {
  const { mdp, source } = job;
  const supportKey = source.supportKey;
  if (supportKey === undefined) {
    return (first, count) => {
      const values = new Float64Array(mdp.stateCount * count);
      source.fill(first, count, values);
      const samples = Array.from({ length: count }, (_, b) => first + b);
      return solveColumns(job, values, samples).map((solution) => ({
        ...solution,
        solved: count,
        rewards: values,
      }));
    };
  }

  const kept = new Map<string, readonly SolvedFunction[]>();
  const bytesEach = job.gammas.length * (8 * mdp.stateCount + mdp.choiceCount + 256);
  return (first, count) => {
    const keys = Array.from({ length: count }, (_, b) => supportKey(first + b));
    const fresh = new Map<string, number>();
    keys.forEach((key, b) => {
      if (!kept.has(key) && !fresh.has(key)) fresh.set(key, b);
    });
    const values = new Float64Array(mdp.stateCount * count);
    if (fresh.size > 0) source.fill(first, count, values);
    const columns = [...fresh.values()];
    const solutions = solveColumns(
      job,
      gatherColumns(values, count, columns),
      columns.map((b) => first + b),
    );

    const known = new Map<string, readonly SolvedFunction[]>();
    [...fresh.keys()].forEach((key, column) => {
      const functions = solutions.map((solution) => functionOf(solution, column));
      known.set(key, functions);
      if ((kept.size + 1) * bytesEach <= cacheBytes) kept.set(key, functions);
    });
    const ofSample = keys.map((key) => (kept.get(key) ?? known.get(key)) as readonly SolvedFunction[]);
    return solutions.map((solution, gamma) => ({
      ...spread(ofSample.map((functions) => functions[gamma])),
      effort: solution.effort,
      solved: columns.length,
    }));
  };
}

/** The given samples, whose rewards are the columns of `values`, at every gamma. */
function solveColumns(job: SampleJob, values: Float64Array, samples: readonly number[]): Solution[] {
  const { mdp, source, classes } = job;
  const block = {
    columns: samples.length,
    values,
    exactColumn: (column: number) => source.exactColumn(samples[column]),
    rounded: source.rounded,
  };
  return job.gammas.map(({ discount, tolerance }) =>
    samples.length === 0
      ? nothingToSolve
      : solveAt(mdp, block, discount, {
          tolerance,
          decide: classes !== undefined,
          ...(classes === undefined ? {} : { classes }),
        }),
  );
}

const nothingToSolve: Solution = {
  power: new Float64Array(0),
  error: new Float64Array(0),
  status: new Uint8Array(0),
  effort: { sweeps: 0, policyIterations: 0, finished: 0, extended: 0, exact: 0 },
};

/** Some columns of a row-major array of `width` columns. */
function gatherColumns(values: Float64Array, width: number, columns: readonly number[]): Float64Array {
  const rows = values.length / width;
  const gathered = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row++) {
    columns.forEach((column, i) => {
      gathered[row * columns.length + i] = values[row * width + column];
    });
  }
  return gathered;
}

/** One column of a solution by itself. */
function functionOf(solution: Solution, column: number): SolvedFunction {
  const width = solution.error.length;
  const { averageStatus } = solution;
  const columnOf = (statuses: Uint8Array): Uint8Array =>
    Uint8Array.from({ length: statuses.length / width }, (_, c) => statuses[c * width + column]);
  return {
    power: gatherColumns(solution.power, width, [column]),
    error: solution.error[column],
    status: columnOf(solution.status),
    ...(averageStatus === undefined ? {} : { averageStatus: columnOf(averageStatus) }),
  };
}

/** Lays solved reward functions side by side again, one column for each sample. */
function spread(functions: readonly SolvedFunction[]): Omit<Solution, 'effort'> {
  const width = functions.length;
  const power = new Float64Array(functions[0].power.length * width);
  functions.forEach((solved, b) => {
    for (let s = 0; s < solved.power.length; s++) power[s * width + b] = solved.power[s];
  });
  const statuses = (of: (solved: SolvedFunction) => Uint8Array): Uint8Array => {
    const together = new Uint8Array(of(functions[0]).length * width);
    functions.forEach((solved, b) => {
      of(solved).forEach((one, c) => {
        together[c * width + b] = one;
      });
    });
    return together;
  };
  return {
    power,
    error: Float64Array.from(functions, (solved) => solved.error),
    status: statuses((solved) => solved.status),
    ...(functions[0].averageStatus === undefined
      ? {}
      : { averageStatus: statuses((solved) => solved.averageStatus as Uint8Array) }),
  };
}
