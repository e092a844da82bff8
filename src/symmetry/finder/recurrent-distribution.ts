import type { Mdp } from '../../mdp/model.js';
import { ONE, type Rational, rational, ZERO } from '../../number/rational.js';
import { solveRationalSystem } from '../../number/rational-system.js';
import type { Row } from './rows.js';
import { statesAfter } from './rows.js';

/**
 * lim (1−γ)·f^{π,s}(γ) for γ → 1: the stationary distributions of the closed classes, by the probabilities of ending in them.
 * @param policy the states that it comes to from s, with their rows
 * @returns the states of the closed classes, with shares that sum to 1
 */
export function recurrentDistribution(
  mdp: Mdp,
  policy: ReadonlyMap<number, Row>,
  s: number,
): Map<number, Rational> {
  const chance = (x: number, y: number): Rational => {
    const { next, probability } = policy.get(x)!;
    const k = next.indexOf(y);
    return k < 0 ? ZERO : mdp.exact.values[probability[k]!]!;
  };
  const classes = closedClasses(policy);
  const [only] = classes;
  if (classes.length === 1) return new Map(stationary(chance, only!));
  const closed = new Set(classes.flat());
  const open = [...policy.keys()].filter((x) => !closed.has(x));
  const system = open.map((x) => [
    ...open.map((y) => (x === y ? ONE : ZERO).sub(chance(x, y))),
    ...classes.map((members) => members.reduce((sum, y) => sum.add(chance(x, y)), ZERO)),
  ]);
  const ending = solveRationalSystem(system)[open.indexOf(s)]!;
  return new Map(
    classes.flatMap((members, i) =>
      stationary(chance, members).map(([x, share]) => [x, share.mul(ending[i]!)] as const),
    ),
  );
}

function stationary(
  chance: (x: number, y: number) => Rational,
  members: readonly number[],
): (readonly [number, Rational])[] {
  const isCycle = members.every((x) => members.some((y) => chance(x, y).equals(ONE)));
  if (isCycle) return members.map((x) => [x, rational(1n, members.length)]);
  // π(I − P) = 0, where Σ π = 1 stands for the first equation.
  const system = members.map((y, i) => [
    ...members.map((x) => (i === 0 ? ONE : chance(x, y).sub(x === y ? ONE : ZERO))),
    i === 0 ? ONE : ZERO,
  ]);
  return solveRationalSystem(system).map(([share], i) => [members[i]!, share!]);
}

/** The sets of states that reach each other and nothing else, ascending. */
function closedClasses(policy: ReadonlyMap<number, Row>): number[][] {
  const after = (x: number): Set<number> => statesAfter([policy.get(x)!], (y) => [policy.get(y)!]);
  const classes: number[][] = [];
  const seen = new Set<number>();
  for (const x of [...policy.keys()].reverse()) {
    if (seen.has(x)) continue;
    const behind = after(x);
    // What can come back is closed; what cannot is passed through.
    const isClosed = !behind.has(x) ? false : [...behind].every((y) => after(y).has(x));
    if (isClosed) classes.push([...behind].sort((a, b) => a - b));
    for (const y of isClosed ? behind : [x]) seen.add(y);
  }
  return classes;
}
