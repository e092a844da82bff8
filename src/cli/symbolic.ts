import { ExitCode, usageError } from '../errors.js';
import { symbolicOptimality, symbolicPower } from '../exact/symbolic-rows.js';
import { type EstimateValues, rewardOf, statesNamed } from './estimate.js';
import type { GateValues } from './gates.js';
import type { Io } from './io.js';
import { loadModel } from './load.js';
import { destinations, writeResult } from './output.js';
import { documentOf } from './result.js';
import { orRefused } from './visits.js';

/**
 * POWER, or the optimality probabilities, as functions of gamma: of all states, or of one.
 * @throws {UserError} precision, if a state has no exact answer
 */
export async function runSymbolic(
  command: 'power' | 'optimality',
  path: string,
  options: EstimateValues & GateValues & { readonly state?: readonly string[] },
  io: Io,
): Promise<ExitCode> {
  if (options.assert.length + options.assertFile.length > 0)
    throw usageError('--symbolic judges no assertions', { hint: 'assert them without --symbolic' });
  const to = await destinations(options, [path, options.reward ?? ''], io);
  const mdp = await loadModel(path, options, io);
  const reward = await rewardOf(mdp, options.reward, io);
  const states = statesNamed(mdp, options.state) ?? mdp.states.map((_, s) => s);
  const rows = command === 'power' ? symbolicPower : symbolicOptimality;
  const parameters = { reward: reward.text, method: 'exact', normalizeRows: options.normalizeRows } as const;
  const symbolic = states.flatMap((s) => orRefused(() => rows(mdp, reward, s)));
  await writeResult({ ...documentOf(command, mdp, parameters), symbolic }, to, options, io);
  return ExitCode.done;
}
