import { type Diagnostic, ExitCode } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import type { ComputedPower } from '../parallel/compute-power.js';
import type { Note, Parameters, ResultDocument } from '../report/document.js';
import { version } from './version.js';

/** A result document without its rows: program, command, model and parameters. Notes that come twice stand once. */
export function documentOf(
  command: ResultDocument['command'],
  mdp: Mdp,
  parameters: Parameters,
  notes: readonly Diagnostic[] = [],
): ResultDocument {
  const all = [...mdp.notes, ...notes].map(noteOf);
  return {
    mdpower: version(),
    command,
    model: {
      name: mdp.name,
      sha256: mdp.sha256,
      states: mdp.stateCount,
      choices: mdp.choiceCount,
      transitions: mdp.transitionCount,
      start: mdp.states[mdp.start]!,
    },
    parameters,
    notes: [...new Map(all.map((note) => [JSON.stringify(note), note])).values()],
  };
}

/** The largest share of samples that may stay undecided in a result that is done. */
const MOST_UNDECIDED = 1e-6;

/**
 * What a command that printed an estimate ends with: 4 if the precision, width or exactness asked for was missed somewhere,
 * or if more samples stayed undecided than a reader would take for none.
 */
export function exitCodeOf({
  precisionReached,
  widthReached,
  exactMissed,
  optimality,
}: ComputedPower): ExitCode {
  const isDecided = optimality.every(
    ({ undecided, averageUndecided = 0 }) => Math.max(undecided, averageUndecided) <= MOST_UNDECIDED,
  );
  const isMet = precisionReached && widthReached && !exactMissed && isDecided;
  return isMet ? ExitCode.done : ExitCode.undecided;
}

function noteOf({ code, message, place, found, hint }: Diagnostic): Note {
  const at = place?.pointer === undefined ? '' : ` (at ${place.pointer})`;
  return {
    code,
    message: `${message}${at}${found === undefined ? '' : `: ${found}`}`,
    ...(hint === undefined ? {} : { hint }),
  };
}
