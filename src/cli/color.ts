import type { Io, Output } from './io.js';

/**
 * May this stream be written to in colour? `--color` decides; under `auto` FORCE_COLOR, then NO_COLOR (no-color.org:
 * set and not empty), then whether the stream is a terminal that knows colours. Each stream is asked for itself.
 */
export function wantsColor(when: 'auto' | 'always' | 'never', stream: Output, env: Io['env']): boolean {
  if (when !== 'auto') return when === 'always';
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if ((env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb') return false;
  return stream.isTTY;
}

/** The columns to print for: the terminal's, or COLUMNS where it is set, or 80. */
export function widthOf(stream: Output, env: Io['env']): number {
  const named = /^\d{1,4}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0;
  return stream.columns ?? (named > 0 ? named : 80);
}
