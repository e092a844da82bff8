import type { Diagnostic } from '../errors.js';

/** What is not exact though it was to be, and why: one note for each reason, naming the first places. */
export function notExactNotes(
  what: string,
  refused: readonly (readonly [place: string, reason: string])[],
): Diagnostic[] {
  const places = new Map<string, string[]>();
  for (const [place, reason] of refused) places.set(reason, [...(places.get(reason) ?? []), place]);
  return [...places].map(([reason, where]) => ({
    code: 'W_NOT_EXACT',
    message: `${what}: ${where.slice(0, 3).join(', ')}${where.length > 3 ? ` and ${where.length - 3} more` : ''}: ${reason}`,
  }));
}
