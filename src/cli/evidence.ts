import { internalError } from '../errors.js';
import { type EvidenceRow, evidenceFor } from '../exact/claims/evidence.js';
import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import { rational } from '../number/rational.js';
import type { ResultDocument } from '../report/document.js';
import type { RewardSpec } from '../rewards/spec.js';
import type { Certificate } from '../symmetry/certificate.js';
import { rewardOf } from './estimate.js';
import type { Io } from './io.js';
import { oneReward } from './orbit.js';

interface EvidenceValues {
  readonly gamma: readonly Discount[];
  readonly orbitReward: readonly string[];
  readonly samples: number | undefined;
  readonly seed: bigint;
}

/** Draws from a large orbit, or of a law without exact values, for each claim. */
const DEFAULT_SAMPLES = 10_000;

/**
 * Orbit counts and i.i.d. values beside certified claims.
 * @throws {UserError} usage: a law of many reward functions; internal: an exact answer contradicts a claim
 */
export async function claimEvidence(
  mdp: Mdp,
  certificates: readonly Certificate[],
  law: RewardSpec,
  { gamma, orbitReward, samples = DEFAULT_SAMPLES, seed }: EvidenceValues,
  io: Io,
): Promise<Pick<ResultDocument, 'evidence' | 'withoutEvidence'>> {
  const given = await Promise.all(orbitReward.map((text) => rewardOf(mdp, text, io)));
  const { rows, without } = evidenceFor(mdp, certificates, {
    gammas: gamma,
    rewards:
      given.length > 0
        ? given.map((spec) => ({ text: spec.text, values: oneReward(spec) }))
        : defaultRewards(mdp),
    law,
    samples,
    seed,
  });
  requireAgreement(rows);
  return { evidence: rows, withoutEvidence: without };
}

/** One state that matters, and rewards that are all different. */
function defaultRewards({ stateCount }: Mdp): Parameters<typeof evidenceFor>[2]['rewards'] {
  const numbers = Array.from({ length: stateCount }, (_, s) => s);
  return [
    { text: '1 at one state, 0 elsewhere', values: numbers.map((s) => rational(s === 0 ? 1 : 0)) },
    { text: `0, 1, …, ${stateCount - 1}`, values: numbers.map((s) => rational(s)) },
  ];
}

/** @throws {UserError} internal: exact evidence against a claim, which a certificate proves */
export function requireAgreement(rows: readonly EvidenceRow[]): void {
  const against = rows.find(({ agrees, method }) => !agrees && method === 'exact');
  if (against === undefined) return;
  const { theorem, state, action, other, gamma, basis, reward, greater, less, firstExact, secondExact } =
    against;
  const numbers =
    basis === 'orbit'
      ? `${greater} of the orbit of ${reward} for it, ${less} against it`
      : `${firstExact} and ${secondExact} under ${reward}`;
  throw internalError('an exact count or value contradicts a certified claim', {
    found: `${theorem}, ${state}: ${action === null ? '' : `${action} and `}${other} at gamma ${gamma}: ${numbers}`,
    hint: 'Please report this together with the model file.',
  });
}
