import { usageError } from '../errors.js';
import { isBinaryName } from '../mdp/binary/layout.js';

export type ModelFormat = 'json' | 'yaml' | 'binary';

/** The format in which a model is written to a path. @throws {UserError} usage: its extension names none */
export function modelFormatOf(path: string): ModelFormat {
  if (isBinaryName(path)) return 'binary';
  if (/\.json$/i.test(path)) return 'json';
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  throw usageError(`${path} does not say in which format the model is to be written`, {
    wanted: 'an extension: .json, .yaml, .mdpb (binary)',
  });
}
