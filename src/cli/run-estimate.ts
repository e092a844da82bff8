import { type ExitCode, usageError } from '../errors.js';
import type { ResultDocument } from '../report/document.js';
import { formatDuration, formatQuantity } from '../report/format.js';
import { openCheckpoint } from './checkpoint/checkpoint-store.js';
import { digitTexts, optionTexts } from './checkpoint/option-texts.js';
import {
  type Estimated,
  type EstimateScope,
  type EstimateValues,
  estimateDocument,
  estimateModel,
} from './estimate.js';
import { type GateValues, gateExitCode, readAssertions, writeGateReports } from './gates.js';
import type { Io } from './io.js';
import type { Values } from './option.js';
import type { checkpointOptions, limitOptions } from './options.js';
import { destinations, say, writeResult } from './output.js';
import { exitCodeOf } from './result.js';
import { version } from './version.js';

/** The parts of a result that a command adds to the parameters of an estimate. */
type Findings = Pick<ResultDocument, 'power' | 'optimality' | 'automorphisms' | 'symmetry'>;

export type RunValues = EstimateValues & GateValues & Values<typeof limitOptions & typeof checkpointOptions>;

/**
 * The way of every command that samples: check where the result goes, estimate, make its rows, print.
 * @throws {UserError}
 */
export async function runEstimate(
  command: ResultDocument['command'],
  path: string,
  scope: EstimateScope,
  options: RunValues,
  io: Io,
  findings: (estimated: Estimated) => Findings | Promise<Findings>,
): Promise<ExitCode> {
  const started = io.now();
  const { checkpoint } = options;
  const inputs = [path, options.reward ?? '', ...options.assertFile];
  if (checkpoint !== undefined) {
    if (options.output.includes(checkpoint)) throw usageError('--checkpoint and --output name the same file');
    await io.checkWritable(checkpoint, inputs);
  }
  const to = await destinations(options, inputs, io);
  const assertions = await readAssertions(options, inputs, io);
  const openStore: EstimateScope['openStore'] =
    checkpoint === undefined
      ? undefined
      : (mdp, reward) => {
          const request = { command, arguments: [path], options: optionTexts(options) };
          const settings = {
            program: version(),
            command,
            model: mdp.sha256,
            reward: reward.text,
            assertions: JSON.stringify(assertions.map(({ written }) => written.text)),
            ...digitTexts(options),
          };
          return openCheckpoint(checkpoint, { request, settings }, io);
        };
  const estimated = await estimateModel(
    path,
    options,
    { ...scope, assertions, limits: options, openStore },
    io,
  );
  const document = {
    ...estimateDocument(command, estimated, options),
    ...(await findings(estimated)),
    ...(assertions.length === 0 ? {} : { assertions: estimated.assertions }),
  };
  const elapsed = `${formatDuration(io.now() - started)} on ${formatQuantity(estimated.estimate.threads, 'thread')}`;
  if (options.verbose) await say(effortText(estimated), io);
  await writeResult(document, to, options, io, elapsed);
  await writeGateReports(document, options, options.quiet, io);
  if (estimated.notKept !== undefined) throw estimated.notKept;
  if (estimated.interrupted !== undefined) return estimated.interrupted;
  return gateExitCode(estimated.assertions, exitCodeOf(estimated.estimate));
}

/** What the solver did, a line per discount. */
function effortText({ estimate }: Estimated): string {
  const { sampler, sets, setSize, averaged, controls } = estimate.estimator;
  const points = sampler === 'random' ? 'independent samples' : `${sets} randomised Sobol sets of ${setSize}`;
  const parts = [
    points,
    ...(averaged ? ['averaged over symmetries'] : []),
    ...(controls.length > 0 ? [`control variates at gamma ${controls.join(', ')}`] : []),
  ];
  const solver = estimate.effort
    .map(
      ({ gamma, tolerance, largestError, solver, solved, sweeps, finished, extended, exact }) =>
        `gamma ${gamma}: ${solved} reward functions solved by ${solver}, ${sweeps} sweeps over eight, ${finished} finished by policy ` +
        `iteration, ${extended} in higher precision, ${exact} exactly; largest error ${largestError.toPrecision(2)} ` +
        `(tolerance ${tolerance.toPrecision(2)})\n`,
    )
    .join('');
  return `estimator: ${parts.join(', ')}\n${solver}`;
}
