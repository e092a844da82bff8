import { createHash } from 'node:crypto';
import { fillChoiceClasses } from '../choice-classes.js';
import { parseDocument } from '../document.js';
import type { Mdp } from '../model.js';
import { exactProbabilities } from '../quotients.js';
import { checkVersion, readLabels, readTexts } from '../read-optional.js';
import { nameOfSource, rewardOf, topLevel } from '../top-level.js';
import { unreachableNotes } from '../unreachable.js';
import { checkedRows } from './check-rows.js';
import { type BinaryFile, bytesOf, openBinary, refusedAt } from './open-binary.js';
import { readActionNames, readStateNames } from './read-names.js';
import { readValues } from './read-values.js';

/** The keys of the head: those of a model file that are not sections of their own. */
const HEAD_KEYS: readonly string[] = ['mdpower', 'name', 'description', 'source', 'labels', 'reward'];

/**
 * Reads a binary model file (binary/layout.ts), of which nothing is trusted: whatever the text format refuses is refused here.
 *
 * Integer arrays of the model are views of the file where it lies on shared memory: such a model takes the file's size and
 * 8 bytes a transition, 12 a choice and about 50 a state beside it.
 *
 * @param bytes  the file
 * @throws {UserError} input, exit code 3: what is wrong, and the byte at which it is
 */
export function readBinaryModel(bytes: Uint8Array, source: string): Mdp {
  const file = openBinary(bytes, source);
  const { states: stateCount, choices: choiceCount, transitions: transitionCount, start } = file.counts;
  if (!(start < stateCount)) {
    throw refusedAt(file, 40, {
      code: stateCount === 0 ? 'E_SCHEMA' : 'E_UNKNOWN_STATE',
      message: stateCount === 0 ? 'a model needs at least one state' : 'the start state does not exist',
      found: `state ${start} of ${stateCount}`,
      wanted: 'a state of the model',
    });
  }
  const values = readValues(file);
  const { index, ...rows } = checkedRows(file, values);
  const states = readStateNames(file);
  const probability = new Float64Array(new SharedArrayBuffer(8 * transitionCount));
  for (let k = 0; k < transitionCount; k++) probability[k] = values.doubles[index[k]!]!;
  const choiceClass = new Int32Array(new SharedArrayBuffer(4 * choiceCount));
  fillChoiceClasses({ ...rows, index }, choiceClass);
  const mdp: Mdp = {
    ...readHead(file, states),
    stateCount,
    choiceCount,
    transitionCount,
    ...rows,
    probability,
    exact: exactProbabilities(values.quotients, index),
    choiceClass,
    states,
    actions: readActionNames(file, rows.choicePtr),
    start,
    layout: readLayout(file),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    notes: [],
  };
  return { ...mdp, notes: unreachableNotes(mdp) };
}

function readHead(file: BinaryFile, states: readonly string[]): Pick<Mdp, 'name' | 'labels' | 'reward'> {
  // A copy: text on shared memory could change while it is read.
  const document = parseDocument(bytesOf(file, 'head').slice(), `${file.source} (head)`, 'json');
  const values = topLevel(document, HEAD_KEYS);
  checkVersion(document, values.get('mdpower'));
  const texts = readTexts(document, values);
  const labels = values.get('labels');
  const index = new Map(labels === undefined ? [] : states.map((name, s) => [name, s]));
  const reward = rewardOf(document, values.get('reward'));
  return {
    ...texts,
    name: texts.name ?? nameOfSource(file.source),
    labels: readLabels(document, labels, { names: states, index }),
    ...(reward !== undefined && { reward }),
  };
}

/** (S) the positions of the states; both numbers are finite, or neither is a number. */
function readLayout({ source, bytes, counts, sections }: BinaryFile): Mdp['layout'] {
  const layout: ([number, number] | null)[] = new Array(counts.states).fill(null);
  if (counts.layout === 0) return layout;
  const positions = new Float64Array(
    bytes.buffer,
    bytes.byteOffset + sections.layout.offset,
    2 * counts.states,
  );
  for (let s = 0; s < counts.states; s++) {
    const [x, y] = [positions[2 * s]!, positions[2 * s + 1]!];
    if (Number.isFinite(x) && Number.isFinite(y)) layout[s] = [x, y];
    else if (!(Number.isNaN(x) && Number.isNaN(y))) {
      throw refusedAt({ source }, sections.layout.offset + 16 * s, {
        code: 'E_SCHEMA',
        message: `state ${s} has no place in the layout`,
        found: `${x}, ${y}`,
        wanted: 'two finite numbers, or twice not a number',
      });
    }
  }
  return layout;
}
