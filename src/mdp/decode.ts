import { inputError, type Place, type UserError } from '../errors.js';

/** Largest document that is read, in bytes. YAML is read about ten times slower than JSON and costs more memory. */
const LARGEST_DOCUMENT: Readonly<Record<'json' | 'yaml', number>> = {
  json: 256 * 2 ** 20,
  yaml: 16 * 2 ** 20,
};

/**
 * The text of a document: valid UTF-8, without its byte order mark, of a size that can be handled.
 * @throws {UserError} input: E_LIMIT_SIZE, E_ENCODING with the byte offset of the first bad byte
 */
export function decodeDocument(bytes: Uint8Array | string, source: string, format: 'json' | 'yaml'): string {
  const size = bytes.length;
  const largest = LARGEST_DOCUMENT[format];
  if (size > largest) throw tooLarge(source, size, format);
  const text = typeof bytes === 'string' ? wellFormed(bytes, source) : utf8(bytes, source);
  return text.startsWith('\u{feff}') ? text.slice(1) : text;
}

/** The refusal of a document of `size` bytes. */
function tooLarge(source: string, size: number, format: 'json' | 'yaml'): UserError {
  return inputError({
    code: 'E_LIMIT_SIZE',
    message: 'the document is too large',
    place: { source },
    found: `${size} bytes`,
    wanted: `at most ${LARGEST_DOCUMENT[format]} bytes (${LARGEST_DOCUMENT[format] / 2 ** 20} MiB) of ${format.toUpperCase()}`,
    ...(format === 'yaml' && { hint: 'JSON may be larger' }),
  });
}

function utf8(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const offset = firstInvalidByte(bytes);
    throw inputError({
      code: 'E_ENCODING',
      message: `the text is not valid UTF-8: byte ${offset} (counted from 0)`,
      place: placeOfByte(bytes, offset, source),
      found: `byte 0x${(bytes[offset] ?? 0).toString(16).padStart(2, '0')}`,
      wanted: 'UTF-8 text',
      hint: encodingHint(bytes),
    });
  }
}

function wellFormed(text: string, source: string): string {
  const offset = text.search(/\p{Cs}/u);
  if (offset < 0) return text;
  throw inputError({
    code: 'E_ENCODING',
    message: `the text holds half of a surrogate pair, at offset ${offset}`,
    place: { source },
    wanted: 'well-formed Unicode text',
  });
}

function encodingHint(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) return 'this looks like a gzip file: decompress it first';
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return 'this looks like UTF-16: save the file as UTF-8';
  }
  return 'save the file as UTF-8 in your editor, or convert it with iconv';
}

/**
 * Offset of the first byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no
 * surrogates, nothing above U+10FFFF, nothing cut short. The length if all is well.
 */
export function firstInvalidByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    const length =
      lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) return at;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    for (let k = 1; k < length; k++) {
      const next = bytes[at + k] ?? 0;
      if (next < (k === 1 ? low : 0x80) || next > (k === 1 ? high : 0xbf)) return at;
    }
    at += length;
  }
  return at;
}

/** Line and column of a byte; the text before it is valid. */
function placeOfByte(bytes: Uint8Array, offset: number, source: string): Place {
  const before = new TextDecoder().decode(bytes.subarray(0, offset)).split(/\r\n|[\r\n]/);
  return { source, line: before.length, column: before.at(-1)!.length + 1 };
}
