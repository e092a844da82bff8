/** What a reader of HTML or XML sees: a small tokenizer that knows no leniency. */

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly empty: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Markup {
  readonly tags: readonly Tag[];
  /** all text between tags, entities resolved */
  readonly text: string;
}

const TAG = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/y;
const ATTRIBUTE = /([\w:-]+)(?:="([^"<]*)")?/g;

/**
 * Tags and text of a document in which every < begins a tag, a comment or a declaration.
 * @throws {Error} it has a < that begins none
 */
export function readMarkup(document: string): Markup {
  const tags: Tag[] = [];
  let text = '';
  for (let at = 0; at < document.length; ) {
    const open = document.indexOf('<', at);
    text += document.slice(at, open < 0 ? undefined : open);
    if (open < 0) break;
    const skipped = /<!--[\s\S]*?-->|<!doctype html>|<!DOCTYPE[^[\]<>]*>|<\?xml[^<>]*\?>/y;
    skipped.lastIndex = open;
    TAG.lastIndex = open;
    const aside = skipped.exec(document)?.[0];
    const tag = TAG.exec(document);
    if (aside !== undefined) at = open + aside.length;
    else if (tag !== null) {
      const attributes = [...tag[3]!.matchAll(ATTRIBUTE)].map(
        ([, key, value]) => [key!, decoded(value ?? '')] as const,
      );
      const name = tag[2]!.toLowerCase();
      tags.push({ name, closing: tag[1] === '/', empty: tag[4] === '/', attributes: new Map(attributes) });
      at = open + tag[0].length;
      if (name === 'style' && tag[1] !== '/') at = document.indexOf('</style', at);
    } else throw new Error(`no tag: ${document.slice(open, open + 80)}`);
  }
  return { tags, text: decoded(text) };
}

/** Entities resolved. */
function decoded(text: string): string {
  const named: Readonly<Record<string, string>> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
  };
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return named[name] ?? whole;
  });
}
