import type { ExitCode } from '../errors.js';
import type { ResultDocument } from '../report/document.js';
import { formatDuration, formatQuantity } from '../report/format.js';
import {
  type Estimated,
  type EstimateScope,
  type EstimateValues,
  estimateDocument,
  estimateModel,
} from './estimate.js';
import { type GateValues, gateExitCode, readAssertions, writeGateReports } from './gates.js';
import type { Io } from './io.js';
import { destinations, say, writeResult } from './output.js';
import { exitCodeOf } from './result.js';

/** The parts of a result that a command adds to the parameters of an estimate. */
type Findings = Pick<ResultDocument, 'power' | 'optimality' | 'automorphisms' | 'symmetry'>;

/**
 * The way of every command that samples: check where the result goes, estimate, make its rows, print.
 * @throws {UserError}
 */
export async function runEstimate(
  command: ResultDocument['command'],
  path: string,
  scope: EstimateScope,
  options: EstimateValues & GateValues,
  io: Io,
  findings: (estimated: Estimated) => Findings | Promise<Findings>,
): Promise<ExitCode> {
  const started = io.now();
  const inputs = [path, options.reward ?? '', ...options.assertFile];
  const to = await destinations(options, inputs, io);
  const assertions = await readAssertions(options, inputs, io);
  const estimated = await estimateModel(path, options, { ...scope, assertions }, io);
  const document = {
    ...estimateDocument(command, estimated, options),
    ...(await findings(estimated)),
    ...(assertions.length === 0 ? {} : { assertions: estimated.assertions }),
  };
  const elapsed = `${formatDuration(io.now() - started)} on ${formatQuantity(estimated.estimate.threads, 'thread')}`;
  if (options.verbose) await say(effortText(estimated), io);
  await writeResult(document, to, options, io, elapsed);
  await writeGateReports(document, options, options.quiet, io);
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
