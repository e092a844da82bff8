import { emptySums, mergeSums } from '../power/block.js';
import { gammaEffort } from '../power/estimate.js';
import { isOptimalityDoubtful, optimalityRows } from '../power/optimality-rows.js';
import { planSamples } from '../power/plan.js';
import { isPowerDoubtful, powerRow } from '../power/power-rows.js';
import type { GammaEffort, OptimalityRow, PowerRow } from '../power/result.js';
import { choicesOf, type GammaSums, type RowContext } from '../power/rows.js';
import type { Points } from '../rewards/points.js';
import { rewardSource } from '../rewards/reward-source.js';
import { type Run, runBlocks } from './run-blocks.js';
import { beginningOf } from './saved-beginning.js';
import { drawnBy, savedPart } from './saved-parts.js';
import { sumsBasis } from './sums-basis.js';

export interface Rows {
  readonly power: readonly PowerRow[];
  readonly optimality: readonly OptimalityRow[];
  readonly effort: readonly GammaEffort[];
}

/** Independent samples that stand in for doubtful rows, as a part of those of the run, and at least so many. */
const CHECK_PART = 4;
const LEAST_CHECK = 1024;

/**
 * The rows of all gammas. Where the limits of a row cannot be taken from the samples of the run (`isPowerDoubtful`,
 * `isOptimalityDoubtful`), it is made from a quarter as many further samples, independent of them and of each other, with
 * neither Sobol points nor controls, for which exact binomial limits hold. After an interruption none are drawn.
 */
export async function rowsWithChecks(
  context: RowContext,
  parts: readonly GammaSums[],
  run: Run,
): Promise<Rows> {
  const { mdp, states } = context;
  const decided = context.decided;
  const isDoubtful = (gamma: GammaSums): boolean =>
    states.some(
      (s) =>
        isPowerDoubtful(gamma, s) ||
        (decided && choicesOf(mdp, s).some((c) => isOptimalityDoubtful(gamma, c))),
    );
  const doubtful = parts.filter(isDoubtful);
  const checks = new Map<GammaSums, GammaSums>();
  if (run.signal?.aborted) {
    for (const gamma of doubtful) checks.set(gamma, { ...gamma, unchecked: true });
  } else if (doubtful.length > 0) {
    const checked = await checkSums(doubtful, run);
    doubtful.forEach((gamma, i) => {
      checks.set(gamma, checked[i]);
    });
  }
  const of = (gamma: GammaSums, doubt: boolean): GammaSums => (doubt ? checks.get(gamma)! : gamma);
  return {
    power: parts.flatMap((gamma) =>
      states.map((s) => powerRow(context, of(gamma, isPowerDoubtful(gamma, s)), s)),
    ),
    optimality: decided
      ? parts.flatMap((gamma) =>
          states.flatMap((s) => optimalityRows(context, s, (c) => of(gamma, isOptimalityDoubtful(gamma, c)))),
        )
      : [],
    effort: parts.map((gamma) => {
      const check = checks.get(gamma);
      if (check === undefined || check.unchecked) return gammaEffort(gamma);
      const both = emptySums({ ...run.job, gammas: [gamma.job] });
      mergeSums(both, gamma.sums);
      mergeSums(both, check.sums);
      return gammaEffort({ ...gamma, sums: both });
    }),
  };
}

async function checkSums(doubtful: readonly GammaSums[], run: Run): Promise<readonly GammaSums[]> {
  const points: Points = { kind: 'random', stream: 'check' };
  const { mdp, orbits, classes } = run.job;
  const drawn = doubtful[0].sums.moments.count;
  const plan = planSamples(mdp.stateCount, Math.max(LEAST_CHECK, Math.floor(drawn / CHECK_PART)));
  const empty = doubtful.map(({ job: { discount, tolerance }, support }): GammaSums => {
    const job = { discount, tolerance };
    return {
      job,
      support,
      orbits,
      sums: emptySums({ mdp, orbits, ...(classes && { classes }), gammas: [job] }),
    };
  });
  const source = rewardSource(run.reward, mdp, run.seed, points);
  const job = { mdp, orbits, ...(classes && { classes }), source, gammas: empty.map(({ job }) => job) };
  const stage = `${run.stage}: checks of ${drawn}`;
  const asked = plan.samples;
  const basis = sumsBasis(job, points, plan, []);
  const begun = beginningOf(run.store, { stage, plan, asked, basis, endsByWidth: false, parts: empty });
  const { parts: checks } = begun;
  let { merged } = begun;
  const onBlock: Run['onBlock'] = (block) => {
    block.forEach((sums, gamma) => {
      mergeSums(checks[gamma].sums, sums);
    });
    merged++;
    const sums = checks.map(savedPart);
    run.store?.save(stage, { blocks: merged, drawn: drawnBy(plan, merged), asked, basis, sums });
  };
  await runBlocks({ ...run, job, points, plan, onBlock }, merged, plan.blocks);
  return checks;
}
