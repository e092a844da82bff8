import { type Diagnostic, ExitCode, UserError } from '../../errors.js';
import { type AssertionText, placeIn } from './syntax.js';

/** What is wrong with an assertion, and where: a usage error for an option, bad input for a file. */
export function assertionError(
  written: AssertionText,
  offset: number,
  message: string,
  parts: Pick<Diagnostic, 'found' | 'wanted' | 'hint'> = {},
): UserError {
  const exitCode = written.line === undefined ? ExitCode.usage : ExitCode.badInput;
  return new UserError(exitCode, { code: 'E_ASSERTION', message, place: placeIn(written, offset), ...parts });
}
