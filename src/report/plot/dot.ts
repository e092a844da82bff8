import { harmless } from '../../errors.js';
import { INK, MUTED, PAGE } from './palette.js';

/** A random choice: a box of its own. */
export const BOX: string = `shape=box, style="filled,rounded", fillcolor="${PAGE}", color="${MUTED}", penwidth=1, fontcolor="${INK}", fontsize=10, height=0.2, width=0.2, margin="0.06,0.03"`;
/** The name of an action in the middle of its arrow. */
export const WORDS: string = `shape=plaintext, fillcolor="${PAGE}", fontcolor="${INK}", fontsize=10, height=0.2, width=0.2, margin="0.04,0.02"`;

/** A quoted text of DOT: no quote, escape sequence or entity in it has a meaning. `after` is appended as it is. */
export function dotText(words: string, after = ''): string {
  return `"${plain(words)}${after}"`;
}

/** The same with several lines under each other. */
export function dotLines(lines: readonly string[]): string {
  return `"${lines.map(plain).join('\\n')}"`;
}

/** Words in an HTML-like label. */
export function dotMarkup(words: string): string {
  return harmless(words)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function plain(words: string): string {
  return harmless(words).replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
