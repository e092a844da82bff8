import { createHash } from 'node:crypto';
import { type Diagnostic, inputError, type UserError } from '../../errors.js';
import {
  CHECKSUM_BYTES,
  type Counts,
  FIELDS,
  HEADER_BYTES,
  MAGIC,
  requireLittleEndian,
  SECTIONS,
  type Sections,
  sectionsOf,
  VERSION,
} from './layout.js';

const LARGEST_COUNT = 2n ** 31n - 2n;
/** Texts become strings, which cannot be much longer. */
const LARGEST_TEXT = 2n ** 28n;

/** A binary file whose size and checksum are right; what stands in its sections is not looked at yet. */
export interface BinaryFile {
  readonly source: string;
  /** on shared memory, at a multiple of 8 bytes */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly counts: Counts;
  readonly sections: Sections;
}

/** The refusal of a binary file at a byte, counted from 0. */
export function refusedAt(
  { source }: Pick<BinaryFile, 'source'>,
  byte: number,
  parts: Omit<Diagnostic, 'place'>,
): UserError {
  return inputError({ ...parts, place: { source, byte } });
}

/**
 * Finds the sections of a binary file.
 * @param bytes  used where it is if it lies on shared memory, else copied
 * @throws {UserError} input: E_BINARY (sizes), E_VERSION, E_CHECKSUM, with the byte
 */
export function openBinary(bytes: Uint8Array, source: string): BinaryFile {
  requireLittleEndian();
  const wrong = MAGIC.findIndex((byte, at) => at < bytes.length && bytes[at] !== byte);
  if (wrong >= 0) {
    throw refusedAt({ source }, wrong, {
      code: 'E_BINARY',
      message: 'this is not a binary model file: it begins with other bytes',
      found: `byte 0x${bytes[wrong]!.toString(16).padStart(2, '0')}`,
      wanted: `0x${MAGIC[wrong]!.toString(16).padStart(2, '0')}`,
    });
  }
  if (bytes.length < HEADER_BYTES) throw cutShort(source, bytes.length, HEADER_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields = FIELDS.map((field, i) => {
    const at = MAGIC.length + 8 * i;
    const value = view.getBigUint64(at, true);
    if (field === 'version' && value !== BigInt(VERSION)) {
      throw refusedAt({ source }, at, {
        code: 'E_VERSION',
        message: 'this is not a version of the binary format that can be read',
        found: String(value),
        wanted: String(VERSION),
        hint: 'a newer mdpower may read it',
      });
    }
    const most = field === 'layout' ? 1n : field.endsWith('Bytes') ? LARGEST_TEXT : LARGEST_COUNT;
    if (value > most) throw outOfRange(source, at, field, value, most);
    return [field, Number(value)] as const;
  });
  const counts = Object.fromEntries(fields) as Record<(typeof FIELDS)[number], number>;
  const { sections, checksum } = sectionsOf(counts);
  const size = checksum + CHECKSUM_BYTES;
  if (bytes.length < size) throw cutShort(source, bytes.length, size);
  if (bytes.length > size) {
    throw refusedAt({ source }, size, {
      code: 'E_BINARY',
      message: 'something stands after the end of the model',
      found: `${bytes.length} bytes`,
      wanted: `${size} bytes, as its header says`,
    });
  }
  const found = createHash('sha256').update(bytes.subarray(0, checksum)).digest('hex');
  const wanted = Buffer.from(bytes.subarray(checksum)).toString('hex');
  if (found !== wanted) {
    throw refusedAt({ source }, checksum, {
      code: 'E_CHECKSUM',
      message: 'the file is damaged: its checksum is not that of its content',
      found: `SHA-256 ${found}`,
      wanted,
      hint: 'copy or make the file again',
    });
  }
  const file = { source, bytes: onSharedMemory(bytes), counts, sections };
  refuseFilledGaps(file);
  return file;
}

/** A view of a section of 32-bit integers. */
export function integersOf({ bytes, sections }: BinaryFile, name: keyof Sections): Int32Array {
  const { offset, bytes: length } = sections[name];
  return new Int32Array(bytes.buffer, bytes.byteOffset + offset, length / 4);
}

/** A view of a section of bytes. */
export function bytesOf({ bytes, sections }: BinaryFile, name: keyof Sections): Uint8Array {
  const { offset, bytes: length } = sections[name];
  return bytes.subarray(offset, offset + length);
}

function onSharedMemory(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const { buffer, byteOffset, length } = bytes;
  if (buffer instanceof SharedArrayBuffer && byteOffset % 8 === 0) {
    return new Uint8Array(buffer, byteOffset, length);
  }
  const copy = new Uint8Array(new SharedArrayBuffer(length));
  copy.set(bytes);
  return copy;
}

function refuseFilledGaps(file: BinaryFile): void {
  for (const name of SECTIONS) {
    const end = file.sections[name].offset + file.sections[name].bytes;
    for (let at = end; at % 8 !== 0; at++) {
      if (file.bytes[at] !== 0) {
        throw refusedAt(file, at, {
          code: 'E_BINARY',
          message: `the gap after the section ${name} is not empty`,
          found: `byte ${file.bytes[at]}`,
          wanted: '0',
        });
      }
    }
  }
}

function outOfRange(source: string, at: number, field: string, value: bigint, most: bigint): UserError {
  return refusedAt({ source }, at, {
    code: 'E_BINARY',
    message: `the count ${field} is out of range`,
    found: String(value),
    wanted: `0 … ${most}`,
  });
}

function cutShort(source: string, size: number, wanted: number): UserError {
  return refusedAt({ source }, size, {
    code: 'E_BINARY',
    message: 'the file ends early',
    found: `${size} bytes`,
    wanted: `${wanted} bytes`,
    hint: 'copy or make the file again',
  });
}
