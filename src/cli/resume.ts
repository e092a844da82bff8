import { type ExitCode, usageError } from '../errors.js';
import { checkpointError } from './checkpoint/checkpoint-bytes.js';
import { readCheckpoint } from './checkpoint/checkpoint-store.js';
import { optionValues } from './checkpoint/option-texts.js';
import type { CommandBody } from './command.js';
import type { Io } from './io.js';
import type { Limits } from './limits.js';
import type { SweepValues } from './sweep/run-sweep.js';
import { isSweepFolder } from './sweep/sweep-document.js';

/**
 * Runs the command that a checkpoint was written by, with the options of then; settings of environment and file are not
 * looked at again.
 *
 * @param options  that take the place of those of then, where they are given
 * @param commands that can be run
 * @throws {UserError} E_CHECKPOINT, and whatever the command throws
 */
export async function resumeRun(
  path: string,
  options: Readonly<Record<string, unknown>>,
  commands: readonly CommandBody[],
  io: Io,
): Promise<ExitCode> {
  if (await isSweepFolder(path, io)) {
    if (options.samples !== undefined) {
      throw usageError('the samples of a sweep stand in its experiment', {
        hint: 'change them there, and run it into another folder',
      });
    }
    const { finishSweep } = await import('./sweep/run-experiment.js');
    const values = { threads: 0, progress: 'auto', color: 'auto', format: undefined } as const;
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    return finishSweep(
      path,
      { ...values, ...(Object.fromEntries(given) as Pick<SweepValues, 'quiet' | keyof Limits>) },
      io,
    );
  }
  const { request } = readCheckpoint(path);
  const command = commands.find(({ name }) => name === request.command);
  if (command === undefined || !('checkpoint' in command.options)) {
    throw checkpointError(path, 'this checkpoint is of a command that cannot be resumed', {
      found: request.command,
    });
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== false);
  const values = {
    ...optionValues(command.options, request.options),
    ...Object.fromEntries(given),
    checkpoint: path,
  };
  return command.run(request.arguments, values as never, io);
}
