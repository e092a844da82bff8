import { exp, log } from '../number/elementary.js';
import { type Distribution, distributionOf } from './distribution.js';
import { readDouble } from './exact-number.js';
import type { RewardSource } from './source.js';
import type { Law } from './spec.js';

/**
 * The mean of the greatest of m independent draws of a law: low + (high − low)·m/(m + 1) for the uniform law, H_m/rate for
 * the exponential one (Rényi 1953), scale·Π_{i≤m} i/(i − 1/shape) for Pareto's, and ∫_0^1 Q(v^(1/m)) dv by quadrature for
 * normal and beta laws with quantile function Q. Nothing for laws with atoms, with infinite variance, or of unknown moments.
 */
export function meanOfMaximum(law: Law): Pick<RewardSource, 'meanOfMaximum'> {
  switch (law.kind) {
    case 'uniform': {
      const [low, high] = distributionOf(law).support;
      return { meanOfMaximum: (m) => low + (high - low) * (m / (m + 1)) };
    }
    case 'exponential': {
      const rate = readDouble(law.rate);
      return { meanOfMaximum: (m) => sumTo(m, (i) => 1 / i) / rate };
    }
    case 'pareto': {
      const [scale, shape] = [readDouble(law.scale), readDouble(law.shape)];
      if (shape <= 2) return {};
      return { meanOfMaximum: (m) => scale * exp(sumTo(m, (i) => -log(1 - 1 / (shape * i)))) };
    }
    case 'normal':
    case 'beta': {
      const distribution = distributionOf(law);
      return distribution.atomless ? { meanOfMaximum: (m) => quadrature(distribution, m) } : {};
    }
    case 'discrete':
    case 'quantile':
      return {};
  }
}

/** Smallest terms first. */
function sumTo(m: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = m; i >= 1; i--) sum += term(i);
  return sum;
}

/** Nodes of the quadrature on each side, at distances 1/64: beyond, the weights are below the least double's square. */
const NODES = 6 * 64;
const STEP = 1 / 64;
const HALF_PI = 1.5707963267948966;

/**
 * ∫_0^1 Q(v^(1/m)) dv by the double exponential rule (Takahasi & Mori 1974): v = 1/(1 + e^(−π sinh x)), trapezoids in x. It
 * converges exponentially for integrands with logarithmic or algebraic ends, such as these. Uniforms reach from 2⁻⁵⁴ to
 * 1 − 2⁻⁵³ only, for the samples as for this rule.
 */
function quadrature({ transform }: Distribution, m: number): number {
  const points = new Float64Array(2 * NODES + 1);
  const weights = new Float64Array(2 * NODES + 1);
  for (let k = -NODES; k <= NODES; k++) {
    const x = k * STEP;
    const [grown, shrunk] = [exp(x), exp(-x)];
    const tail = exp(-HALF_PI * Math.abs(grown - shrunk));
    const v = k < 0 ? tail / (1 + tail) : 1 / (1 + tail);
    weights[k + NODES] = (HALF_PI * (grown + shrunk) * tail) / ((1 + tail) * (1 + tail));
    points[k + NODES] = Math.min(Math.max(v === 0 ? 0 : exp(log(v) / m), 2 ** -54), 1 - 2 ** -53);
  }
  transform(points);
  let sum = 0;
  for (let k = 0; k < points.length; k++) sum += weights[k] * points[k];
  return STEP * sum;
}
