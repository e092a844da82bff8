import { z } from 'zod';
import type { EstimatorSummary, OptimalityRow, PowerRow } from '../power/result.js';
import type { AutomorphismSummary, ModelSummary, OrbitRow, Parameters, ResultDocument } from './document.js';
import { checkShapes } from './schema-check.js';
import { findingShapes, type Shape } from './schema-findings.js';

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const names = z.array(z.string());
const method = z.enum(['sampled', 'exact']);
const methods = z.enum(['sampled', 'exact', 'auto']);
const fraction = z.string().nullable().describe('exact value as a fraction, or null');
const gamma = z.string().describe('discount as it was written, such as 0.9 or 2/3; 0 and 1 are the limits');

const model = z.strictObject({
  name: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  states: count,
  choices: count,
  transitions: count,
  start: z.string(),
});

const estimator = z.strictObject({
  sampler: z.enum(['random', 'sobol']),
  sets: count.nullable().describe('independently randomised Sobol sets; null for independent samples'),
  setSize: count.nullable(),
  averaged: z.boolean().describe('over symmetries of the environment that keep the reward law'),
  controls: z.array(z.string()).describe('discounts at which control variates are used'),
});

const parameters = z.strictObject({
  reward: z.string().optional(),
  gammas: z.array(z.string()).optional(),
  samples: count.optional(),
  mostSamples: count.optional().describe('asked for, where fewer were drawn'),
  sampler: z.enum(['auto', 'random', 'sobol']).optional().describe('as asked for'),
  seed: z.string().regex(/^\d+$/).optional(),
  confidence: share.optional(),
  simultaneous: z.boolean().optional(),
  tolerance: z.number().positive().nullable().optional(),
  method: methods.optional(),
  solvers: z.array(z.enum(['climbing', 'sweeps', 'policies', 'gauss-seidel', 'columns'])).optional(),
  estimator: estimator.optional(),
  untilWidth: z
    .number()
    .positive()
    .optional()
    .describe('the widest interval asked for, with `samples` as far as the run went'),
  normalizeRows: z.boolean().optional(),
});

const batches = z
  .strictObject({
    size: z.int().min(1).describe('samples in every batch but the last'),
    means: z.array(z.number()).describe('in the order of the samples'),
    support: z
      .tuple([z.number(), z.number()])
      .nullable()
      .describe('bounds of a sample; null where the law sets none'),
  })
  .optional()
  .describe('means over ranges of sample indices, from which mdpower compare makes paired differences');

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
  interval: z.enum(['t', 'deviation', 'certain', 'sets', 'none']).optional(),
  batches,
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
  interval: z.enum(['clopperPearson', 't', 'deviation', 'certain', 'sets']).optional(),
  batches,
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

const { note, check } = checkShapes();

const {
  symbolic,
  crossings,
  visits,
  symmetry,
  evidence,
  without,
  sensitivity,
  almost,
  verification,
  assertion,
  comparison,
} = findingShapes(model);

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
    'run',
    'check',
    'verify',
  ]),
  model,
  parameters,
  complete: z.boolean().optional().describe('false: the run was ended before all samples were drawn'),
  notes: z.array(note),
  power: z.array(power).optional(),
  optimality: z.array(optimality).optional(),
  automorphisms: automorphisms.optional(),
  symmetry: z.array(symmetry).optional().describe('certified instances of theorems'),
  symmetryCuts: names.optional().describe('what was not searched to the end'),
  evidence: z.array(evidence).optional().describe('orbit counts and i.i.d. values beside claims'),
  withoutEvidence: z.array(without).optional().describe('claims about which none could be computed'),
  sensitivity: sensitivity.optional().describe('how findings and numbers change with the encoding'),
  almost: z.array(almost).optional().describe('least changes that let Prop. 6.9 apply'),
  verification: verification.optional(),
  orbit: z.array(orbit).optional(),
  symbolic: z.array(symbolic).optional(),
  crossings: crossings.optional(),
  visits: z.array(visits).optional(),
  assertions: z.array(assertion).optional(),
  comparison: comparison.optional(),
  sweep: z.strictObject({ cells: count, done: count }).optional(),
  check: check.optional(),
});

void [
  model.shape satisfies Shape<ModelSummary>,
  parameters.shape satisfies Shape<Parameters>,
  estimator.shape satisfies Shape<EstimatorSummary>,
  power.shape satisfies Shape<PowerRow>,
  optimality.shape satisfies Shape<OptimalityRow>,
  automorphisms.shape satisfies Shape<AutomorphismSummary>,
  orbit.shape satisfies Shape<OrbitRow>,
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
