import type { ExitCode } from '../errors.js';
import { commands } from './commands.js';
import { reportFailure } from './failure.js';
import type { Io } from './io.js';
import { runCommandLine } from './program.js';

/**
 * The command line, without the process around it.
 *
 * @param argv the arguments after the program's name
 * @param io   the world it reads and writes
 * @returns the exit code (README, "Results, errors and exit codes")
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await runCommandLine(argv, commands, io);
  } catch (error) {
    return await reportFailure(error, argv, io);
  }
}
