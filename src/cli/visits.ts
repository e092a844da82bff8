import { precisionError, usageError } from '../errors.js';
import { ExactRefusal } from '../exact/budget.js';
import { visitReport } from '../exact/visits.js';
import { type Discount, limitOf } from '../number/discount.js';
import { fromRational } from '../number/ratio.js';
import type { ResultDocument } from '../report/document.js';
import { rewardOf } from './estimate.js';
import type { Io } from './io.js';
import { loadModel } from './load.js';
import { stateNamed } from './names.js';
import { notExactNotes } from './not-exact.js';
import { documentOf } from './result.js';

interface VisitValues {
  readonly state: string | undefined;
  readonly gamma: Discount;
  readonly reward: string | undefined;
  readonly chances: boolean;
  readonly normalizeRows: boolean;
}

/** The visits of one state, with how often each is the best if a law is named, or with `chances` under the model's own. @throws {UserError} usage: a limit for γ; precision: too many policies to list */
export async function visitsDocument(path: string, options: VisitValues, io: Io): Promise<ResultDocument> {
  if (limitOf(options.gamma) !== undefined)
    throw usageError('visits are listed at a discount between 0 and 1', {
      place: { source: '--gamma' },
      found: options.gamma.text,
      wanted: 'a number with 0 < gamma < 1',
      hint: 'what decides at gamma 1, the recurrent state distributions, is listed at every gamma',
    });
  const mdp = await loadModel(path, options, io);
  const s = options.state === undefined ? mdp.start : stateNamed(mdp, options.state, '--state');
  const wantsChances = options.chances || options.reward !== undefined;
  const reward = wantsChances ? await rewardOf(mdp, options.reward, io) : undefined;
  const parameters = {
    ...(reward && { reward: reward.text }),
    gammas: [options.gamma.text],
    normalizeRows: options.normalizeRows,
  };
  const report = orRefused(() => visitReport(mdp, s, fromRational(options.gamma.exact), { reward }));
  const refused = report.best?.refused ?? [];
  const notes = notExactNotes(
    'no P(optimal)',
    refused.map(({ what, reason }) => [what, reason]),
  );
  return { ...documentOf('visits', mdp, parameters, notes), visits: [report] };
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
