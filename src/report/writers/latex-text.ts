import { harmless } from '../../errors.js';
import { accents, mathSymbols, textSymbols } from './latex-symbols.js';

/** A word may be broken after as many characters: hashes and laws would run over the margin. */
const LONGEST_PIECE = 24;

/** Two of these in a row would become one sign: `--` a dash. */
const LIGATURES = new Set("-,'");

/** A letter or symbol with a short index, not inside a longer word: `r_↗`, `s_12`, `ℓ_◁`. */
const INDEXED = /(?<![\p{L}\p{N}_])([\p{L}\p{S}])_([\p{L}\p{N}\p{S}]{1,3})(?![\p{L}\p{N}_])/gu;

/**
 * Any text as LaTeX that prints it and does nothing else, under pdfLaTeX as well as under LuaLaTeX. Symbols such as ★ and
 * accented letters become commands; `r_↗` is set as a letter with an index. A character that has no command prints its code
 * point, `U+1F600`. Needs amssymb.
 */
export function latexText(text: string): string {
  const safe = harmless(text).normalize('NFC');
  let out = '';
  let last = 0;
  for (const match of safe.matchAll(INDEXED)) {
    const [base, index] = [mathOf(match[1]!), mathOf(match[2]!)];
    if (base === undefined || index === undefined) continue;
    out += `${plain(safe.slice(last, match.index))}$${base}_{${index}}$`;
    last = match.index + match[0].length;
  }
  return out + plain(safe.slice(last));
}

/** Letters, digits and symbols for math mode; undefined if one of them has no form there. */
function mathOf(text: string): string | undefined {
  const forms = [...text].map((character) => {
    const command = mathSymbols.get(character);
    if (command !== undefined) return `${command} `;
    return /^[A-Za-z0-9]$/.test(character) ? character : undefined;
  });
  return forms.every((form) => form !== undefined) ? forms.join('').trimEnd() : undefined;
}

function plain(text: string): string {
  let out = '';
  let length = 0;
  let previous = '';
  for (const character of text) {
    const again = character === previous;
    length = character === ' ' ? 0 : length + 1;
    if (length > 0 && length % LONGEST_PIECE === 0) out += '\\allowbreak{}';
    else if (again && LIGATURES.has(character)) out += '{}';
    out += again && character === ' ' ? '\\ ' : plainCharacter(character);
    previous = character;
  }
  return out;
}

function plainCharacter(character: string): string {
  const known = textSymbols.get(character);
  if (known !== undefined) return known;
  if (/^[ -~]$/.test(character)) return character;
  const symbol = mathSymbols.get(character);
  if (symbol !== undefined) return `$${symbol}$`;
  const [letter, mark, ...more] = character.normalize('NFD');
  const accent = mark === undefined ? undefined : accents.get(mark);
  if (accent !== undefined && more.length === 0 && /^[A-Za-z]$/.test(letter!))
    return `\\${accent}{${letter}}`;
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return `\\texttt{U+${code}}`;
}

/** Text for a comment: one line whatever it is, so that nothing can leave the comment. */
export function latexComment(text: string): string {
  return `% ${harmless(text).replace(/[\r\n\f\v\u0085\u2028\u2029]/g, ' ')}`;
}
