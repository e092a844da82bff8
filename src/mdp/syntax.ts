/**
 * A parsed JSON or YAML document that remembers where everything stands, so that an error can point at it. Objects keep
 * their written order and every key as written (`10`, `__proto__`, `constructor` are ordinary names); numbers keep their
 * literal, because the written decimal is the exact value.
 */
export type SyntaxNode =
  | { readonly kind: 'object'; readonly offset: number; readonly entries: readonly SyntaxEntry[] }
  | { readonly kind: 'array'; readonly offset: number; readonly items: readonly SyntaxNode[] }
  | { readonly kind: 'string'; readonly offset: number; readonly value: string }
  | { readonly kind: 'number'; readonly offset: number; readonly literal: string }
  | { readonly kind: 'boolean'; readonly offset: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly offset: number };

export interface SyntaxEntry {
  readonly key: string;
  readonly keyOffset: number;
  readonly value: SyntaxNode;
}

/** A whole document, or the part of one below `pointer`: its name as the user gave it, its text, and its tree. */
export interface SourceDocument {
  readonly source: string;
  readonly text: string;
  readonly root: SyntaxNode;
  /** `json` if absent. In YAML a name need not be quoted: `no`, `010` and `1.0` are names as written. */
  readonly format?: 'json' | 'yaml';
  /** JSON pointer of `root` in the text, such as `/reward`; the empty text if absent. */
  readonly pointer?: string;
}
