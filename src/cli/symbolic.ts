import { ExitCode } from '../errors.js';
import { gammaFunctions } from '../exact/gamma-functions.js';
import { symbolicOptimality, symbolicPower } from '../exact/symbolic-rows.js';
import { type EstimateValues, rewardOf, statesNamed } from './estimate.js';
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
  options: EstimateValues & { readonly state?: readonly string[] },
  io: Io,
): Promise<ExitCode> {
  const to = await destinations(options, [path, options.reward ?? ''], io);
  const mdp = await loadModel(path, options, io);
  const reward = await rewardOf(mdp, options.reward, io);
  const states = statesNamed(mdp, options.state) ?? mdp.states.map((_, s) => s);
  const rows = command === 'power' ? symbolicPower : symbolicOptimality;
  const functions = gammaFunctions(mdp, reward);
  const parameters = { reward: reward.text, method: 'exact', normalizeRows: options.normalizeRows } as const;
  const symbolic = states.flatMap((s) => orRefused(() => rows(mdp, functions, s)));
  await writeResult({ ...documentOf(command, mdp, parameters), symbolic }, to, options, io);
  return ExitCode.done;
}
