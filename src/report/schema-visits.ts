import { z } from 'zod';
import type { BestReport } from '../exact/best-report.js';
import type { VisitReport } from '../exact/visits.js';
import type { Shape } from './schema-findings.js';

/** The shape of what is said of the visits of one state. */
export function visitShape(): z.ZodType {
  const count = z.int().min(0);
  const share = z.number().min(0).max(1);
  const names = z.array(z.string());
  const gamma = z.string().describe('discount as it was written');
  const texts = z.record(z.string(), z.string());
  const proof = {
    dominated: z.boolean(),
    witness: texts.nullable().describe('a reward for which this vector is the only best'),
    mixture: texts.nullable().describe('weights of the vectors, by number, whose mixture this one is'),
  };
  const best = {
    probability: share.nullable().optional().describe('to be the best or one of the best; null if not known'),
    exact: z.string().nullable().optional().describe('the same as a fraction'),
  };
  const bestReport = z.strictObject({
    reward: z.string(),
    value: z.string().nullable().describe('expected optimal value, as a fraction; null if not known'),
    normalizedValue: z.string().nullable().describe('the same times 1 - gamma'),
    averageReward: z.string().nullable().describe('expected greatest average reward: POWER at gamma 1'),
    refused: z
      .array(z.strictObject({ what: z.string(), reason: z.string() }))
      .describe('what is not given, and why'),
  });
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
        ...best,
      }),
    ),
    recurrent: z.array(
      z.strictObject({ number: count, actions: names, distribution: texts, ...proof, ...best }),
    ),
    reach: z.array(z.strictObject({ action: z.string(), states: names })),
    best: bestReport.optional().describe('under the law of the rewards that was asked for'),
  });

  visits.shape satisfies Shape<VisitReport>;
  bestReport.shape satisfies Shape<BestReport>;
  return visits;
}
