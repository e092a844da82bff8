import { ExitCode, precisionError, usageError } from '../errors.js';
import { ExactRefusal } from '../exact/budget.js';
import { gammaFunctions } from '../exact/gamma/gamma-functions.js';
import { type SymbolicRow, symbolicOptimality, symbolicPower } from '../exact/gamma/symbolic-rows.js';
import { type EstimateValues, rewardOf, statesNamed } from './estimate.js';
import type { GateValues } from './gates.js';
import type { Io } from './io.js';
import { loadModel } from './load.js';
import { notExactNotes } from './not-exact.js';
import { destinations, writeResult } from './output.js';
import { documentOf } from './result.js';

/**
 * POWER, or the optimality probabilities, as functions of gamma: of all states, or of one. States without exact answers are
 * named in the notes, and the exit code says that they are missing.
 * @throws {UserError} precision, if no state has an exact answer
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
  const functions = gammaFunctions(mdp, reward);
  const symbolic: SymbolicRow[] = [];
  const refused: [place: string, reason: string][] = [];
  for (const s of states) {
    try {
      symbolic.push(...rows(mdp, functions, s));
    } catch (error) {
      if (!(error instanceof ExactRefusal)) throw error;
      refused.push([mdp.states[s]!, error.message]);
    }
  }
  if (symbolic.length === 0)
    throw precisionError(`no exact answer: ${refused[0]![1]}`, {
      hint: 'without --symbolic, what is not exact is sampled',
    });
  const parameters = { reward: reward.text, method: 'exact', normalizeRows: options.normalizeRows } as const;
  const notes = notExactNotes('no function of gamma is found', refused);
  await writeResult({ ...documentOf(command, mdp, parameters, notes), symbolic }, to, options, io);
  return refused.length > 0 ? ExitCode.undecided : ExitCode.done;
}
