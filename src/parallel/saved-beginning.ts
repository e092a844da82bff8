import { inputError, type UserError } from '../errors.js';
import type { BlockSums } from '../power/block.js';
import type { SamplePlan } from '../power/plan.js';
import type { GammaSums } from '../power/rows.js';
import { haveSameForm } from './same-form.js';
import { couldBePart, drawnBy, type SavedPart, savedPart, withSaved } from './saved-parts.js';
import type { SavedSums, SumsStore } from './sums-store.js';

/** What of a run may have been done before. */
export interface Beginning {
  readonly parts: readonly GammaSums[];
  /** blocks that are in the sums */
  readonly merged: number;
  /** the sums of the last block, which is not whole, where it was solved too */
  readonly last?: readonly BlockSums[];
  /** true: another number of samples was asked for then, so that what is kept has to be saved as the beginning of this run */
  readonly isOther?: boolean;
}

/** What is to be done, as far as it says whether saved sums are its beginning. */
export interface BegunRun {
  readonly stage: string;
  readonly plan: SamplePlan;
  /** samples that are asked for, of which the plan may draw fewer */
  readonly asked: number;
  readonly basis: SavedSums['basis'];
  /** true: fewer samples than were asked for before would not have been looked at in the same way */
  readonly endsByWidth: boolean;
  /** without samples */
  readonly parts: readonly GammaSums[];
}

/**
 * Where a run goes on. Saved sums of a run of fewer samples are those of the first blocks of this one, bit by bit, if all they
 * depend on is the same. If not, they are of no use: the run begins anew.
 *
 * @throws {UserError} E_CHECKPOINT: more samples are saved than are wanted; or the sums are damaged, or of another run
 */
export function beginningOf(store: SumsStore | undefined, run: BegunRun): Beginning {
  const { stage, plan, asked, basis, parts } = run;
  const saved = store?.load(stage);
  if (saved === undefined) return { parts, merged: 0 };
  checkNumber(saved, run);
  const names = [...Object.keys(basis), ...Object.keys(saved.basis)];
  const other = names.find((name) => basis[name] !== saved.basis[name]);
  if (other !== undefined) {
    if (saved.asked === asked) throw misfit();
    store?.discard(stage, `with ${asked} samples instead of ${saved.asked} the ${other} is another one`);
    return { parts, merged: 0 };
  }
  if (saved.drawn > plan.samples) throw tooFew(saved.drawn, plan.samples);
  const drawn = drawnBy(plan, saved.blocks);
  if (saved.blocks > plan.blocks || !haveSameForm(saved.sums, parts.map(savedPart))) throw misfit();
  const sums = saved.sums as readonly SavedPart[];
  if (!sums.every((part) => couldBePart(part, drawn))) throw misfit();
  const last = lastOf(saved, parts, plan);
  const begun = parts.map((part, i) => withSaved(part, sums[i]));
  return { parts: begun, merged: saved.blocks, isOther: saved.asked !== asked, ...(last && { last }) };
}

/** The sums of the last block, if it is the same one in this run. */
function lastOf(
  { blocks, last }: SavedSums,
  parts: readonly GammaSums[],
  plan: SamplePlan,
): readonly BlockSums[] | undefined {
  if (last === undefined) return undefined;
  const form = parts.map(({ sums }) => sums);
  if (!haveSameForm(last, form)) throw misfit();
  const sums = last as readonly BlockSums[];
  const { count } = sums[0].moments;
  const isPart = Number.isInteger(count) && count > 0 && count < plan.columns;
  if (!isPart || !sums.every((block) => couldBePart({ sums: block }, count))) throw misfit();
  return blocks * plan.columns + count === plan.samples ? sums : undefined;
}

function checkNumber({ drawn, asked: before }: SavedSums, { asked, endsByWidth }: BegunRun): void {
  if (drawn > asked) throw tooFew(drawn, asked);
  if (!endsByWidth || asked >= before) return;
  throw inputError({
    code: 'E_CHECKPOINT',
    message:
      'the run of this checkpoint was to draw more samples, and has not looked at its widths as this one would',
    found: `at most ${before} samples`,
    wanted: `at most ${asked} samples`,
    hint: `ask for at least ${before} --samples, or remove the file to begin anew`,
  });
}

function tooFew(drawn: number, asked: number): UserError {
  return inputError({
    code: 'E_CHECKPOINT',
    message: 'this checkpoint holds more samples than are asked for',
    found: `${drawn} samples`,
    wanted: `at most ${asked} samples`,
    hint: `ask for at least ${drawn} --samples, or remove the file to begin anew`,
  });
}

function misfit(): UserError {
  return inputError({
    code: 'E_CHECKPOINT',
    message: 'the saved sums are not those of the first reward functions of this run',
    hint: 'remove the file to begin anew',
  });
}
