/**
 * Why an exact answer is not given: the reason for people, and what it would have cost. Raised inside `exact/` and caught
 * where a caller chooses between methods.
 */
export class ExactRefusal extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'ExactRefusal';
  }
}

/**
 * A limit on work, counted in operations on big rationals (of the order of a microsecond each), never in time, so that
 * what is refused does not depend on the machine.
 */
export interface Budget {
  readonly limit: number;
  spent: number;
  /** of which this is a part, and in which its work counts too */
  readonly whole?: Budget;
}

/** Operations allowed for each answer, and for all answers of a run together. */
export interface WorkLimit {
  readonly each: number;
  readonly whole: Budget;
}

/** One to two minutes on one core. */
export const DEFAULT_LIMIT = 3e7;

export function newBudget(limit: number | WorkLimit = DEFAULT_LIMIT): Budget {
  return typeof limit === 'number'
    ? { limit, spent: 0 }
    : { limit: limit.each, spent: 0, whole: limit.whole };
}

/** Notes work that is about to be done. @throws {ExactRefusal} a limit would be passed */
export function spend(budget: Budget, operations: number, what: string): void {
  for (let part: Budget | undefined = budget; part !== undefined; part = part.whole) {
    part.spent += operations;
    if (part.spent > part.limit)
      throw new ExactRefusal(
        `${what} would take the work over the limit of ${part.limit.toExponential(1)} operations on big rationals`,
      );
  }
}
