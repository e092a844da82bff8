import { z } from 'zod';
import type { EvidenceRow, WithoutEvidence } from '../exact/claims/evidence.js';
import type { SymbolicRow } from '../exact/gamma/symbolic-rows.js';
import type { SensitivityReport, SensitivityRow } from '../exact/sensitivity.js';
import type { DifferenceRow } from '../power/compare.js';
import type { CrossingPair, CrossingReport, CrossingRow } from '../power/crossing-row.js';
import type { AssertionRow } from '../power/result.js';
import type { NearMiss } from '../symmetry/almost.js';
import type { ComparedSource, ComparisonSummary, SymmetryRow, VerificationSummary } from './document.js';
import { visitShape } from './schema-visits.js';

/** Each shape has exactly the fields of its type; a field that is missing or too many does not compile. */
export type Shape<T> = { [Key in keyof Required<T>]: unknown };

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const names = z.array(z.string());
const gamma = z.string().describe('discount as it was written');

type FindingShape =
  | 'symbolic'
  | 'crossings'
  | 'visits'
  | 'symmetry'
  | 'evidence'
  | 'without'
  | 'sensitivity'
  | 'almost'
  | 'verification'
  | 'assertion'
  | 'comparison';

/** The shapes of what is found beside POWER and optimality. */
export function findingShapes(model: z.ZodType): Record<FindingShape, z.ZodType> {
  const symbolic = z.strictObject({
    state: z.string(),
    action: z.string().nullable().describe('null for POWER'),
    from: z.string(),
    to: z.string(),
    expression: z.string().describe('function of γ on this piece'),
  });

  const order = z.enum(['>', '<', '=']);
  const crossing = z.strictObject({
    kind: z.enum(['POWER', 'P']),
    state: z.string(),
    action: z.string().nullable().describe('null for POWER'),
    other: z.string().describe('the other state, or action'),
    gamma: z.number().min(0).max(1),
    low: z.string().describe('gamma is not below this fraction or decimal'),
    high: z.string(),
    exact: z.string().nullable().describe('gamma as a fraction, or null'),
    polynomial: z.string().nullable().describe('what gamma is a root of, or null'),
    before: order,
    after: order,
    method: z.enum(['sampled', 'exact']),
  });
  const crossingPair = z.strictObject({
    state: z.string(),
    action: z.string().nullable(),
    other: z.string(),
    orders: z.array(order).describe('as gamma goes from 0 to 1; none if no order was shown'),
    method: z.enum(['sampled', 'exact', 'proved']),
  });
  const crossings = z.strictObject({
    rows: z.array(crossing),
    pairs: z.array(crossingPair),
    confidence: z.number().min(0).max(1).nullable().describe('of all sampled orders at once'),
    comparisons: count.describe('among which the confidence is shared out'),
  });

  const symmetry = z.strictObject({
    theorem: z.string().describe('number in arXiv:1912.01683, or D.11 and D.12 in arXiv:2206.13477'),
    state: z.string(),
    action: z.string().nullable(),
    other: z.string(),
    claim: z.string(),
    strict: z.boolean(),
    copies: count.nullable().describe('n, where at least n/(n+1) of every orbit are concerned'),
    conjecture: z.string().nullable().describe('unproved: the share that the conjecture D.13 would give'),
    involutions: count.nullable().describe('how many show it; null if not counted'),
    permutation: z.string().nullable().describe('cycle notation'),
    certificate: z.looseObject({ certificate: z.literal(1), model: z.string(), theorem: z.string() }),
  });

  const nullableCount = count.nullable();
  const evidence = z.strictObject({
    theorem: z.string(),
    state: z.string(),
    action: z.string().nullable(),
    other: z.string(),
    gamma: gamma.describe('discount, or average'),
    basis: z.enum(['orbit', 'iid']),
    reward: z.string(),
    method: z.enum(['exact', 'sampled']),
    size: z.string().nullable().describe('distinct permutations of the reward, exactly'),
    elements: nullableCount,
    greater: nullableCount,
    equal: nullableCount,
    less: nullableCount,
    first: z.number().nullable().describe('i.i.d.: POWER or probability of the first side'),
    second: z.number().nullable(),
    firstExact: z.string().nullable(),
    secondExact: z.string().nullable(),
    agrees: z.boolean(),
    probability: share.nullable().describe('of so much disagreement in draws, if the claim is true'),
  });
  const without = z.strictObject({ theorem: z.string(), state: z.string(), gamma, reason: z.string() });

  const sensitivityRow = z.strictObject({
    quantity: z.string(),
    kind: z.enum(['finding', 'number']),
    gamma: gamma.nullable(),
    values: z.array(z.union([z.string(), z.number(), z.null()])).describe('for each variant'),
  });
  const sensitivity = z.strictObject({
    state: z.string(),
    variants: z.array(z.strictObject({ name: z.string(), states: count })),
    rows: z.array(sensitivityRow),
  });

  const almost = z.strictObject({
    kind: z.enum(['actions', 'states', 'oneCycles']),
    state: z.string(),
    action: z.string().nullable().describe('null where states are compared, or 1-cycles avoided'),
    other: z.string(),
    theorems: names,
    copies: count.nullable().describe('1-cycles: n of D.12 after the change'),
    changes: names,
    cost: z.string().nullable().describe('edges and total variation, exactly; null if nothing was found'),
    tried: count.describe('environments looked at'),
    complete: z.boolean().describe('false if the search was stopped'),
  });

  const verification = z.strictObject({
    theorem: z.string().nullable().describe('null: a result was checked'),
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
    difference: z
      .number()
      .nullable()
      .describe('left side - right side; null for a theorem, and where none is known'),
    low: z.number().nullable().describe('limit that holds for all assertions at once'),
    high: z.number().nullable(),
    exact: z.string().nullable().describe('the difference as a fraction, where it is known exactly'),
    basis: z.enum(['proved', 'exact', 'sampled', 'theorem']),
    evidence: z.string().nullable().describe('what was found for a theorem'),
  });

  const difference = z.strictObject({
    quantity: z.enum(['POWER', 'P']),
    state: z.string(),
    action: z.string().nullable(),
    gamma,
    a: z.number(),
    b: z.number(),
    aLow: z.number().nullable().describe('limits of the two rows by themselves'),
    aHigh: z.number().nullable(),
    bLow: z.number().nullable(),
    bHigh: z.number().nullable(),
    difference: z.number().describe('b - a'),
    low: z.number().nullable().describe('limit that holds for all rows at once'),
    high: z.number().nullable(),
    exact: z.string().nullable().describe('the difference as a fraction, where both numbers are exact'),
    method: z.enum(['same samples', 'paired', 'independent', 'any dependence', 'exact', 'none']),
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
  void [
    symbolic.shape satisfies Shape<SymbolicRow>,
    crossing.shape satisfies Shape<CrossingRow>,
    crossingPair.shape satisfies Shape<CrossingPair>,
    crossings.shape satisfies Shape<CrossingReport>,
    symmetry.shape satisfies Shape<SymmetryRow>,
    evidence.shape satisfies Shape<EvidenceRow>,
    without.shape satisfies Shape<WithoutEvidence>,
    sensitivityRow.shape satisfies Shape<SensitivityRow>,
    sensitivity.shape satisfies Shape<SensitivityReport>,
    almost.shape satisfies Shape<NearMiss>,
    verification.shape satisfies Shape<VerificationSummary>,
    assertion.shape satisfies Shape<AssertionRow>,
    difference.shape satisfies Shape<DifferenceRow>,
    comparedSource.shape satisfies Shape<ComparedSource>,
    comparison.shape satisfies Shape<ComparisonSummary>,
  ];
  return {
    symbolic,
    crossings,
    visits: visitShape(),
    symmetry,
    evidence,
    without,
    sensitivity,
    almost,
    verification,
    assertion,
    comparison,
  };
}
