import { ioError } from '../../errors.js';

/**
 * The binary model file, version 1. All numbers are little-endian, every part begins at a multiple of 8 bytes, gaps are
 * filled with zeros, and nothing follows the last part.
 *
 * 1. magic: the 8 bytes 89 4D 44 50 42 0D 0A 1A (`\x89MDPB\r\n\x1a`)
 * 2. header: the counts FIELDS, an unsigned 64-bit integer each, below 2³¹
 * 3. the sections SECTIONS, in this order, of the sizes in `sectionsOf`
 * 4. checksum: the SHA-256, 32 bytes, of all bytes before it
 *
 * S states, C choices (state by state), K transitions (choice by choice, successors ascending), V exact probabilities,
 * A names of actions, L long probabilities. The rules for what stands in the sections are those of the text format.
 */
export const MAGIC: readonly number[] = [0x89, 0x4d, 0x44, 0x50, 0x42, 0x0d, 0x0a, 0x1a];

export const VERSION = 1;

/** The header; `version` is 1, `start` the number of the start state, `layout` 1 if there are positions, else 0. */
export const FIELDS = [
  'version',
  'states',
  'choices',
  'transitions',
  'start',
  'values',
  'actionNames',
  'stateBytes',
  'actionBytes',
  'longValues',
  'longBytes',
  'layout',
  'headBytes',
] as const;

export type Counts = Readonly<Record<(typeof FIELDS)[number], number>>;

/** Where a section is, in bytes from the beginning of the file. */
export interface Section {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * - choicePtr  int32 (S+1): state s has the choices choicePtr[s] … choicePtr[s+1]−1
 * - rowPtr     int32 (C+1): choice c has the transitions rowPtr[c] … rowPtr[c+1]−1
 * - successor  int32 (K): a state, ascending within a row
 * - value      int32 (K): the number of the transition's exact probability
 * - action     int32 (C): the number of the action's name
 * - numerator, denominator  uint64 (V): exact probability, 0 to 1; not necessarily in lowest terms, but no two are equal.
 *   The denominator 0 marks a long probability: numerator is its number.
 * - layout     float64 (2S): x, y of each state; not a number where a state has no position
 * - stateEnds  int32 (S): where each name ends in stateNames, which is UTF-8; actionEnds (A) and actionNames, longEnds
 *   (L) and longValues (such as `1/36893488147419103232`) likewise
 * - head       UTF-8: a JSON object with `name`, and `description`, `source`, `labels`, `reward` as in the text format
 */
export const SECTIONS = [
  'choicePtr',
  'rowPtr',
  'successor',
  'value',
  'action',
  'numerator',
  'denominator',
  'layout',
  'stateEnds',
  'stateNames',
  'actionEnds',
  'actionNames',
  'longEnds',
  'longValues',
  'head',
] as const;

export type Sections = Readonly<Record<(typeof SECTIONS)[number], Section>>;

export const HEADER_BYTES: number = MAGIC.length + 8 * FIELDS.length;
export const CHECKSUM_BYTES = 32;

/** The sections of a file with these counts, and where its checksum is. */
export function sectionsOf(counts: Counts): { sections: Sections; checksum: number } {
  const { states, choices, transitions, values, actionNames, longValues } = counts;
  const bytes = {
    choicePtr: 4 * (states + 1),
    rowPtr: 4 * (choices + 1),
    successor: 4 * transitions,
    value: 4 * transitions,
    action: 4 * choices,
    numerator: 8 * values,
    denominator: 8 * values,
    layout: counts.layout * 16 * states,
    stateEnds: 4 * states,
    stateNames: counts.stateBytes,
    actionEnds: 4 * actionNames,
    actionNames: counts.actionBytes,
    longEnds: 4 * longValues,
    longValues: counts.longBytes,
    head: counts.headBytes,
  };
  let offset = HEADER_BYTES;
  const entries = SECTIONS.map((name) => {
    const section = { offset, bytes: bytes[name] };
    offset += 8 * Math.ceil(bytes[name] / 8);
    return [name, section] as const;
  });
  return {
    sections: Object.fromEntries(entries) as Record<(typeof SECTIONS)[number], Section>,
    checksum: offset,
  };
}

/** Whether a file of this name ought to be a binary model. */
export function isBinaryName(path: string): boolean {
  return /\.mdpb$/i.test(path);
}

/** Whether bytes begin as a binary model does. */
export function isBinaryModel(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}

/** The arrays of a file are used as they stand in memory. @throws {UserError} on the rare machines of the other byte order */
export function requireLittleEndian(): void {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] === 1) return;
  throw ioError('binary model files need a little-endian machine', { hint: 'use a JSON model file' });
}
