import type { Mdp } from '../../mdp/model.js';
import type { Discount } from '../../number/discount.js';
import { betaLaw, betaTails } from '../../number/incomplete-beta.js';
import { normalCdf } from '../../number/normal-law.js';
import { approximate, compare, fromRational, ratioText } from '../../number/ratio.js';
import type { Rational } from '../../number/rational.js';
import { rewardSource } from '../../rewards/reward-source.js';
import type { RewardSource } from '../../rewards/source.js';
import type { RewardSpec } from '../../rewards/spec.js';
import { type Certificate, isStrict } from '../../symmetry/certificate.js';
import { ExactRefusal } from '../budget.js';
import { lawOfSpec } from '../laws/law-of-spec.js';
import { claimValues } from './claim-law.js';
import { countClaim } from './claim-orbit.js';
import { claimMeasures } from './claim-outcome.js';
import { type ClaimSides, claimSides, isAverage } from './claim-sides.js';

/** What one reward function's orbit, or one i.i.d. law, says about a claim: beside the proof, and independent of it. */
export interface EvidenceRow {
  readonly theorem: string;
  readonly state: string;
  readonly action: string | null;
  readonly other: string;
  /** discount, or `average` */
  readonly gamma: string;
  readonly basis: 'orbit' | 'iid';
  /** the reward function whose orbit is counted, or the law */
  readonly reward: string;
  /** every element or an exact value; or draws */
  readonly method: 'exact' | 'sampled';
  /** orbit: its size */
  readonly size: string | null;
  /** orbit: elements looked at, and for how many the first side wins, neither, the second */
  readonly elements: number | null;
  readonly greater: number | null;
  readonly equal: number | null;
  readonly less: number | null;
  /** i.i.d.: POWER, or the probability to be optimal, of both sides */
  readonly first: number | null;
  readonly second: number | null;
  readonly firstExact: string | null;
  readonly secondExact: string | null;
  /** is it as the claim says? */
  readonly agrees: boolean;
  /** of draws that disagree as much or more, if the claim is true; null for exact answers, and where they agree */
  readonly probability: number | null;
}

/** A claim, or a part of it, about which nothing could be computed. */
export interface WithoutEvidence {
  readonly theorem: string;
  readonly state: string;
  readonly gamma: string;
  readonly reason: string;
}

export interface EvidenceRequest {
  /** those strictly between 0 and 1 are used, for claims that are not about average reward */
  readonly gammas: readonly Discount[];
  /** reward functions whose orbits are counted */
  readonly rewards: readonly { readonly text: string; readonly values: readonly Rational[] }[];
  /** used if it is i.i.d. */
  readonly law: RewardSpec;
  /** draws where an exact answer is out of reach */
  readonly samples: number;
  readonly seed: bigint;
}

/**
 * Orbit counts and i.i.d. values for claims, from the definitions of what they compare. An exact row that does not agree
 * means that the claim is false; a sampled one has a probability instead.
 */
export function evidenceFor(
  mdp: Mdp,
  certificates: readonly Certificate[],
  request: EvidenceRequest,
): { readonly rows: readonly EvidenceRow[]; readonly without: readonly WithoutEvidence[] } {
  const rows: EvidenceRow[] = [];
  const without: WithoutEvidence[] = [];
  const source = rewardSource(request.law, mdp, request.seed);
  const isIid = source.exchangeable && source.lawClass.every((first) => first === 0);
  for (const certificate of certificates) {
    const { theorem, state } = certificate;
    const inside = request.gammas.filter(({ gamma, oneMinusGamma }) => gamma > 0 && oneMinusGamma > 0);
    for (const discount of isAverage(certificate) ? (['average'] as const) : inside) {
      const gamma = discount === 'average' ? discount : discount.text;
      try {
        const sides = claimSides(
          mdp,
          certificate,
          discount === 'average' ? discount : fromRational(discount.exact),
        );
        const words = wordsOf(certificate, gamma);
        for (const reward of request.rewards)
          rows.push({ ...words, ...orbitRow(sides, certificate, reward, request) });
        if (isIid) rows.push({ ...words, ...lawRow(sides, certificate, source, request) });
      } catch (error) {
        if (!(error instanceof ExactRefusal)) throw error;
        without.push({ theorem, state, gamma, reason: error.message });
      }
    }
  }
  return { rows, without };
}

