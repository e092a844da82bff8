import { type Diagnostic, ExitCode, UserError } from '../../src/errors.js';

/** The diagnostic of a call that must refuse its input with exit code 3. */
export function refusal(call: () => unknown): Diagnostic {
  try {
    call();
  } catch (error) {
    if (error instanceof UserError && error.exitCode === ExitCode.badInput) return error.diagnostic;
    throw error;
  }
  throw new Error('was accepted');
}
