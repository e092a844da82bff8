import { z } from 'zod';
import type { SymbolicRow } from '../exact/symbolic-rows.js';
import type { VisitReport } from '../exact/visits.js';
import type { ModelDescription } from '../mdp/describe.js';
import type { DifferenceRow } from '../power/compare.js';
import type { AssertionRow, OptimalityRow, PowerRow } from '../power/result.js';
import type {
  AutomorphismSummary,
  ComparedSource,
  ComparisonSummary,
  ModelSummary,
  Note,
  OrbitRow,
  Parameters,
  ResultDocument,
  SymmetryRow,
  VerificationSummary,
} from './document.js';

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const names = z.array(z.string());
const method = z.enum(['sampled', 'exact']);
const methods = z.enum(['sampled', 'exact', 'auto']);
const fraction = z.string().nullable().describe('exact value as a fraction, or null');
const gamma = z.string().describe('discount as it was written, such as 0.9 or 2/3; 0 and 1 are the limits');

const note = z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() });

const model = z.strictObject({
  name: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  states: count,
  choices: count,
  transitions: count,
  start: z.string(),
});

const parameters = z.strictObject({
  reward: z.string().optional(),
  gammas: z.array(z.string()).optional(),
  samples: count.optional(),
  seed: z.string().regex(/^\d+$/).optional(),
  confidence: share.optional(),
  simultaneous: z.boolean().optional(),
  tolerance: z.number().positive().nullable().optional(),
  method: methods.optional(),
  solvers: z.array(z.enum(['climbing', 'sweeps', 'policies', 'columns'])).optional(),
  normalizeRows: z.boolean().optional(),
});

const power = z.strictObject({
  state: z.string(),
  gamma,
  power: z.number(),
  low: z
    .number()
    .nullable()
    .describe('confidence limit with the solver error in it; null where no interval holds'),
  high: z.number().nullable(),
  standardError: z.number().nullable(),
  solverError: z.number().min(0).describe('certified bound, mean over the samples'),
  samples: count,
  method,
  exact: fraction,
  interval: z.enum(['t', 'deviation', 'certain', 'none']).optional(),
});

const optimality = z.strictObject({
  state: z.string(),
  action: z.string(),
  gamma,
  probability: share.describe(
    'weak: some optimal policy takes the action (at gamma 1 in the sense of Blackwell); undecided samples count half',
  ),
  low: share,
  high: share,
  strict: share.describe('the action is the only optimal one'),
  fractional: z.number().describe('each sample is shared among its tied actions'),
  undecided: share,
  averageExact: fraction.optional(),
  samples: count,
  method,
  exact: fraction,
  averageProbability: share
    .optional()
    .describe('at gamma 1: some policy of greatest average reward takes the action; weaker than probability'),
  averageLow: share.optional(),
  averageHigh: share.optional(),
  averageUndecided: share.optional(),
});

const automorphisms = z.strictObject({
  order: z.string().regex(/^\d+$/).describe('order of the group, exactly'),
  generators: z.array(z.strictObject({ notation: z.string(), cycles: z.array(names) })),
  orbits: z.array(names),
  complete: z.boolean(),
  equalPower: z.array(names).nullable(),
  selfCheck: z
    .strictObject({
      gammas: names,
      rewardFunctions: count,
      generators: count,
      comparisons: count,
      largestDifference: z.number().min(0),
      largestBound: z.number().min(0),
    })
    .nullable(),
});

const orbit = z.strictObject({
  kind: z.enum(['power', 'optimality', 'value']),
  state: z.string(),
  action: z.string().nullable(),
  other: z.string(),
  gamma,
  reward: z.string(),
  size: z.string().regex(/^\d+$/).describe('distinct permutations of the reward, exactly'),
  elements: count,
  complete: z.boolean(),
  greater: count,
  equal: count,
  less: count,
  undecided: count,
  greaterLow: share,
  greaterHigh: share,
  equalLow: share,
  equalHigh: share,
  lessLow: share,
  lessHigh: share,
});

const symbolic = z.strictObject({
  state: z.string(),
  action: z.string().nullable().describe('null for POWER'),
  from: z.string(),
  to: z.string(),
  expression: z.string().describe('function of γ on this piece'),
});

const texts = z.record(z.string(), z.string());
const proof = {
  dominated: z.boolean(),
  witness: texts.nullable().describe('a reward for which this vector is the only best'),
  mixture: texts.nullable().describe('weights of the vectors, by number, whose mixture this one is'),
};
const visits = z.strictObject({
  state: z.string(),
  gamma,
  visits: z.array(
    z.strictObject({
      number: count,
      actions: names,
      policy: texts,
      functions: texts,
      visits: texts,
      ...proof,
    }),
  ),
  recurrent: z.array(z.strictObject({ number: count, actions: names, distribution: texts, ...proof })),
  reach: z.array(z.strictObject({ action: z.string(), states: names })),
});

