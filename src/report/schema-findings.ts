import { z } from 'zod';
import type { SymbolicRow } from '../exact/symbolic-rows.js';
import type { VisitReport } from '../exact/visits.js';
import type { DifferenceRow } from '../power/compare.js';
import type { AssertionRow } from '../power/result.js';
import type { ComparedSource, ComparisonSummary, SymmetryRow, VerificationSummary } from './document.js';

/** Each shape has exactly the fields of its type; a field that is missing or too many does not compile. */
export type Shape<T> = { [Key in keyof Required<T>]: unknown };

const count = z.int().min(0);
const names = z.array(z.string());
const gamma = z.string().describe('discount as it was written');

/** The shapes of what is found beside POWER and optimality. */
export function findingShapes(
  model: z.ZodType,
): Record<'symbolic' | 'visits' | 'symmetry' | 'verification' | 'assertion' | 'comparison', z.ZodType> {
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
    difference: z.number().describe('b - a'),
    low: z.number().nullable().describe('limit that holds for all rows at once'),
    high: z.number().nullable(),
    exact: z.string().nullable().describe('the difference as a fraction, where both numbers are exact'),
    method: z.enum(['same samples', 'independent', 'any dependence', 'exact', 'none']),
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
    visits.shape satisfies Shape<VisitReport>,
    symmetry.shape satisfies Shape<SymmetryRow>,
    verification.shape satisfies Shape<VerificationSummary>,
    assertion.shape satisfies Shape<AssertionRow>,
    difference.shape satisfies Shape<DifferenceRow>,
    comparedSource.shape satisfies Shape<ComparedSource>,
    comparison.shape satisfies Shape<ComparisonSummary>,
  ];
  return { symbolic, visits, symmetry, verification, assertion, comparison };
}
