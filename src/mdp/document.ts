import { decodeDocument } from './decode.js';
import { parseJson } from './json.js';
import type { SourceDocument } from './syntax.js';
import { parseYaml } from './yaml.js';

/**
 * Reads a JSON (RFC 8259, no leniency) or YAML 1.2 document into a tree that knows where everything stands.
 *
 * @param bytes   the document; a text must be well-formed Unicode
 * @param source  its name in messages: the file's name as the user gave it, or `standard input`
 * @throws {UserError} input: E_ENCODING, E_JSON_SYNTAX, E_YAML_SYNTAX, E_DUP_KEY, E_LIMIT_SIZE, E_LIMIT_DEPTH, with place
 */
export function parseDocument(
  bytes: Uint8Array | string,
  source: string,
  format: 'json' | 'yaml',
): SourceDocument {
  const text = decodeDocument(bytes, source, format);
  const root = format === 'json' ? parseJson(text, source) : parseYaml(text, source);
  return { source, text, root, format };
}
