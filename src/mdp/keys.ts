import { inputError, quoted, type UserError } from '../errors.js';
import { type LocatedText, lineAndColumn, placeAt } from './locate.js';

/** The keys of one object with their offsets; small objects, which are most, do without a hash table. */
export class KeySet {
  private readonly keys: string[] = [];
  private readonly offsets: number[] = [];
  private byKey: Map<string, number> | undefined;

  /** Adds a key. Returns the offset of the same key if it was there before. */
  add(key: string, offset: number): number | undefined {
    if (this.byKey === undefined) {
      const at = this.keys.indexOf(key);
      if (at >= 0) return this.offsets[at];
      this.keys.push(key);
      this.offsets.push(offset);
      if (this.keys.length === 9) this.byKey = new Map(this.keys.map((each, k) => [each, this.offsets[k]!]));
      return undefined;
    }
    const first = this.byKey.get(key);
    if (first === undefined) this.byKey.set(key, offset);
    return first;
  }
}

/** The error for a key that stands twice in one object. */
export function duplicateKey(
  text: LocatedText,
  key: string,
  offset: number,
  first: number,
  pointer: string,
): UserError {
  return inputError({
    code: 'E_DUP_KEY',
    message: `the key ${quoted(key)} stands twice in this object; the first is at ${lineAndColumn(text.text, first)}`,
    place: placeAt(text, offset, pointer),
    found: `${quoted(key)} again`,
    wanted: 'every key once',
    hint: 'remove or rename one of them: other programs would keep only the last',
  });
}
