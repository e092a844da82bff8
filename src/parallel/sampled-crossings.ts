import type { Mdp } from '../mdp/model.js';
import { type Discount, parseDiscount } from '../number/discount.js';
import { ratio, ratioText } from '../number/ratio.js';
import type { CrossingPair, CrossingRow, OrderSign } from '../power/crossing-row.js';
import type { LinearForm } from '../power/linear-form.js';
import type { RewardSpec } from '../rewards/spec.js';
import type { EstimateOptions } from './estimate-options.js';
import { estimatePower } from './estimate-power.js';

/** Two quantities of a model: POWER of two states, or the probabilities of two choices to be optimal. */
export interface SampledPair {
  readonly kind: CrossingRow['kind'];
  readonly state: string;
  readonly action: string | null;
  readonly other: string;
  /** states, or choices */
  readonly first: number;
  readonly second: number;
}

/** What samples say of the order of some pairs. */
export interface SampledCrossings {
  readonly pairs: readonly CrossingPair[];
  readonly rows: readonly CrossingRow[];
  /** the comparisons among which the confidence was shared out */
  readonly comparisons: number;
}

export type CrossingOptions = Omit<
  EstimateOptions,
  'gammas' | 'forms' | 'states' | 'decide' | 'simultaneous'
> & {
  readonly confidence: number;
};

/** γ is looked at in multiples of 1/GRID: first in FIRST steps of it, then in eighths of what encloses a change. */
const GRID = 4096;
const FIRST = 256;
const PARTS = 8;
/** The most γ that are looked at in one round, over all pairs. */
const MOST_IN_ROUND = 64;

/**
 * Brackets the γ at which pairs change order. At each γ the difference of a pair is estimated from paired samples (common
 * random numbers); an interval that excludes 0 shows the order there. A change lies between two neighbouring γ whose orders
 * are shown and differ: at least one, in any case an odd number. The bracket is narrowed as far as the samples decide.
 *
 * All orders shown are right at once with the confidence given: it is shared (Bonferroni) among all pairs and all GRID + 1
 * multiples of 1/GRID, so it may depend on earlier outcomes which of them are looked at.
 *
 * @throws {UserError} as estimatePower
 */
export async function sampledCrossings(
  mdp: Mdp,
  reward: RewardSpec,
  pairs: readonly SampledPair[],
  options: CrossingOptions,
): Promise<SampledCrossings> {
  const comparisons = pairs.length * (GRID + 1);
  const signs = pairs.map(() => new Map<number, OrderSign>());
  const look = async (places: readonly number[]): Promise<void> => {
    const gammas = places.map(discountAt);
    const forms = gammas.flatMap((_, gamma) => pairs.map((pair) => differenceOf(pair, gamma)));
    // Bonferroni inside estimatePower is over these forms; here it is to be over all that might have been asked.
    const confidence = 1 - ((1 - options.confidence) * forms.length) / comparisons;
    const { forms: found } = await estimatePower(mdp, reward, {
      ...options,
      gammas,
      forms,
      confidence,
      states: [],
      decide: false,
    });
    found.forEach(({ low, high }, i) => {
      const sign = low !== null && low > 0 ? '>' : high !== null && high < 0 ? '<' : undefined;
      if (sign !== undefined) signs[i % pairs.length]!.set(places[Math.floor(i / pairs.length)]!, sign);
    });
  };

  const seen = new Set<number>();
  let next = Array.from({ length: GRID / FIRST + 1 }, (_, k) => k * FIRST);
  while (next.length > 0) {
    await look(next);
    for (const k of next) seen.add(k);
    next = [...new Set(signs.flatMap((known) => bracketsOf(known).flatMap(insideOf)))]
      .filter((k) => !seen.has(k))
      .slice(0, MOST_IN_ROUND);
  }
  return {
    comparisons,
    pairs: pairs.map(({ state, action, other }, i) => ({
      state,
      action,
      other,
      orders: ordersOf(signs[i]!),
      method: 'sampled' as const,
    })),
    rows: pairs.flatMap((pair, i) => bracketsOf(signs[i]!).map((bracket) => rowOf(pair, bracket))),
  };
}

/** Two places next to each other among those where the order is known, with different orders. */
interface Bracket {
  readonly low: number;
  readonly high: number;
  readonly before: OrderSign;
  readonly after: OrderSign;
}

function bracketsOf(signs: ReadonlyMap<number, OrderSign>): Bracket[] {
  const known = [...signs].sort(([a], [b]) => a - b);
  return known.flatMap(([high, after], i) => {
    const [low, before] = known[i - 1] ?? [high, after];
    return before === after ? [] : [{ low, high, before, after }];
  });
}

function ordersOf(signs: ReadonlyMap<number, OrderSign>): OrderSign[] {
  const brackets = bracketsOf(signs);
  const [first] = [...signs].sort(([a], [b]) => a - b);
  return first === undefined ? [] : [first[1], ...brackets.map(({ after }) => after)];
}

/** The places that cut a bracket into about PARTS parts. */
function insideOf({ low, high }: Bracket): number[] {
  const step = Math.max(1, Math.floor((high - low) / PARTS));
  const places: number[] = [];
  for (let k = low + step; k < high; k += step) places.push(k);
  return places;
}

function discountAt(k: number): Discount {
  return parseDiscount(ratioText(ratio(BigInt(k), BigInt(GRID))));
}

function differenceOf({ kind, first, second }: SampledPair, gamma: number): LinearForm {
  const quantity = kind === 'POWER' ? 'power' : 'probability';
  return [
    { coefficient: 1, quantity, index: first, gamma },
    { coefficient: -1, quantity, index: second, gamma },
  ];
}

function rowOf(
  { kind, state, action, other }: SampledPair,
  { low, high, before, after }: Bracket,
): CrossingRow {
  return {
    kind,
    state,
    action,
    other,
    gamma: (low + high) / (2 * GRID),
    low: String(low / GRID),
    high: String(high / GRID),
    exact: null,
    polynomial: null,
    before,
    after,
    method: 'sampled',
  };
}
