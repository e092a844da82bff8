import { add, multiply, negate, ONE_RATIO, type Ratio, subtract, ZERO_RATIO } from '../../number/ratio.js';
import { solveLinear } from './linear-solve.js';
import type { PartialPolicy } from './policies.js';
import type { Rows } from './rows.js';

/** The Markov chain of a policy on the states it reaches. */
export interface Chain {
  /** the reached states, the start first */
  readonly states: readonly number[];
  /** matrix[i][j] = P(states[i] → states[j]) */
  readonly matrix: readonly (readonly Ratio[])[];
}

export function chainOf(rows: Rows, policy: PartialPolicy): Chain {
  const states = [...policy.keys()];
  const position = new Map(states.map((t, i) => [t, i]));
  const matrix = states.map((t) => {
    const line: Ratio[] = states.map(() => ZERO_RATIO);
    const row = rows[t]![policy.get(t)!]!;
    row.successors.forEach((u, e) => {
      line[position.get(u)!] = row.probabilities[e]!;
    });
    return line;
  });
  return { states, matrix };
}

/**
 * P* = lim (1−γ)·Σ γ^n P^n, exactly: each row is the mixture of the stationary distributions of the recurrent classes by
 * the probabilities of ending in them (Puterman 2005, appendix A).
 */
export function limitingMatrix({ matrix }: Chain): Ratio[][] {
  const classes = recurrentClasses(matrix);
  const result: Ratio[][] = matrix.map(() => matrix.map(() => ZERO_RATIO));
  for (const members of classes) {
    const stationary = stationaryOf(matrix, members);
    const absorbed = absorptionInto(matrix, classes, members);
    matrix.forEach((_, i) => {
      if (absorbed[i]!.n === 0n) return;
      members.forEach((j, k) => {
        result[i]![j] = multiply(absorbed[i]!, stationary[k]!);
      });
    });
  }
  return result;
}

/** The closed communicating classes, each ascending. */
function recurrentClasses(matrix: readonly (readonly Ratio[])[]): number[][] {
  const reach = matrix.map((_, i) => {
    const seen = new Set([i]);
    for (const j of seen)
      matrix[j]!.forEach((p, k) => {
        if (p.n !== 0n) seen.add(k);
      });
    return seen;
  });
  const classes = new Map<string, number[]>();
  reach.forEach((seen, i) => {
    const members = [...seen].sort((a, b) => a - b);
    if (members.every((j) => reach[j]!.has(i))) classes.set(members.join(), members);
  });
  return [...classes.values()];
}

/** π = πP, Σ π = 1 on a closed class. */
function stationaryOf(matrix: readonly (readonly Ratio[])[], members: readonly number[]): Ratio[] {
  const system = members.map((j, row) =>
    row === 0
      ? [...members.map(() => ONE_RATIO), ONE_RATIO]
      : [...members.map((i) => (i === j ? subtract(matrix[i]![j]!, ONE_RATIO) : matrix[i]![j]!)), ZERO_RATIO],
  );
  return solveLinear(system);
}

/** The probability of ending in one class, from every state. */
function absorptionInto(
  matrix: readonly (readonly Ratio[])[],
  classes: readonly (readonly number[])[],
  members: readonly number[],
): Ratio[] {
  const closed = new Set(classes.flat());
  const transient = matrix.flatMap((_, i) => (closed.has(i) ? [] : [i]));
  const system = transient.map((i) => {
    const line = transient.map((j) =>
      i === j ? subtract(ONE_RATIO, matrix[i]![j]!) : negate(matrix[i]![j]!),
    );
    const direct = members.reduce((sum, j) => add(sum, matrix[i]![j]!), ZERO_RATIO);
    return [...line, direct];
  });
  const solution = solveLinear(system);
  const result: Ratio[] = matrix.map(() => ZERO_RATIO);
  for (const j of members) result[j] = ONE_RATIO;
  transient.forEach((i, k) => {
    result[i] = solution[k]!;
  });
  return result;
}
