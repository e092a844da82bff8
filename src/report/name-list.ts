import { formatCount } from './format.js';

/** `a, b, c and 12 more`. */
export function nameList(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${formatCount(names.length - most)} more` : shown;
}
