/** One byte before each value says what it is. Lengths are 32-bit, numbers 64-bit, all little-endian. */
const Tag = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  number: 4,
  bigint: 5,
  string: 6,
  float64: 7,
  int32: 8,
  bytes: 9,
  list: 10,
  record: 11,
} as const;

/** Deeper data than this is refused by the reader. */
const DEEPEST = 64;

/**
 * Plain data (records and lists of numbers, texts, whole numbers and typed arrays) as bytes that read back bit by bit. In
 * pieces: the memory of typed arrays is not copied, so the pieces must be used before it changes.
 * @throws {TypeError} something else is in the data
 */
export function encodePlainData(data: unknown): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const head = (tag: number, length?: number): void => {
    const piece = new Uint8Array(length === undefined ? 1 : 5);
    piece[0] = tag;
    if (length !== undefined) new DataView(piece.buffer).setUint32(1, length, true);
    pieces.push(piece);
  };
  const text = (tag: number, value: string): void => {
    const bytes = new TextEncoder().encode(value);
    head(tag, bytes.length);
    pieces.push(bytes);
  };
  const array = (tag: number, value: Float64Array | Int32Array | Uint8Array): void => {
    head(tag, value.length);
    pieces.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  };
  const write = (value: unknown): void => {
    if (value === undefined) head(Tag.undefined);
    else if (value === null) head(Tag.null);
    else if (typeof value === 'boolean') head(value ? Tag.true : Tag.false);
    else if (typeof value === 'number') {
      head(Tag.number);
      pieces.push(new Uint8Array(Float64Array.of(value).buffer));
    } else if (typeof value === 'bigint') text(Tag.bigint, String(value));
    else if (typeof value === 'string') text(Tag.string, value);
    else if (value instanceof Float64Array) array(Tag.float64, value);
    else if (value instanceof Int32Array) array(Tag.int32, value);
    else if (value instanceof Uint8Array) array(Tag.bytes, value);
    else if (Array.isArray(value)) {
      head(Tag.list, value.length);
      value.forEach(write);
    } else if (typeof value !== 'object') throw new TypeError(`plain data cannot hold a ${typeof value}`);
    else {
      const entries = Object.entries(value);
      head(Tag.record, entries.length);
      for (const [key, entry] of entries) {
        text(Tag.string, key);
        write(entry);
      }
    }
  };
  write(data);
  return pieces;
}

/**
 * The data that the bytes are of; typed arrays are copies.
 * @throws {RangeError} the bytes are not what `encodePlainData` writes
 */
export function decodePlainData(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): number => {
    if (length > bytes.length - at) throw new RangeError('the data end too early');
    at += length;
    return at - length;
  };
  const length = (): number => view.getUint32(take(4), true);
  const memory = (size: number): ArrayBuffer => {
    const start = take(size);
    return new Uint8Array(bytes.subarray(start, start + size)).buffer;
  };
  const text = (): string => {
    const size = length();
    const start = take(size);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, at));
  };
  const record = (depth: number): object => {
    const entries: [string, unknown][] = [];
    for (let left = length(); left > 0; left--) {
      if (bytes[take(1)] !== Tag.string) throw new RangeError('a key is not a text');
      entries.push([text(), read(depth + 1)]);
    }
    return Object.fromEntries(entries);
  };
  const list = (depth: number): unknown[] => {
    const items: unknown[] = [];
    for (let left = length(); left > 0; left--) items.push(read(depth + 1));
    return items;
  };
  const read = (depth: number): unknown => {
    if (depth > DEEPEST) throw new RangeError('the data are nested too deeply');
    const tag = bytes[take(1)];
    switch (tag) {
      case Tag.undefined:
        return undefined;
      case Tag.null:
        return null;
      case Tag.false:
        return false;
      case Tag.true:
        return true;
      case Tag.number:
        return view.getFloat64(take(8), true);
      case Tag.bigint:
        return bigint(text());
      case Tag.string:
        return text();
      case Tag.float64:
        return new Float64Array(memory(8 * length()));
      case Tag.int32:
        return new Int32Array(memory(4 * length()));
      case Tag.bytes:
        return new Uint8Array(memory(length()));
      case Tag.list:
        return list(depth);
      case Tag.record:
        return record(depth);
      default:
        throw new RangeError(`the data hold a value of unknown kind ${tag}`);
    }
  };
  const data = read(0);
  if (at !== bytes.length) throw new RangeError('the data go on after their end');
  return data;
}

function bigint(text: string): bigint {
  if (!/^-?\d{1,10000}$/.test(text)) throw new RangeError('a whole number cannot be read');
  return BigInt(text);
}
