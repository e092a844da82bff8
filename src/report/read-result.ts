import { inputError, quoted } from '../errors.js';
import type { ResultDocument } from './document.js';
import { resultProblem } from './schema.js';

/**
 * A result that was written with `--format json`, read back.
 * @param source what messages call the file
 * @throws {UserError} bad input: not JSON, or not such a document
 */
export function readResult(bytes: Uint8Array, source: string): ResultDocument {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw inputError({
      code: 'E_RESULT',
      message: 'this result file is damaged',
      place: { source },
      found: quoted(error instanceof Error ? error.message : String(error), 120),
      wanted: 'a document that --format json has written',
    });
  }
  const problem = resultProblem(value);
  if (problem === null) return value as ResultDocument;
  throw inputError({
    code: 'E_RESULT',
    message: 'this is no result of this version of mdpower',
    place: { source, pointer: problem.path.map((key) => `/${String(key)}`).join('') },
    found: quoted(problem.message, 120),
    wanted: 'a document that --format json has written',
    hint: 'mdpower schema result prints the schema',
  });
}