const symmetry = z.strictObject({
  theorem: z.string().describe('number in arXiv:1912.01683, or D.11 and D.12 in arXiv:2206.13477'),
  state: z.string(),
  action: z.string().nullable(),
  other: z.string(),
  claim: z.string(),
  strict: z.boolean(),
  copies: count.nullable().describe('n, where at least n/(n+1) of every orbit are concerned'),
  involutions: count.nullable().describe('how many show it; null if not counted'),
  permutation: z.string().nullable().describe('cycle notation'),
  certificate: z.looseObject({ certificate: z.literal(1), model: z.string(), theorem: z.string() }),
});

const verification = z.strictObject({
  theorem: z.string(),
  claim: z.string(),
  valid: z.boolean(),
  strict: z.boolean(),
  steps: z.array(z.strictObject({ hypothesis: z.string(), finding: z.string(), holds: z.boolean() })),
});

const assertion = z.strictObject({
  text: z.string().describe('the assertion as written'),
  claim: z.string().describe('the comparison that this row is about'),
  gamma: gamma.nullable().describe('null if the terms name several discounts'),
  outcome: z.enum(['holds', 'fails', 'undecided']),
  difference: z.number().describe('left side - right side'),
  low: z.number().nullable().describe('limit that holds for all assertions at once'),
  high: z.number().nullable(),
  basis: z.enum(['proved', 'sampled']),
});

const difference = z.strictObject({
  quantity: z.enum(['POWER', 'P']),
  state: z.string(),
  action: z.string().nullable(),
  gamma,
  a: z.number(),
  b: z.number(),
  difference: z.number().describe('b - a'),
  low: z.number().nullable().describe('limit that holds for all rows at once'),
  high: z.number().nullable(),
  method: z.enum(['same samples', 'independent', 'any dependence', 'none']),
});

const comparedSource = z.strictObject({
  source: z.string(),
  model,
  reward: z.string(),
  samples: count,
  seed: z.string(),
});

const comparison = z.strictObject({
  a: comparedSource,
  b: comparedSource,
  rows: z.array(difference),
  onlyA: count,
  onlyB: count,
  failOn: z.strictObject({ condition: z.string(), failing: count, undecided: count }).nullable(),
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

const result = z.strictObject({
  mdpower: z.string().describe('version of the program'),
  command: z.enum([
    'analyze',
    'power',
    'optimality',
    'symmetry',
    'orbit',
    'visits',
    'compare',
    'check',
    'verify',
  ]),
  model,
  parameters,
  notes: z.array(note),
  power: z.array(power).optional(),
  optimality: z.array(optimality).optional(),
  automorphisms: automorphisms.optional(),
  symmetry: z.array(symmetry).optional().describe('certified instances of theorems'),
  symmetryCuts: names.optional().describe('what was not searched to the end'),
  verification: verification.optional(),
  orbit: z.array(orbit).optional(),
  symbolic: z.array(symbolic).optional(),
  visits: z.array(visits).optional(),
  assertions: z.array(assertion).optional(),
  comparison: comparison.optional(),
  check: check.optional(),
});

/** Each shape has exactly the fields of its type; a field that is missing or too many does not compile. */
type Shape<T> = { [Key in keyof Required<T>]: unknown };
void [
  note.shape satisfies Shape<Note>,
  model.shape satisfies Shape<ModelSummary>,
  parameters.shape satisfies Shape<Parameters>,
  power.shape satisfies Shape<PowerRow>,
  optimality.shape satisfies Shape<OptimalityRow>,
  automorphisms.shape satisfies Shape<AutomorphismSummary>,
  symbolic.shape satisfies Shape<SymbolicRow>,
  visits.shape satisfies Shape<VisitReport>,
  orbit.shape satisfies Shape<OrbitRow>,
  symmetry.shape satisfies Shape<SymmetryRow>,
  verification.shape satisfies Shape<VerificationSummary>,
  assertion.shape satisfies Shape<AssertionRow>,
  difference.shape satisfies Shape<DifferenceRow>,
  comparedSource.shape satisfies Shape<ComparedSource>,
  comparison.shape satisfies Shape<ComparisonSummary>,
  check.shape satisfies Shape<ModelDescription>,
  result.shape satisfies Shape<ResultDocument>,
];

/** The JSON Schema (2020-12) of the document that `--format json` prints. */
export function resultSchema(): object {
  return z.toJSONSchema(result, { target: 'draft-2020-12' });
}

/** Where a value is not such a document, as the path of keys, and why; null if it is one. */
export function resultProblem(value: unknown): { path: readonly PropertyKey[]; message: string } | null {
  const issue = result.safeParse(value).error?.issues[0];
  return issue === undefined ? null : { path: issue.path, message: issue.message };
}
