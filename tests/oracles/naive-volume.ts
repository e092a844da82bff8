import { type Rational, rational, rationalText, ZERO } from '../../src/number/rational.js';

/** normal·x ≤ bound */
interface Constraint {
  readonly normal: readonly Rational[];
  readonly bound: Rational;
}

/**
 * Oracle: the volume of a bounded polytope by Lasserre's recursion over all chains of facets (Lasserre 1983), nothing
 * remembered, no vertices, no faces: d·V = Σ_i bound_i/|a_ij|·V_i, where V_i is the volume of the facet's projection along
 * a coordinate j with a_ij ≠ 0. For about 4 dimensions and 12 constraints.
 */
function naiveVolume(constraints: readonly Constraint[]): Rational {
  const kept = distinct(constraints);
  if (kept === undefined) return ZERO;
  const d = kept[0]!.normal.length;
  if (d === 1) return segment(kept);
  return kept
    .reduce((sum, { normal, bound }, i) => {
      if (bound.n === 0n) return sum;
      const j = normal.findIndex((a) => a.n !== 0n);
      const facet = kept.flatMap((other, k) => (k === i ? [] : [eliminate(other, { normal, bound }, j)]));
      return sum.add(bound.div(normal[j]!.abs()).mul(naiveVolume(facet)));
    }, ZERO)
    .div(rational(d));
}

/** Substitutes x_j = (bound − Σ_{k≠j} a_k x_k)/a_j of the facet's equation. */
function eliminate(other: Constraint, facet: Constraint, j: number): Constraint {
  const factor = other.normal[j]!.div(facet.normal[j]!);
  return {
    normal: other.normal.map((a, k) => a.sub(factor.mul(facet.normal[k]!))).toSpliced(j, 1),
    bound: other.bound.sub(factor.mul(facet.bound)),
  };
}

/** Each half-space once, the tightest; undefined if a constraint without variables cannot hold. */
function distinct(constraints: readonly Constraint[]): Constraint[] | undefined {
  const tightest = new Map<string, Constraint>();
  for (const { normal, bound } of constraints) {
    const scale = normal.find((a) => a.n !== 0n)?.abs();
    if (scale === undefined) {
      if (bound.s < 0n) return undefined;
      continue;
    }
    const scaled = { normal: normal.map((a) => a.div(scale)), bound: bound.div(scale) };
    const key = scaled.normal.map(rationalText).join();
    const known = tightest.get(key);
    if (known === undefined || scaled.bound.compare(known.bound) < 0) tightest.set(key, scaled);
  }
  return [...tightest.values()];
}

function segment(constraints: readonly Constraint[]): Rational {
  let low: Rational | undefined;
  let high: Rational | undefined;
  for (const { normal, bound } of constraints) {
    const at = bound.div(normal[0]!);
    if (normal[0]!.s > 0n) high = high === undefined || at.compare(high) < 0 ? at : high;
    else low = low === undefined || at.compare(low) > 0 ? at : low;
  }
  if (low === undefined || high === undefined) throw new RangeError('the polytope is not bounded');
  return high.compare(low) > 0 ? high.sub(low) : ZERO;
}

/** The constraints low_j ≤ x_j ≤ high_j. */
function box(ranges: readonly (readonly [Rational, Rational])[]): Constraint[] {
  return ranges.flatMap(([low, high], j) => {
    const unit = ranges.map((_, k) => rational(k === j ? 1 : 0));
    return [
      { normal: unit, bound: high },
      { normal: unit.map((a) => a.neg()), bound: low.neg() },
    ];
  });
}

/**
 * Oracle: E max_i v_i·r and P(v_i·r is the greatest) for r uniform on a box, from volumes alone: with `top` at least the
 * maximum and `bottom` at most the minimum, E max = top − vol{(r, t) : bottom ≤ t ≤ top, v_i·r ≤ t for all i}/vol(box).
 */
export function naiveGreatest(
  vectors: readonly (readonly Rational[])[],
  ranges: readonly (readonly [Rational, Rational])[],
): { mean: Rational; wins: Rational[] } {
  const whole = naiveVolume(box(ranges));
  const wins = vectors.map((v, i) => {
    const cuts = vectors.flatMap((w, k) =>
      k === i ? [] : [{ normal: w.map((x, j) => x.sub(v[j]!)), bound: ZERO }],
    );
    return naiveVolume([...box(ranges), ...cuts]).div(whole);
  });
  const sizes = vectors.flatMap((v) => [
    v.reduce((sum, x, j) => sum.add(x.abs().mul(ranges[j]![0].abs().add(ranges[j]![1].abs()))), rational(1)),
  ]);
  const top = sizes.reduce((a, b) => (a.compare(b) < 0 ? b : a));
  const below = vectors.map((v) => ({ normal: [...v, rational(-1)], bound: ZERO }));
  const under = naiveVolume([...box([...ranges, [top.neg(), top]]), ...below]);
  return { mean: top.sub(under.div(whole)), wins };
}
