import { type Diagnostic, inputError, type Place, type UserError } from '../errors.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from './syntax.js';

/** A text and its name: all that is needed to say where in it an offset is. */
export type LocatedText = Pick<SourceDocument, 'source' | 'text'>;

/**
 * Where a node or an entry (that is: its key) of a document stands. The pointer is found by searching the tree, so that
 * nodes need not know their parents; a node of another tree has no pointer.
 */
export function placeOf(document: SourceDocument, target: SyntaxNode | SyntaxEntry): Place {
  const path: string[] = [];
  const pointer = search(document.root, target, path) ? (document.pointer ?? '') + path.join('') : undefined;
  return placeAt(document, 'key' in target ? target.keyOffset : target.offset, pointer);
}

/** The place of an offset in UTF-16 units. Lines end with LF, CR LF or CR. */
export function placeAt({ source, text }: LocatedText, offset: number, pointer?: string): Place {
  const { line, start } = lineOf(text, offset);
  const sourceLine = text.slice(start).match(/^[^\r\n]*/)![0];
  return { source, line, column: offset - start + 1, ...(pointer !== undefined && { pointer }), sourceLine };
}

/** The error for bad input at a node or entry of a document; the caller throws it. */
export function failAt(
  document: SourceDocument,
  target: SyntaxNode | SyntaxEntry,
  parts: Omit<Diagnostic, 'place'>,
): UserError {
  return inputError({ ...parts, place: placeOf(document, target) });
}

/** `line:column` of an offset, for a second place named within a message. */
export function lineAndColumn(text: string, offset: number): string {
  const { line, start } = lineOf(text, offset);
  return `${line}:${offset - start + 1}`;
}

/** One step of a JSON pointer (RFC 6901). */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The line (from 1) that holds an offset, and where it starts. */
function lineOf(text: string, offset: number): { line: number; start: number } {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) {
      line++;
      start = at + 1;
    }
  }
  return { line, start };
}

/** Depth-first search for a node or entry; leaves the steps to it in `path`. */
function search(node: SyntaxNode, target: SyntaxNode | SyntaxEntry, path: string[]): boolean {
  if (node === target) return true;
  if (node.kind === 'object') {
    for (const entry of node.entries) {
      path.push(pointerStep(entry.key));
      if (entry === target || search(entry.value, target, path)) return true;
      path.pop();
    }
  } else if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) {
      path.push(pointerStep(index));
      if (search(item, target, path)) return true;
      path.pop();
    }
  }
  return false;
}
