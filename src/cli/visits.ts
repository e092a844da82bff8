import { precisionError } from '../errors.js';
import { ExactRefusal } from '../exact/budget.js';
import { visitReport } from '../exact/visits.js';
import type { Discount } from '../number/discount.js';
import { fromRational } from '../number/ratio.js';
import type { ResultDocument } from '../report/document.js';
import type { Io } from './io.js';
import { loadModel } from './load.js';
import { stateNamed } from './names.js';
import { documentOf } from './result.js';

/** The visits of one state. @throws {UserError} precision, if there are too many policies to list */
export async function visitsDocument(
  path: string,
  options: { state: string | undefined; gamma: Discount; normalizeRows: boolean },
  io: Io,
): Promise<ResultDocument> {
  const mdp = await loadModel(path, options, io);
  const s = options.state === undefined ? mdp.start : stateNamed(mdp, options.state, '--state');
  const parameters = { gammas: [options.gamma.text], normalizeRows: options.normalizeRows };
  return {
    ...documentOf('visits', mdp, parameters),
    visits: [orRefused(() => visitReport(mdp, s, fromRational(options.gamma.exact)))],
  };
}

/** What is too large to be listed is said as a missed precision, exit code 4. */
function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExactRefusal)
      throw precisionError(`no exact answer: ${error.message}`, {
        hint: 'name a state with fewer choices ahead with --state; mdpower power and mdpower optimality sample large models',
      });
    throw error;
  }
}
