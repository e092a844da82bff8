import { log } from '../../number/elementary.js';
import { ExactRefusal } from '../budget.js';
import { type Rows, reachedFrom } from './rows.js';

/**
 * A stationary deterministic policy on the states that it reaches from some state, and nothing about the others:
 * reached state -> index of its row. In order of discovery, the start first.
 */
export type PartialPolicy = ReadonlyMap<number, number>;

export interface PolicyOptions {
  /** refuse above this many */
  readonly limit: number;
  /** the row to be taken at the start, if only policies with this one are wanted */
  readonly firstRow?: number;
}

/**
 * All stationary deterministic policies as far as they matter from `start`: choices are enumerated only at states that are
 * reached with positive probability under the choices made so far, and classes of equal rows once. In a deterministic
 * model these are the lassos: simple paths that close into a cycle.
 *
 * @throws {ExactRefusal} more than `limit` of them; they are counted before any is returned
 */
export function policiesFrom(rows: Rows, start: number, options: PolicyOptions): PartialPolicy[] {
  const found: PartialPolicy[] = [];
  const count = visitPolicies(rows, start, options.firstRow, options.limit, (policy) => {
    found.push(new Map(policy));
  });
  if (count > options.limit)
    throw new ExactRefusal(
      `more than ${options.limit} stationary policies differ on what they reach from the state (${policyBound(rows, start)} in all)`,
    );
  return found;
}

/** At most how many policies there are on all that can be reached, as a power of ten. */
function policyBound(rows: Rows, start: number): string {
  const digits = reachedFrom(rows, [start]).reduce((sum, s) => sum + log(rows[s]!.length) / Math.LN10, 0);
  return `up to 10^${Math.ceil(digits)}`;
}

function visitPolicies(
  rows: Rows,
  start: number,
  firstRow: number | undefined,
  limit: number,
  visit: (policy: PartialPolicy) => void,
): number {
  const policy = new Map<number, number>();
  const order: number[] = [start];
  const reached = new Set(order);
  /** per decided state: how many states were known before its row was chosen */
  const knownBefore: number[] = [];
  let count = 0;
  const choose = (s: number, row: number): void => {
    policy.set(s, row);
    knownBefore.push(order.length);
    for (const t of rows[s]![row]!.successors)
      if (!reached.has(t)) {
        reached.add(t);
        order.push(t);
      }
  };
  /** Takes back the last choice and returns its state and row. */
  const undo = (): [number, number] => {
    const s = order[policy.size - 1]!;
    const row = policy.get(s)!;
    policy.delete(s);
    for (const t of order.splice(knownBefore.pop()!)) reached.delete(t);
    return [s, row];
  };
  choose(start, firstRow ?? 0);
  for (;;) {
    while (policy.size < order.length) choose(order[policy.size]!, 0);
    if (++count > limit) return count;
    visit(policy);
    for (;;) {
      const [s, row] = undo();
      if (policy.size === 0 && firstRow !== undefined) return count;
      if (row + 1 < rows[s]!.length) {
        choose(s, row + 1);
        break;
      }
      if (policy.size === 0) return count;
    }
  }
}
