import { leastSquares } from '../number/least-squares.js';
import { eachControl } from './controls.js';
import { powerSampler } from './grouped-block.js';
import { orbitAverages } from './orbits.js';
import { blockColumns } from './plan.js';
import type { GammaJob, SampleJob } from './solved-samples.js';

/**
 * Regression coefficients of POWER on the controls, for each set of states, from the first samples of a pilot: reward
 * functions that are drawn for this and used for nothing else, so that the coefficients are independent of the samples they
 * are applied to. Controls are taken about their known means, POWER about its mean in the pilot.
 *
 * @param job      with orbits and controls, and a source of pilot samples
 * @param samples  to draw
 * @returns Float64 (levels · sets)
 */
export function fitControls(job: Omit<SampleJob, 'gammas'>, gamma: GammaJob, samples: number): Float64Array {
  const { mdp, orbits, controls } = job;
  if (orbits === undefined || controls === undefined) throw new RangeError('there are no controls to fit');
  const S = mdp.stateCount;
  const { ofState, stateMembers } = orbits;
  const sets = stateMembers.length;
  const K = controls.levels.length;
  // Each set has K controls, POWER and 1 as its variables; the sums of their products.
  const V = K + 2;
  const products = new Float64Array(sets * V * V);
  const solve = powerSampler(job, gamma);
  const columns = Math.min(blockColumns(S), samples);
  let about: Float64Array | undefined;
  for (let first = 0; first < samples; first += columns) {
    const count = Math.min(columns, samples - first);
    const { power, rewards } = solve(first, count);
    const averages = orbitAverages(power, count, ofState, stateMembers);
    about ??= Float64Array.from({ length: sets }, (_, o) => averages[o * count]);
    for (let o = 0; o < sets; o++) {
      for (let b = o * count; b < (o + 1) * count; b++) averages[b] -= about[o];
    }
    const variables: Float64Array[] = [];
    eachControl(controls, rewards!, count, (k, maxima) => {
      const centered = maxima.slice();
      for (let s = 0; s < S; s++) {
        const mean = controls.means[k * S + s];
        for (let b = s * count; b < (s + 1) * count; b++) centered[b] -= mean;
      }
      variables.push(orbitAverages(centered, count, ofState, stateMembers));
    });
    variables.push(averages, new Float64Array(sets * count).fill(1));
    addProducts(products, variables, sets, count);
  }
  return solveEach(products, sets, K, V, samples);
}

function addProducts(
  products: Float64Array,
  variables: readonly Float64Array[],
  sets: number,
  count: number,
): void {
  const V = variables.length;
  for (let o = 0; o < sets; o++) {
    for (let i = 0; i < V; i++) {
      for (let j = i; j < V; j++) {
        let sum = 0;
        for (let b = o * count; b < (o + 1) * count; b++) sum += variables[i][b] * variables[j][b];
        products[(o * V + i) * V + j] += sum;
      }
    }
  }
}

/** The regression of every set: covariances are Σxy − Σx·Σy/n. */
function solveEach(
  products: Float64Array,
  sets: number,
  K: number,
  V: number,
  samples: number,
): Float64Array {
  const coefficients = new Float64Array(K * sets);
  for (let o = 0; o < sets; o++) {
    const at = (i: number, j: number): number => products[(o * V + Math.min(i, j)) * V + Math.max(i, j)];
    const covariance = (i: number, j: number): number => at(i, j) - (at(i, V - 1) * at(j, V - 1)) / samples;
    const gram = Float64Array.from({ length: K * K }, (_, ij) => covariance(Math.floor(ij / K), ij % K));
    const cross = Float64Array.from({ length: K }, (_, i) => covariance(i, K));
    leastSquares(gram, cross).forEach((coefficient, k) => {
      coefficients[k * sets + o] = coefficient;
    });
  }
  return coefficients;
}
