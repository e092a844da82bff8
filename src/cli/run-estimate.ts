import { type ExitCode, usageError } from '../errors.js';
import type { ComputedPower } from '../parallel/compute-power.js';
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

/** The tables of a command, and what else it finds out about the model. */
type Rows = Pick<ResultDocument, 'power' | 'optimality'>;
type Findings = Pick<ResultDocument, 'automorphisms' | 'symmetry'>;

export type RunValues = EstimateValues & GateValues & Values<typeof limitOptions & typeof checkpointOptions>;

/**
 * The way of every command that samples: check where the result goes, estimate, make its rows, print.
 *
 * @param rows      of an estimate
 * @param findings  beside them; not looked for after an interruption
 * @throws {UserError}
 */
export async function runEstimate(
  command: ResultDocument['command'],
  path: string,
  scope: EstimateScope,
  options: RunValues,
  io: Io,
  rows: (estimate: ComputedPower) => Rows,
  findings?: (estimated: Estimated) => Findings,
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
          const notice = (text: string): void => {
            if (!options.quiet) void say(`note: ${text}\n`, io);
          };
          return openCheckpoint(checkpoint, { request, settings }, { now: io.now, notice });
        };
  const documentOf = (estimated: Pick<Estimated, 'mdp' | 'estimate'>): ResultDocument => ({
    ...estimateDocument(command, estimated, options),
    ...rows(estimated.estimate),
  });
  const keep = (document: ResultDocument, what: string): void => {
    const { output, format, color, quiet, standalone, uncertainty } = options;
    io.keep({ document, what, to, options: { output, format, color, quiet, standalone, uncertainty } });
  };
  let keepsExact = false;
  const estimated = await estimateModel(
    path,
    options,
    {
      ...scope,
      assertions,
      limits: options,
      openStore,
      onExact: (mdp, frame, answer) => {
        const isWanted = ({ state }: { readonly state: string }): boolean =>
          !scope.states?.length || scope.states.includes(state);
        const [power, optimality] = [answer.power.filter(isWanted), answer.optimality.filter(isWanted)];
        if (power.length + optimality.length === 0) return;
        if (!keepsExact)
          keep(documentOf({ mdp, estimate: frame }), 'these are the exact answers that were found');
        keepsExact = true;
        io.keep({ power, optimality });
      },
    },
    io,
  );
  const found = documentOf(estimated);
  const isWhole = estimated.interrupted === undefined;
  if (isWhole && findings !== undefined) keep(found, 'symmetries were not looked for to the end');
  const document = {
    ...found,
    ...(isWhole ? findings?.(estimated) : {}),
    ...(assertions.length === 0 ? {} : { assertions: estimated.assertions }),
  };
  io.keep('settled');
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
