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
}

/** One to two minutes on one core. */
export const DEFAULT_LIMIT = 3e7;

export function newBudget(limit: number = DEFAULT_LIMIT): Budget {
  return { limit, spent: 0 };
}

/** Notes work that is about to be done. @throws {ExactRefusal} the limit would be passed */
export function spend(budget: Budget, operations: number, what: string): void {
  budget.spent += operations;
  if (budget.spent > budget.limit)
    throw new ExactRefusal(
      `${what} would take the work over the limit of ${budget.limit.toExponential(1)} operations on big rationals`,
    );
}
