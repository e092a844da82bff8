import type { Command } from './command.js';
import { analyze } from './commands/analyze.js';
import { check } from './commands/check.js';
import { compare } from './commands/compare.js';
import { completionOf } from './commands/completion.js';
import { convert } from './commands/convert.js';
import { explain } from './commands/explain.js';
import { generate } from './commands/generate.js';
import { optimality } from './commands/optimality.js';
import { orbit } from './commands/orbit.js';
import { plot } from './commands/plot.js';
import { power } from './commands/power.js';
import { resumeOf } from './commands/resume.js';
import { run } from './commands/run.js';
import { schema } from './commands/schema.js';
import { symmetry } from './commands/symmetry.js';
import { verify } from './commands/verify.js';
import { visits } from './commands/visits.js';

/** Commands whose run can be kept in a checkpoint. */
const sampling: readonly Command[] = [analyze, power, optimality];

const working: readonly Command[] = [
  ...sampling,
  symmetry,
  verify,
  orbit,
  visits,
  plot,
  compare,
  run,
  resumeOf(sampling),
  check,
  generate,
  convert,
  schema,
  explain,
];

/** Every command, in the order of the help. Each imports what it computes with when it runs, so that help is quick. */
export const commands: readonly Command[] = [...working, completionOf(working)];
