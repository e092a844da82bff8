import { lcm } from '../../number/integer.js';
import {
  add,
  compare,
  divide,
  equals,
  multiply,
  type Ratio,
  ratioText,
  subtract,
  ZERO_RATIO,
} from '../../number/ratio.js';
import type { LinearFunction } from './face-integrals.js';

/** constant + Σ_j coefficients[j]·u_j of independent coordinates; all functions of one problem have the same length. */
export interface Affine {
  readonly coefficients: readonly Ratio[];
  readonly constant: Ratio;
}

/** A coordinate with uniform law on [low, high]; a constant where they are equal. */
export interface Range {
  readonly low: Ratio;
  readonly high: Ratio;
}

/** v·r with r_j uniform on ranges[j], as a function of coordinates that are uniform on [0, 1]; constants go to `constant`. */
export function onUnitCube(vector: readonly Ratio[], ranges: readonly Range[]): Affine {
  let constant = ZERO_RATIO;
  const coefficients = vector.map((v, j) => {
    if (v.n === 0n) return ZERO_RATIO;
    constant = add(constant, multiply(v, ranges[j]!.low));
    return multiply(v, subtract(ranges[j]!.high, ranges[j]!.low));
  });
  return { coefficients, constant };
}

/** Equal functions have equal keys. */
export function affineKey(f: Affine): string {
  return `${ratioText(f.constant)};${f.coefficients.map(ratioText).join()}`;
}

/** E f(u): every coordinate has mean 1/2. */
export function meanOfAffine(f: Affine): Ratio {
  const sum = f.coefficients.reduce(add, ZERO_RATIO);
  return add(f.constant, divide(sum, { n: 2n, d: 1n }));
}

export function subtractAffine(a: Affine, b: Affine): Affine {
  return {
    coefficients: a.coefficients.map((c, j) => subtract(c, b.coefficients[j]!)),
    constant: subtract(a.constant, b.constant),
  };
}

/**
 * The function whose coefficients are the most frequent ones. Taking it from all functions changes no argument of a
 * maximum and makes them sparse, so that more of them become independent.
 */
export function commonestPart(functions: readonly Affine[]): Affine {
  const coefficients = functions[0]!.coefficients.map((_, j) =>
    mode(functions.map((f) => f.coefficients[j]!)),
  );
  return { coefficients, constant: ZERO_RATIO };
}

function mode(values: readonly Ratio[]): Ratio {
  const counts = new Map<string, number>();
  let best = values[0]!;
  for (const value of values) {
    const key = ratioText(value);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > (counts.get(ratioText(best)) ?? 0)) best = value;
  }
  return best;
}

/** The greatest value on the unit cube. */
function greatest(f: Affine): Ratio {
  return f.coefficients.reduce((sum, c) => (c.n > 0n ? add(sum, c) : sum), f.constant);
}

/** The indices of the functions that no single other one is at least as great as everywhere on the cube. */
export function withoutCovered(functions: readonly Affine[]): number[] {
  const kept: number[] = [];
  functions.forEach((f, i) => {
    const covered = functions.some(
      (g, k) => k !== i && compare(greatest(subtractAffine(f, g)), ZERO_RATIO) <= 0,
    );
    if (!covered) kept.push(i);
  });
  return kept;
}

/** The coordinates on which a function depends. */
export function supportOf(f: Affine): number[] {
  return f.coefficients.flatMap((c, j) => (c.n === 0n ? [] : [j]));
}

/** The functions in groups that share no coordinate, each group as indices; constants form groups of their own. */
export function independentGroups(functions: readonly Affine[]): number[][] {
  const supports = functions.map(supportOf);
  const owner = new Map<number, number>();
  const parent = functions.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at]!;
    return at;
  };
  supports.forEach((support, i) => {
    for (const j of support) {
      const other = owner.get(j);
      if (other === undefined) owner.set(j, i);
      else parent[root(i)] = root(other);
    }
  });
  const groups = new Map<number, number[]>();
  functions.forEach((_, i) => {
    const r = root(i);
    const group = groups.get(r);
    if (group === undefined) groups.set(r, [i]);
    else group.push(i);
  });
  return [...groups.values()];
}

/** The coordinates on which all functions depend in the same way. */
export function sharedCoordinates(functions: readonly Affine[]): number[] {
  const [first, ...rest] = functions;
  return supportOf(first!).filter((j) =>
    rest.every((f) => equals(f.coefficients[j]!, first!.coefficients[j]!)),
  );
}

/** The coordinates on which some function depends. */
export function usedCoordinates(functions: readonly Affine[]): number[] {
  return functions[0]!.coefficients.flatMap((_, j) =>
    functions.some((f) => f.coefficients[j]!.n !== 0n) ? [j] : [],
  );
}

/** The functions over integers, each with its own denominator, without the coordinates that none depends on. */
export function overIntegers(functions: readonly Affine[]): LinearFunction[] {
  const used = usedCoordinates(functions);
  return functions.map((f) => {
    const denominator = lcm([f.constant.d, ...used.map((j) => f.coefficients[j]!.d)]);
    const scaled = (value: Ratio): bigint => value.n * (denominator / value.d);
    return {
      coefficients: used.map((j) => scaled(f.coefficients[j]!)),
      constant: scaled(f.constant),
      denominator,
    };
  });
}
