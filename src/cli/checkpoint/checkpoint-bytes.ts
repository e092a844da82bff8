import { createHash } from 'node:crypto';
import { inputError, quoted, type UserError } from '../../errors.js';
import type { SavedSums } from '../../parallel/sums-store.js';
import { decodePlainData, encodePlainData } from './plain-data.js';

/** How a run was asked for: enough to ask for it again. */
export interface RunRequest {
  readonly command: string;
  readonly arguments: readonly string[];
  /** by the option's key, as it would be written on the command line; true for a flag */
  readonly options: Readonly<Record<string, string | readonly string[] | true>>;
}

/** What a checkpoint file holds. */
export interface Checkpoint {
  readonly request: RunRequest;
  /** all that the digits depend on: program, model, law, seed, …; each as text */
  readonly settings: Readonly<Record<string, string>>;
  readonly stages: Readonly<Record<string, SavedSums>>;
}

/** A file is this line, a line of JSON, the sums, and the SHA-256 of all before it. */
const MAGIC = 'mdpower checkpoint ';
const VERSION = '2';
const CHECKSUM_BYTES = 32;
/** A header is not longer than this. */
const LONGEST_HEADER = 1 << 24;

/** The bytes of a checkpoint, in pieces that share memory with its sums. */
export function encodeCheckpoint({ request, settings, stages }: Checkpoint): Uint8Array[] {
  const payload = encodePlainData(stages);
  const bytes = payload.reduce((sum, piece) => sum + piece.length, 0);
  const header = `${MAGIC}${VERSION}\n${JSON.stringify({ bytes, request, settings })}\n`;
  const pieces = [new TextEncoder().encode(header), ...payload];
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return [...pieces, hash.digest()];
}

/**
 * Reads a checkpoint; what is not whole, bit by bit, is refused.
 * @throws {UserError} E_CHECKPOINT, with the reason
 */
export function decodeCheckpoint(bytes: Uint8Array, source: string): Checkpoint {
  const latin = new TextDecoder('latin1');
  const first = latin.decode(bytes.subarray(0, 64)).split('\n')[0]!;
  if (!first.startsWith(MAGIC)) {
    throw checkpointError(source, 'this is no checkpoint', {
      found: bytes.length === 0 ? 'an empty file' : quoted(first, 30),
      wanted: 'a file that --checkpoint has written',
    });
  }
  const version = first.slice(MAGIC.length);
  if (version !== VERSION) {
    throw checkpointError(source, 'this checkpoint has a format that is not known', {
      found: quoted(version, 20),
      wanted: `format ${VERSION}`,
    });
  }
  const headerStart = first.length + 1;
  const headerEnd = bytes.subarray(0, LONGEST_HEADER).indexOf(0x0a, headerStart);
  const header =
    headerEnd < 0 ? undefined : headerOf(new TextDecoder().decode(bytes.subarray(headerStart, headerEnd)));
  const size = header === undefined ? undefined : headerEnd + 1 + header.bytes + CHECKSUM_BYTES;
  if (size === undefined ? headerEnd < 0 : bytes.length < size) {
    throw checkpointError(source, 'this checkpoint is cut off', {
      found: `${bytes.length} bytes`,
      wanted: size === undefined ? 'a whole file' : `${size} bytes`,
    });
  }
  const end = bytes.length - CHECKSUM_BYTES;
  const checksum = createHash('sha256')
    .update(bytes.subarray(0, Math.max(0, end)))
    .digest('hex');
  const written = Buffer.from(bytes.subarray(Math.max(0, end))).toString('hex');
  if (header === undefined || bytes.length !== size || checksum !== written) {
    throw checkpointError(source, 'this checkpoint is damaged: its checksum is wrong', {
      found: `SHA-256 ${checksum.slice(0, 16)}…`,
      wanted: `SHA-256 ${written.slice(0, 16)}…`,
    });
  }
  const stages = stagesOf(bytes.subarray(headerEnd + 1, end));
  if (stages === undefined) throw checkpointError(source, 'the sums of this checkpoint cannot be read');
  return { request: header.request, settings: header.settings, stages };
}

/** @param parts what was found, and so on */
export function checkpointError(
  source: string,
  message: string,
  parts: { found?: string; wanted?: string; hint?: string } = {},
): UserError {
  const hint = 'remove the file to begin anew';
  return inputError({ code: 'E_CHECKPOINT', message, place: { source }, hint, ...parts });
}

interface Header extends Pick<Checkpoint, 'request' | 'settings'> {
  /** of the sums */
  readonly bytes: number;
}

function headerOf(text: string): Header | undefined {
  try {
    const header = JSON.parse(text) as Header;
    const { bytes, request, settings } = header;
    const isWhole =
      Number.isSafeInteger(bytes) &&
      bytes >= 0 &&
      typeof request.command === 'string' &&
      isTextList(request.arguments) &&
      Object.values(request.options).every(
        (value) => value === true || typeof value === 'string' || isTextList(value),
      ) &&
      Object.values(settings).every((value) => typeof value === 'string');
    return isWhole ? header : undefined;
  } catch {
    return undefined;
  }
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function stagesOf(bytes: Uint8Array): Checkpoint['stages'] | undefined {
  try {
    const stages = decodePlainData(bytes) as Checkpoint['stages'];
    const areSums = Object.values(stages).every(
      ({ blocks, drawn, asked, basis, sums }) =>
        [blocks, drawn, asked].every((count) => Number.isSafeInteger(count) && count >= 0) &&
        Object.values(basis).every((value) => typeof value === 'string') &&
        sums !== undefined,
    );
    return areSums ? stages : undefined;
  } catch {
    return undefined;
  }
}
