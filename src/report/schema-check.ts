import { z } from 'zod';
import type { ModelDescription } from '../mdp/describe.js';
import type { Note } from './document.js';
import type { Shape } from './schema-findings.js';

const count = z.int().min(0);
const names = z.array(z.string());

const note = z.strictObject({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});

const place = z.strictObject({
  source: z.string(),
  line: count.optional(),
  column: count.optional(),
  pointer: z.string().optional(),
  sourceLine: z.string().optional(),
});

const check = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  source: z.string().optional(),
  sha256: z.string(),
  states: count,
  choices: count,
  distinctChoices: count,
  transitions: count,
  deterministic: z.boolean(),
  acyclic: z.boolean(),
  onePolicy: z.boolean(),
  start: z.string(),
  reachable: count,
  unreachable: names,
  components: z.strictObject({ count, largest: count, closed: z.array(names) }),
  endComponents: z.array(names),
  oneCycles: names,
  terminalStates: names,
  selfLoops: count,
  equalActions: z.array(z.strictObject({ state: z.string(), actions: names })),
  labels: z.array(z.strictObject({ label: z.string(), states: count })),
  warnings: z.array(
    note.extend({ place: place.optional(), found: z.string().optional(), wanted: z.string().optional() }),
  ),
});

/** The shapes of notes, and of what `mdpower check` says of a model. */
export function checkShapes(): Record<'note' | 'check', z.ZodType> {
  void [note.shape satisfies Shape<Note>, check.shape satisfies Shape<ModelDescription>];
  return { note, check };
}
