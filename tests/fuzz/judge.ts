import { UserError } from '../../src/errors.js';
import { renderDiagnostic } from '../../src/report/diagnostic.js';
import type { Target } from './targets.js';

/** What no message may hold: control characters but the newline, and characters that turn the direction of text. */
const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** A stack trace. */
const STACK = /\n\s+at .*(:\d+:\d+|node:internal)/;
/** A reader that takes more processor time for 20 kB hangs; packages that are loaded for the first time included. */
const LONGEST_MS = 5000;

/** What is wrong with how a target took an input; undefined if it read it or refused it as promised. */
export async function fault(target: Target, input: Uint8Array): Promise<string | undefined> {
  const before = process.cpuUsage();
  const keys = Reflect.ownKeys(Object.prototype).length;
  let found: string | undefined;
  try {
    await target.read(input);
  } catch (error) {
    found = error instanceof UserError ? messageFault(error) : `${(error as Error)?.stack ?? error}`;
  }
  if (Reflect.ownKeys(Object.prototype).length !== keys) found ??= 'Object.prototype has a new key';
  const { user, system } = process.cpuUsage(before);
  const elapsed = (user + system) / 1000;
  if (elapsed > LONGEST_MS) found ??= `took ${Math.round(elapsed)} ms of processor time`;
  return found === undefined
    ? undefined
    : `${target.name}: ${JSON.stringify(Buffer.from(input).toString('latin1').slice(0, 3000))}: ${found}`;
}

function messageFault(error: UserError): string | undefined {
  const message = renderDiagnostic(error.diagnostic);
  if (HARMFUL.test(message)) return `a harmful message: ${JSON.stringify(message)}`;
  if (STACK.test(message)) return `a stack trace: ${message}`;
  if (Buffer.byteLength(message) > 2500) return `a message of ${Buffer.byteLength(message)} bytes`;
  if (![2, 3].includes(error.exitCode)) return `exit code ${error.exitCode}: ${message}`;
  return undefined;
}
