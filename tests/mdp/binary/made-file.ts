import { createHash } from 'node:crypto';

/** The parts of a binary model file as plain lists; written out here by the description of the format, not by src. */
export interface Parts {
  readonly version?: number;
  readonly start?: number;
  readonly choicePtr: readonly number[];
  readonly rowPtr: readonly number[];
  readonly successor: readonly number[];
  readonly value: readonly number[];
  readonly action: readonly number[];
  readonly values: readonly (readonly [bigint, bigint])[];
  readonly layout?: readonly number[];
  readonly states: readonly string[];
  readonly actions: readonly string[];
  readonly long?: readonly string[];
  readonly head?: string;
}

/** Two states: at the first `go` leads on with 1/3 and stays with 2/3, `rest` stays; the second stays. */
export const twoStates: Parts = {
  choicePtr: [0, 2, 3],
  rowPtr: [0, 2, 3, 4],
  successor: [0, 1, 0, 1],
  value: [1, 0, 2, 2],
  action: [0, 1, 1],
  values: [
    [1n, 3n],
    [4n, 6n],
    [1n, 1n],
  ],
  states: ['a', 'bé'],
  actions: ['go', 'rest'],
  head: '{"name":"two"}',
};

/** The file of these parts, checksum and all. */
export function madeFile(parts: Parts): Uint8Array {
  const { version = 1, start = 0, layout = [], long = [], head = '{}' } = parts;
  const pieces: Buffer[] = [Buffer.from([0x89, 0x4d, 0x44, 0x50, 0x42, 0x0d, 0x0a, 0x1a])];
  const integers = (values: readonly number[]): Buffer => {
    const buffer = Buffer.alloc(4 * values.length);
    for (const [i, value] of values.entries()) buffer.writeInt32LE(value, 4 * i);
    return buffer;
  };
  const longs = (values: readonly bigint[]): Buffer => {
    const buffer = Buffer.alloc(8 * values.length);
    for (const [i, value] of values.entries()) buffer.writeBigUInt64LE(value, 8 * i);
    return buffer;
  };
  const doubles = (values: readonly number[]): Buffer => {
    const buffer = Buffer.alloc(8 * values.length);
    for (const [i, value] of values.entries()) buffer.writeDoubleLE(value, 8 * i);
    return buffer;
  };
  const texts = (list: readonly string[]): [Buffer, Buffer] => {
    const encoded = list.map((text) => Buffer.from(text));
    let end = 0;
    const ends = encoded.map(({ length }) => {
      end += length;
      return end;
    });
    return [integers(ends), Buffer.concat(encoded)];
  };
  const [states, actions, longTexts] = [texts(parts.states), texts(parts.actions), texts(long)];
  const headBytes = Buffer.from(head);
  const counts = [
    version,
    parts.choicePtr.length - 1,
    parts.rowPtr.length - 1,
    parts.successor.length,
    start,
    parts.values.length,
    parts.actions.length,
    states[1].length,
    actions[1].length,
    long.length,
    longTexts[1].length,
    layout.length > 0 ? 1 : 0,
    headBytes.length,
  ];
  pieces.push(longs(counts.map(BigInt)));
  const sections = [
    ...[parts.choicePtr, parts.rowPtr, parts.successor, parts.value, parts.action].map(integers),
    longs(parts.values.map(([num]) => num)),
    longs(parts.values.map(([, den]) => den)),
    doubles(layout),
    ...states,
    ...actions,
    ...longTexts,
    headBytes,
  ];
  for (const section of sections) pieces.push(section, Buffer.alloc((8 - (section.length % 8)) % 8));
  return sealed(Buffer.concat([...pieces, Buffer.alloc(32)]));
}

/** The file with the checksum of its content. */
export function sealed(file: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(file);
  const end = copy.length - 32;
  copy.set(createHash('sha256').update(copy.subarray(0, end)).digest(), end);
  return copy;
}
