/**
 * The errors a user can meet, each with its exit code (README, "Exit codes"). Whatever else is thrown is a bug of ours.
 * Every message names the place, what was found, what is wanted, and what to do.
 */
export const ExitCode = {
  done: 0,
  gateFailed: 1,
  usage: 2,
  badInput: 3,
  undecided: 4,
  internal: 5,
  io: 6,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Where in a text something stands. Lines and columns count from 1; columns count UTF-16 units. */
export interface Place {
  /** The file's name as the user gave it, or `standard input`, or the option's name. */
  readonly source: string;
  readonly line?: number;
  readonly column?: number;
  /** In a binary file: the byte, counted from 0. */
  readonly byte?: number;
  /** JSON pointer (RFC 6901), such as `/transitions/start/go`; the empty text is the whole document. */
  readonly pointer?: string;
  /** The line of source text that holds the place, for the caret. */
  readonly sourceLine?: string;
}

/** One thing that is wrong (or worth a warning), in the parts a person needs. */
export interface Diagnostic {
  /** Stable identifier such as `E_ROW_SUM` or `W_UNREACHABLE`. */
  readonly code: string;
  readonly message: string;
  readonly place?: Place;
  readonly found?: string;
  readonly wanted?: string;
  readonly hint?: string;
}

/** An error whose cause is outside the program; `exitCode` is what the command line ends with. */
export class UserError extends Error {
  readonly exitCode: ExitCode;
  readonly diagnostic: Diagnostic;

  constructor(exitCode: ExitCode, diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.name = 'UserError';
    this.exitCode = exitCode;
    this.diagnostic = diagnostic;
  }
}

/** Bad input: a model, reward or other file that cannot mean anything. Exit code 3. */
export function inputError(diagnostic: Diagnostic): UserError {
  return new UserError(ExitCode.badInput, diagnostic);
}

/** The command line itself is wrong. Exit code 2. */
export function usageError(message: string, parts: Omit<Diagnostic, 'code' | 'message'> = {}): UserError {
  return new UserError(ExitCode.usage, { code: 'E_USAGE', message, ...parts });
}

/** The precision asked for was not reached, or a question stayed open. Exit code 4. */
export function precisionError(message: string, parts: Omit<Diagnostic, 'code' | 'message'> = {}): UserError {
  return new UserError(ExitCode.undecided, { code: 'E_PRECISION', message, ...parts });
}

/** A certified bound was contradicted: a bug of ours. Exit code 5. */
export function internalError(message: string, parts: Omit<Diagnostic, 'code' | 'message'> = {}): UserError {
  return new UserError(ExitCode.internal, { code: 'E_INTERNAL', message, ...parts });
}

/** Reading or writing failed. Exit code 6. */
export function ioError(message: string, parts: Omit<Diagnostic, 'code' | 'message'> = {}): UserError {
  return new UserError(ExitCode.io, { code: 'E_IO', message, ...parts });
}

/**
 * Text of unknown origin in a form that cannot act on a terminal or change how the text around it reads: control,
 * bidirectional, invisible and line-separating characters and lone surrogates become `\\u{1b}`.
 */
export function harmless(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\u{fe0e}\u{fe0f}])\p{Default_Ignorable_Code_Point}/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/** What a user wrote, for a message: harmless, in quotes, and cut after `limit` characters. */
export function quoted(text: string, limit = 60): string {
  const shown = harmless(text.slice(0, limit + 1));
  return shown.length <= limit ? `"${shown}"` : `"${shown.slice(0, limit)}…"`;
}