type Words = Pick<EvidenceRow, 'theorem' | 'state' | 'action' | 'other' | 'gamma'>;

function wordsOf({ theorem, state, action, other, avoid = [] }: Certificate, gamma: string): Words {
  return { theorem, state, action: action ?? null, other: other ?? avoid.join(', '), gamma };
}

/** n of [P22] Def. 3.5: at least n times as many elements for the claim as against it. */
function timesOf({ theorem, permutations = [], copies = 1 }: Certificate): number {
  if (theorem === 'D.11') return permutations.length;
  return theorem === 'D.12' ? copies : 1;
}

function orbitRow(
  sides: ClaimSides,
  certificate: Certificate,
  { text, values }: EvidenceRequest['rewards'][number],
  { samples, seed }: EvidenceRequest,
): Omit<EvidenceRow, keyof Words> {
  const { size, complete, ...counts } = countClaim(sides, values, samples, seed);
  const times = timesOf(certificate);
  const agrees = counts.greater >= times * counts.less;
  return {
    basis: 'orbit',
    reward: text,
    method: complete ? 'exact' : 'sampled',
    size: String(size),
    ...counts,
    first: null,
    second: null,
    firstExact: null,
    secondExact: null,
    agrees,
    probability: complete || agrees ? null : binomialTail(counts.less, counts.greater, times),
  };
}

/** P(at least `less` of greater + less), each with probability 1/(times + 1): the most that the claim allows. */
function binomialTail(less: number, greater: number, times: number): number {
  return betaTails(betaLaw(less, greater + 1), 1 / (times + 1), times / (times + 1)).lower;
}

const NO_COUNTS = { size: null, elements: null, greater: null, equal: null, less: null } as const;

function lawRow(
  sides: ClaimSides,
  certificate: Certificate,
  source: RewardSource,
  request: EvidenceRequest,
): Omit<EvidenceRow, keyof Words> {
  const words = { basis: 'iid' as const, reward: source.text, ...NO_COUNTS };
  try {
    const { first, second } = claimValues(sides, lawOfSpec(request.law));
    const order = compare(first, second);
    // The strict form is about continuous bounded laws.
    const mustBeGreater = isStrict(certificate) && source.atomless && !source.constant && isBounded(source);
    return {
      ...words,
      method: 'exact',
      first: approximate(first),
      second: approximate(second),
      firstExact: ratioText(first),
      secondExact: ratioText(second),
      agrees: mustBeGreater ? order > 0 : order >= 0,
      probability: null,
    };
  } catch (error) {
    if (!(error instanceof ExactRefusal)) throw error;
    return { ...words, method: 'sampled', ...sampledLaw(sides, source, request.samples) };
  }
}

function isBounded({ support: [low, high] }: RewardSource): boolean {
  return Number.isFinite(low) && Number.isFinite(high);
}

const COLUMNS = 4096;

type SampledLaw = Omit<EvidenceRow, keyof Words | keyof typeof NO_COUNTS | 'basis' | 'reward' | 'method'>;

/** Means of both sides over draws of the law, and the normal tail of their difference where it is negative. */
function sampledLaw(sides: ClaimSides, source: RewardSource, samples: number): SampledLaw {
  const measure = claimMeasures(sides);
  let [count, first, second, mean, squares] = [0, 0, 0, 0, 0];
  for (let start = 0; start < samples; start += COLUMNS) {
    const columns = Math.min(COLUMNS, samples - start);
    const values = new Float64Array(source.stateCount * columns);
    source.fill(start, columns, values);
    for (let b = 0; b < columns; b++) {
      const [x, y] = measure((s) => values[s * columns + b]!);
      count++;
      first += (x - first) / count;
      second += (y - second) / count;
      const step = x - y - mean;
      mean += step / count;
      squares += step * (x - y - mean);
    }
  }
  const standardError = Math.sqrt(squares / Math.max(1, count - 1) / count);
  const agrees = mean >= 0;
  return {
    first,
    second,
    firstExact: null,
    secondExact: null,
    agrees,
    probability: agrees ? null : standardError === 0 ? 0 : normalCdf(mean / standardError),
  };
}
