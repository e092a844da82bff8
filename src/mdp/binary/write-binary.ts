import { createHash } from 'node:crypto';
import type { Mdp } from '../model.js';
import { quotientAt, quotientsOf } from '../quotients.js';
import { modelHead } from '../write-model.js';
import {
  CHECKSUM_BYTES,
  type Counts,
  FIELDS,
  MAGIC,
  requireLittleEndian,
  type Section,
  sectionsOf,
  VERSION,
} from './layout.js';

/** What a binary file holds of a model. */
export type ModelContent = Omit<Mdp, 'sha256' | 'notes'>;

const utf8 = new TextEncoder();

/** The binary file of a model (binary/layout.ts); `parseModel` reads the same model back. */
export function writeBinaryModel(model: ModelContent): Uint8Array<ArrayBuffer> {
  requireLittleEndian();
  const quotients = quotientsOf(model.exact);
  const actions = numbered(model.actions);
  const long = [...quotients.long].map(([, { num, den }]) => `${num}/${den}`);
  const names = {
    state: joined(model.states),
    action: joined(actions.names),
    long: joined(long),
  };
  const hasLayout = model.layout.some((position) => position !== null);
  const head = utf8.encode(modelHead(model));
  const counts: Counts = {
    version: VERSION,
    states: model.stateCount,
    choices: model.choiceCount,
    transitions: model.transitionCount,
    start: model.start,
    values: quotients.length,
    actionNames: actions.names.length,
    stateBytes: names.state.bytes.length,
    actionBytes: names.action.bytes.length,
    longValues: long.length,
    longBytes: names.long.bytes.length,
    layout: hasLayout ? 1 : 0,
    headBytes: head.length,
  };
  const { sections, checksum } = sectionsOf(counts);
  const file = new Uint8Array(checksum + CHECKSUM_BYTES);
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  FIELDS.forEach((field, i) => {
    view.setBigUint64(MAGIC.length + 8 * i, BigInt(counts[field]), true);
  });
  const integers = (section: Section, values: Int32Array): void => {
    new Int32Array(file.buffer, section.offset, values.length).set(values);
  };
  integers(sections.choicePtr, model.choicePtr);
  integers(sections.rowPtr, model.rowPtr);
  integers(sections.successor, model.successor);
  integers(sections.value, model.exact.index);
  integers(sections.action, actions.number);
  let longCount = 0n;
  for (let i = 0; i < quotients.length; i++) {
    const isLong = quotients.long.has(i);
    const { num, den } = isLong ? { num: longCount++, den: 0n } : quotientAt(quotients, i);
    view.setBigUint64(sections.numerator.offset + 8 * i, num, true);
    view.setBigUint64(sections.denominator.offset + 8 * i, den, true);
  }
  if (hasLayout) {
    model.layout.forEach((position, s) => {
      const [x, y] = position ?? [Number.NaN, Number.NaN];
      view.setFloat64(sections.layout.offset + 16 * s, x, true);
      view.setFloat64(sections.layout.offset + 16 * s + 8, y, true);
    });
  }
  integers(sections.stateEnds, names.state.ends);
  file.set(names.state.bytes, sections.stateNames.offset);
  integers(sections.actionEnds, names.action.ends);
  file.set(names.action.bytes, sections.actionNames.offset);
  integers(sections.longEnds, names.long.ends);
  file.set(names.long.bytes, sections.longValues.offset);
  file.set(head, sections.head.offset);
  file.set(createHash('sha256').update(file.subarray(0, checksum)).digest(), checksum);
  return file;
}

/** The distinct names in order of appearance, and the number of each entry's name. */
function numbered(entries: readonly string[]): { names: string[]; number: Int32Array } {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const number = new Int32Array(entries.length);
  for (let c = 0; c < entries.length; c++) {
    let found = numbers.get(entries[c]!);
    if (found === undefined) {
      found = names.length;
      numbers.set(entries[c]!, found);
      names.push(entries[c]!);
    }
    number[c] = found;
  }
  return { names, number };
}

/** Names one after the other in UTF-8, and the byte each ends before. */
function joined(names: readonly string[]): { bytes: Uint8Array; ends: Int32Array } {
  const bytes = utf8.encode(names.join(''));
  const ends = new Int32Array(names.length);
  let end = 0;
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    end += isAscii(name) ? name.length : utf8.encode(name).length;
    ends[i] = end;
  }
  return { bytes, ends };
}

function isAscii(text: string): boolean {
  return /^[\u0000-\u007f]*$/.test(text);
}
