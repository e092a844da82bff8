import { type Diagnostic, UserError } from '../errors.js';

/** What ended a run early, by the code of the signal's reason. */
const ENDED_BY: Readonly<Record<string, string>> = {
  E_TIMEOUT: 'the time limit was reached',
  E_LIMIT_MEMORY: 'the memory limit was reached',
};

/** The note of a run that was ended early. @param what  is left of it  @param reason  of its signal */
export function interruptedNote(what: string, reason: unknown): Diagnostic {
  const cause = reason instanceof UserError ? ENDED_BY[reason.diagnostic.code] : undefined;
  return { code: 'W_INTERRUPTED', message: `${cause ?? 'the run was interrupted'}: ${what}` };
}
