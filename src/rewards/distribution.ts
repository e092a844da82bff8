import type { Rational } from '../number/rational.js';
import { beta } from './kinds/beta.js';
import { discrete } from './kinds/discrete.js';
import { exponential } from './kinds/exponential.js';
import { normal } from './kinds/normal.js';
import { pareto } from './kinds/pareto.js';
import { quantile } from './kinds/quantile.js';
import { uniform } from './kinds/uniform.js';
import type { RewardSource } from './source.js';
import type { Law } from './spec.js';

/** A law of one real number, ready to be sampled by its quantile function. */
export interface Distribution {
  /**
   * Turns uniforms from `openUniform` into values, in place. The doubles that come out are the sample; for atoms they are
   * the doubles nearest to the exact values.
   */
  transform(values: Float64Array): void;
  /** Bounds of what `transform` gives, ±Infinity where there is none. */
  readonly support: readonly [number, number];
  readonly moments: RewardSource['moments'];
  /** False if two independent samples can be equal, other than by the accident of 53 bits. */
  readonly atomless: boolean;
  /** Finitely many values, for laws that have them: `transform` gives the double of value index(u). */
  readonly atoms?: Atoms;
  /** For uniform laws: `transform` gives min(low + width·u, high), computed in this order. */
  readonly uniform?: { readonly low: number; readonly width: number; readonly high: number };
}

interface Atoms {
  /** ascending and distinct */
  readonly values: readonly Rational[];
  /** the nearest doubles */
  readonly doubles: Float64Array;
  /** The index of the value that the uniform u gives. */
  index(u: number): number;
}

/** The distribution of a law. */
export function distributionOf(law: Law): Distribution {
  switch (law.kind) {
    case 'uniform':
      return uniform(law.low, law.high);
    case 'normal':
      return normal(law.mean, law.sd);
    case 'exponential':
      return exponential(law.rate);
    case 'beta':
      return beta(law.a, law.b);
    case 'pareto':
      return pareto(law.scale, law.shape);
    case 'discrete':
      return discrete(law.atoms);
    case 'quantile':
      return quantile(law.text, law.program);
  }
}
