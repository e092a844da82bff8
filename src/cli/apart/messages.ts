import type { Diagnostic, ExitCode, UserError } from '../../errors.js';
import type { Kept } from '../io.js';

/** A UserError as plain data. */
export type Told = Pick<UserError, 'exitCode'> & { readonly diagnostic: Diagnostic };

/** What the thread of a command is started with. */
export interface ThreadStart {
  readonly argv: readonly string[];
  readonly terminal: Readonly<Record<'stdout' | 'stderr', { isTTY: boolean; columns: number | undefined }>>;
}

/** What the thread of a command tells the main thread. What has an id is answered. */
export type FromThread =
  | {
      readonly kind: 'write';
      readonly id: number;
      readonly to: 'stdout' | 'stderr';
      readonly text: string;
    }
  | { readonly kind: 'read'; readonly id: number }
  | { readonly kind: 'draw'; readonly text: string }
  | { readonly kind: 'keep'; readonly kept: Kept }
  | { readonly kind: 'temporary'; readonly path: string; readonly isThere: boolean }
  /** the answer to `abort`: will it end by itself? */
  | { readonly kind: 'heard'; readonly endsItself: boolean }
  | { readonly kind: 'end'; readonly exitCode: ExitCode };

export type ToThread =
  | { readonly kind: 'done'; readonly id: number; readonly bytes?: Uint8Array; readonly error?: Told }
  | { readonly kind: 'abort'; readonly reason: Told };

export function told({ exitCode, diagnostic }: UserError): Told {
  return { exitCode, diagnostic };
}
