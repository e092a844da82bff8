import { ExitCode, UserError, usageError } from '../../errors.js';
import type { Io } from '../io.js';
import { loadText } from '../load.js';
import { destinations, type OutputOptions, say, writeResult } from '../output.js';
import { MANIFEST, readManifest, sweepError } from './manifest.js';
import { nameOf, type PlannedSweep, planSweep } from './plan-sweep.js';
import { readExperiment } from './read-experiment.js';
import { beginSweep, runSweep, type SweepValues } from './run-sweep.js';
import { sweepDocument } from './sweep-document.js';

export interface RunValues extends SweepValues {
  readonly folder: string | undefined;
  readonly resume: boolean;
  readonly dryRun: boolean;
  readonly format: OutputOptions['format'];
  readonly color: OutputOptions['color'];
}

/** `mdpower run EXPERIMENT`. @throws {UserError} */
export async function runExperiment(path: string, options: RunValues, io: Io): Promise<ExitCode> {
  const { bytes, source, format } = await loadText(path, io);
  const planned = await planSweep(readExperiment(bytes, source, format), path, bytes, io);
  if (options.dryRun) {
    const { dryRun } = await import('./dry-run.js');
    await dryRun(planned, options, io);
    return ExitCode.done;
  }
  const folder = options.folder ?? `${nameOf(path)}-results`;
  await prepareFolder(folder, planned, options.resume, io);
  return finishSweep(folder, options, io);
}

/** Begins the folder, or checks that the one that is there is of this experiment. */
async function prepareFolder(
  folder: string,
  { plan, models }: PlannedSweep,
  resume: boolean,
  io: Io,
): Promise<void> {
  const manifest = `${folder}/${MANIFEST}`;
  if (!(await io.exists(manifest))) {
    if ((await io.exists(folder)) && !(await io.isEmptyFolder(folder))) {
      throw sweepError(folder, 'the result folder is not empty, and no sweep', {
        hint: 'name another one: --folder FOLDER',
      });
    }
    await beginSweep(folder, plan, models, io);
    return;
  }
  if (!resume) {
    throw usageError(`${folder} has the results of a sweep already`, {
      hint: '--resume goes on with it; --folder FOLDER names another one',
    });
  }
  const found = readManifest(await io.readFile(manifest), manifest);
  for (const key of ['program', 'command', 'options', 'cells', 'outputs', 'name'] as const) {
    const [there, here] = [JSON.stringify(found.plan[key]), JSON.stringify(plan[key])];
    if (there === here) continue;
    throw sweepError(folder, `this folder is of another experiment: its ${key} differ`, {
      found: there.slice(0, 200),
      wanted: here.slice(0, 200),
      hint: '--folder FOLDER names another one',
    });
  }
  for (const [file, text] of models) await io.writeFile(`${folder}/${file}`, text);
}

/** Does what is left of a sweep and prints it: POWER, or optimality, at the start of each cell. */
export async function finishSweep(
  path: string,
  options: SweepValues & Pick<RunValues, 'format' | 'color'>,
  io: Io,
): Promise<ExitCode> {
  const { format, color, quiet } = options;
  const output = { output: [], format, color, quiet, standalone: false, uncertainty: undefined };
  const to = await destinations(output, [], io);
  let outcome: Awaited<ReturnType<typeof runSweep>>;
  try {
    outcome = await runSweep(path, options, io);
  } catch (error) {
    if (error instanceof UserError && error.diagnostic.code !== 'E_LOCKED' && !quiet) {
      await say(`the cells that are done are kept; mdpower resume ${path} goes on\n`, io);
    }
    throw error;
  }
  const { folder, exitCode } = outcome;
  io.keep('settled');
  await writeResult(sweepDocument(folder, 'start'), to, output, io);
  if (!quiet && folder.manifest.complete) {
    const files = ['cells', ...folder.manifest.plan.outputs.map(({ file }) => file)];
    await say(`wrote ${path}: ${files.join(', ')}\n`, io);
  }
  return exitCode;
}
