import { ExitCode, UserError } from '../errors.js';
import { wantsColor } from './color.js';
import type { Io } from './io.js';
import { version } from './version.js';

/**
 * Says on standard error what went wrong and returns the exit code. A reader that has gone (`| head`) is told nothing.
 * Whatever is not a UserError is our bug.
 */
export async function reportFailure(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
  const exitCode = error instanceof UserError ? error.exitCode : ExitCode.internal;
  if (error instanceof UserError && error.diagnostic.found === 'EPIPE') return exitCode;
  const text = error instanceof UserError ? await userErrorText(error, argv, io) : bugText(error);
  // Where standard error cannot be written either, the exit code has to say it all.
  await io.stderr.write(text).catch(() => {});
  return exitCode;
}

async function userErrorText(error: UserError, argv: readonly string[], io: Io): Promise<string> {
  const { renderDiagnostic } = await import('../report/diagnostic.js');
  const text = `${renderDiagnostic(error.diagnostic)}\n`;
  if (!wantsColor(colorArgument(argv), io.stderr, io.env)) return text;
  const { Chalk } = await import('chalk');
  return text.replace(/^error\[\w+\]/, (label) => new Chalk({ level: 1 }).red.bold(label));
}

/** `--color` as written, for errors that are met before the options are known. */
function colorArgument(argv: readonly string[]): 'auto' | 'always' | 'never' {
  const text = argv.join(' ');
  const when = /(?:^| )--color[ =](always|never)\b/.exec(text)?.[1];
  return when === 'always' || when === 'never' ? when : 'auto';
}

function bugText(error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `mdpower: this is a bug: ${what.slice(0, 500)}
No result is printed. Please report it with the command line and the model (mdpower ${version()}, Node ${process.version}).
`;
}
