import { usageError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { LEAST_SETS, sobolObstacle } from '../power/estimator.js';
import type { RewardSource } from '../rewards/source.js';
import type { RewardSpec } from '../rewards/spec.js';
import type { EstimateOptions } from './estimate-options.js';

/** Sobol points and the end of a run by its widths are refused where they cannot be honest. */
export function checkSampler(reward: RewardSpec, law: RewardSource, options: EstimateOptions): void {
  if (options.sampler !== 'sobol') return;
  const obstacle = sobolObstacle(reward, law);
  if (obstacle !== undefined) {
    throw usageError(`Sobol points cannot be used: ${obstacle}`, {
      hint: 'let --sampler auto or --sampler random draw independent samples',
    });
  }
  if (options.forms !== undefined && options.forms.length > 0) {
    throw usageError('what is asserted is decided by independent samples', {
      hint: 'leave out --sampler sobol, or the assertions',
    });
  }
  if (options.untilWidth !== undefined) {
    throw usageError('a run that ends by its widths needs independent samples', {
      hint: 'leave out --sampler sobol',
    });
  }
  if (options.samples < 2 * LEAST_SETS) {
    throw usageError(`Sobol points need at least ${2 * LEAST_SETS} samples`, {
      found: String(options.samples),
      hint: `they come in at least ${LEAST_SETS} randomised sets`,
    });
  }
}

/** @throws {UserError} an option has no meaning */
export function checkOptions(mdp: Mdp, options: EstimateOptions): void {
  const { gammas, samples, threads = 1, confidence = 0.95, tolerance = 1, states = [] } = options;
  const { untilWidth = 1 } = options;
  const refuse = (name: string, found: unknown, wanted: string): never => {
    throw usageError(`the option ${name} has no meaning as given`, { found: String(found), wanted });
  };
  if (gammas.length === 0) refuse('gammas', '[]', 'at least one discount');
  if (!Number.isSafeInteger(samples) || samples < 1)
    refuse('samples', samples, 'a whole number from 1 to 2^53 − 1');
  if (!Number.isSafeInteger(threads) || threads < 1) refuse('threads', threads, 'a whole number from 1 on');
  if (!(confidence > 0 && confidence < 1))
    refuse('confidence', confidence, 'a number between 0 and 1, such as 0.95');
  if (!(tolerance > 0 && tolerance < Infinity))
    refuse('tolerance', tolerance, 'a positive number, in reward units');
  if (!(untilWidth > 0 && untilWidth < Infinity)) refuse('untilWidth', untilWidth, 'a positive number');
  const wrongState = states.find((s) => !Number.isSafeInteger(s) || s < 0 || s >= mdp.stateCount);
  if (wrongState !== undefined) refuse('states', wrongState, `state numbers from 0 to ${mdp.stateCount - 1}`);
}
