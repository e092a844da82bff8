import { controlsOf } from './controls.js';
import { powerSampler } from './grouped-block.js';
import { orbitAverages } from './orbits.js';
import { blockColumns } from './plan.js';
import type { GammaJob, SampleJob } from './solved-samples.js';

/**
 * Regression coefficients of POWER on the controls, for each set of states, from the first samples of a pilot: reward
 * functions that are drawn for this and used for nothing else, so that the coefficients are independent of the samples they
 * are applied to. Both are taken about their values in the first sample.
 *
 * @param job      with orbits and controls, and a source of pilot samples
 * @param samples  to draw
 * @returns Float64 (sets), and the most sweeps that the controls of a block took
 */
export function fitControls(
  job: Omit<SampleJob, 'gammas'>,
  gamma: GammaJob,
  samples: number,
): { coefficients: Float64Array; sweeps: number } {
  const { mdp, orbits, controls } = job;
  if (orbits === undefined || controls === undefined) throw new RangeError('there are no controls to fit');
  const { ofState, stateMembers } = orbits;
  const sets = stateMembers.length;
  // Σx, Σy, Σx² and Σxy of each set, for its control x and its POWER y.
  const sums = new Float64Array(4 * sets);
  const solve = powerSampler(job, gamma);
  const columns = Math.min(blockColumns(mdp.stateCount), samples);
  let sweeps = 0;
  let about: { x: Float64Array; y: Float64Array } | undefined;
  for (let first = 0; first < samples; first += columns) {
    const count = Math.min(columns, samples - first);
    const { power, rewards } = solve(first, count);
    const y = orbitAverages(power, count, ofState, stateMembers);
    const found = controlsOf(mdp, controls, rewards!, gamma.discount.gamma);
    sweeps = Math.max(sweeps, found.sweeps);
    const x = orbitAverages(found.maxima, count, ofState, stateMembers);
    about ??= {
      x: Float64Array.from(stateMembers, (_, o) => x[o * count]),
      y: Float64Array.from(stateMembers, (_, o) => y[o * count]),
    };
    for (let o = 0; o < sets; o++) {
      for (let b = o * count; b < (o + 1) * count; b++) {
        const [dx, dy] = [x[b] - about.x[o], y[b] - about.y[o]];
        sums[4 * o] += dx;
        sums[4 * o + 1] += dy;
        sums[4 * o + 2] += dx * dx;
        sums[4 * o + 3] += dx * dy;
      }
    }
  }
  const coefficients = Float64Array.from(stateMembers, (_, o) => {
    const [x, y, xx, xy] = sums.subarray(4 * o, 4 * o + 4);
    const variance = xx - (x * x) / samples;
    return variance > 0 ? (xy - (x * y) / samples) / variance : 0;
  });
  return { coefficients, sweeps };
}
