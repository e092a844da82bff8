import { inputError, type UserError } from '../errors.js';
import { type LocatedText, placeAt } from './locate.js';

/** Containers may be nested this deep; a model needs four. */
export const DEEPEST = 200;

/** The error for a container with too many around it. */
export function tooDeep(text: LocatedText, offset: number, pointer?: string): UserError {
  return inputError({
    code: 'E_LIMIT_DEPTH',
    message: `lists and objects are nested more than ${DEEPEST} deep here`,
    place: placeAt(text, offset, pointer),
    found: `level ${DEEPEST + 1}`,
    wanted: `at most ${DEEPEST} levels; a model needs four`,
  });
}
