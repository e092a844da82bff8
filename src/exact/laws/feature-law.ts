import { add, multiply, type Ratio, ZERO_RATIO } from '../../number/ratio.js';
import type { ExactLaw, Marginal } from './exact-law.js';

export type FeatureLaw = Extract<ExactLaw, { kind: 'features' }>;

/** f·R = (Φᵀf)·w: vectors over states as vectors over the weights, and the weights' laws. */
export function featureCoordinates({ features, weights }: FeatureLaw): {
  readonly project: (vector: readonly Ratio[]) => readonly Ratio[];
  readonly weights: readonly Marginal[];
} {
  const count = features[0]!.length;
  const project = (vector: readonly Ratio[]): readonly Ratio[] => {
    const result: Ratio[] = new Array(count).fill(ZERO_RATIO);
    vector.forEach((v, t) => {
      if (v.n === 0n) return;
      features[t]!.forEach((phi, f) => {
        if (phi.n !== 0n) result[f] = add(result[f]!, multiply(v, phi));
      });
    });
    return result;
  };
  return { project, weights: new Array<Marginal>(count).fill(weights) };
}
