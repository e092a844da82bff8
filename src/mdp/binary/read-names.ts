import { quoted } from '../../errors.js';
import { firstInvalidByte } from '../decode.js';
import { nameProblem } from '../names.js';
import { type BinaryFile, bytesOf, integersOf, refusedAt } from './open-binary.js';

/** A list of texts in a binary file: the section of their ends and that of their bytes. */
type TextList = readonly [
  ends: 'stateEnds' | 'actionEnds' | 'longEnds',
  bytes: 'stateNames' | 'actionNames' | 'longValues',
];

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The texts of a list. @throws {UserError} input: E_BINARY (ends that do not fit), E_ENCODING */
export function readTextList(file: BinaryFile, [endsName, bytesName]: TextList): string[] {
  const ends = integersOf(file, endsName);
  const bytes = bytesOf(file, bytesName);
  const { offset } = file.sections[bytesName];
  const invalid = firstInvalidByte(bytes);
  if (invalid < bytes.length) {
    throw refusedAt(file, offset + invalid, {
      code: 'E_ENCODING',
      message: `${bytesName} is not valid UTF-8`,
      found: `byte 0x${bytes[invalid]!.toString(16).padStart(2, '0')}`,
      wanted: 'UTF-8 text',
    });
  }
  const whole = decoder.decode(bytes);
  const isAscii = whole.length === bytes.length;
  const texts: string[] = new Array(ends.length);
  let start = 0;
  for (let i = 0; i <= ends.length; i++) {
    const end = ends[i] ?? bytes.length;
    const isInside = i === ends.length ? start === end : end >= start && end <= bytes.length;
    if (!isInside || (bytes[end]! & 0xc0) === 0x80) {
      throw refusedAt(file, file.sections[endsName].offset + 4 * Math.max(0, Math.min(i, ends.length - 1)), {
        code: 'E_BINARY',
        message: `${endsName} does not divide ${bytesName} into texts`,
        found: `an end at ${i === ends.length ? start : end}`,
        wanted: 'ascending ends of whole characters, the last of them the end of the section',
      });
    }
    if (i === ends.length) break;
    texts[i] = isAscii ? whole.slice(start, end) : decoder.decode(bytes.subarray(start, end));
    start = end;
  }
  return texts;
}

/**
 * Checks names by the rules of the text format, and finds those that read the same.
 * @returns Int32: for each name the number of the first that is equal after NFC
 * @throws {UserError} input: `code`, E_LIMIT_NAME
 */
function firstTwins(
  file: BinaryFile,
  [endsName, bytesName]: TextList,
  names: readonly string[],
  code: string,
): Int32Array {
  const { offset } = file.sections[bytesName];
  const ends = integersOf(file, endsName);
  const first = new Int32Array(names.length);
  const known = new Map<string, number>();
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const problem = nameProblem(name, code);
    if (problem !== undefined) throw refusedAt(file, offset + (ends[i - 1] ?? 0), problem);
    const key = /^[\u0000-\u007f]*$/.test(name) ? name : name.normalize('NFC');
    const before = known.get(key);
    first[i] = before ?? i;
    if (before === undefined) known.set(key, i);
  }
  return first;
}

/** The names of the states. @throws {UserError} input: also E_DUP_STATE, for two that read the same */
export function readStateNames(file: BinaryFile): string[] {
  const list = ['stateEnds', 'stateNames'] as const;
  const names = readTextList(file, list);
  const twins = firstTwins(file, list, names, 'E_STATE_NAME');
  const twice = twins.findIndex((first, s) => first !== s);
  if (twice < 0) return names;
  throw refusedAt(file, file.sections.stateNames.offset + integersOf(file, 'stateEnds')[twice - 1]!, {
    code: 'E_DUP_STATE',
    message: `the state ${quoted(names[twice]!)} reads the same as one before it`,
    found: quoted(names[twice]!),
    wanted: 'names that differ after Unicode normalisation (NFC)',
  });
}

/** The name of every choice's action. @throws {UserError} input: also E_ACTION_NAME, for two of one state that read the same */
export function readActionNames(file: BinaryFile, choicePtr: Int32Array): string[] {
  const list = ['actionEnds', 'actionNames'] as const;
  const names = readTextList(file, list);
  const twins = firstTwins(file, list, names, 'E_ACTION_NAME');
  const action = integersOf(file, 'action');
  const { offset } = file.sections.action;
  const actions: string[] = new Array(action.length);
  /** the last state that had each name, by its first twin */
  const lastState = new Int32Array(names.length).fill(-1);
  for (let s = 0; s + 1 < choicePtr.length; s++) {
    for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
      const number = action[c]!;
      if (!(number >= 0 && number < names.length)) {
        throw refusedAt(file, offset + 4 * c, {
          code: 'E_BINARY',
          message: `choice ${c} has an action that has no name`,
          found: String(number),
          wanted: `0 … ${names.length - 1}`,
        });
      }
      const twin = twins[number]!;
      if (lastState[twin] === s) {
        throw refusedAt(file, offset + 4 * c, {
          code: 'E_ACTION_NAME',
          message: `two actions of state ${s} read the same`,
          found: quoted(names[number]!),
          wanted: 'names that differ after Unicode normalisation (NFC)',
        });
      }
      lastState[twin] = s;
      actions[c] = names[number]!;
    }
  }
  return actions;
}
