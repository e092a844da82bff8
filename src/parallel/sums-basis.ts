import { createHash } from 'node:crypto';
import type { SamplePlan } from '../power/plan.js';
import type { SampleJob } from '../power/solved-samples.js';
import type { Points } from '../rewards/points.js';
import type { SavedSums } from './sums-store.js';

/**
 * All that the sums of the first blocks depend on beside model, law and seed. Most of it follows from the number of samples:
 * sizes of Sobol sets, default tolerances, what the pilots of a run chose.
 *
 * @param reported  the states and choices that sums are kept of beside those of all states
 */
export function sumsBasis(
  { gammas, forms, classes, orbits, controls }: SampleJob,
  points: Points,
  { columns }: Pick<SamplePlan, 'columns'>,
  reported: unknown,
): SavedSums['basis'] {
  const sampler = [
    points.kind === 'sobol' ? `Sobol sets of 2^${points.log2Size}` : 'independent samples',
    ...(orbits ? ['averaged over symmetries'] : []),
    ...(controls ? ['with control variates'] : []),
  ];
  const coefficients = createHash('sha256');
  for (const { control } of gammas) {
    for (const values of [control?.coefficients, control?.means]) {
      coefficients.update(`${values?.length ?? '-'}:`).update(bytesOf(values ?? new Float64Array(0)));
    }
  }
  return {
    'way of sampling': sampler.join(', '),
    gammas: gammas.map(({ discount, plain }) => `${discount.text}${plain ? ' plain' : ''}`).join(','),
    'solver tolerance': gammas.map(({ tolerance }) => String(tolerance)).join(','),
    'control variates': coefficients.digest('hex'),
    blocks: String(columns),
    rows: digest(JSON.stringify([forms ?? [], classes !== undefined, reported])),
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
