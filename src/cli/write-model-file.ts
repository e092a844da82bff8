import { usageError } from '../errors.js';
import { writeBinaryModel } from '../mdp/binary/write-binary.js';
import type { Mdp } from '../mdp/model.js';
import { writeModel } from '../mdp/write-model.js';
import { yamlOfJson } from '../mdp/write-yaml.js';
import type { ModelFormat } from './model-file.js';

/** Texts of larger models are longer than a string can be, or than the reader takes. */
const MOST_TEXT_TRANSITIONS = 10_000_000;

/** What a model file of a format holds. @throws {UserError} usage: the model is too large for a text */
export function modelFileOf(mdp: Mdp, format: ModelFormat): string | Uint8Array {
  if (format === 'binary') return writeBinaryModel(mdp);
  const { transitionCount } = mdp;
  if (transitionCount > MOST_TEXT_TRANSITIONS) throw tooLarge(transitionCount);
  try {
    const json = writeModel(mdp);
    return format === 'json' ? json : yamlOfJson(json);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(transitionCount);
    throw error;
  }
}

function tooLarge(transitions: number): Error {
  return usageError('this model is too large for a text file', {
    found: `${transitions} transitions`,
    wanted: `at most ${MOST_TEXT_TRANSITIONS}`,
    hint: 'keep the binary file, .mdpb',
  });
}
