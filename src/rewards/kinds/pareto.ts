import { pow } from '../../number/pow.js';
import type { Distribution } from '../distribution.js';
import { readDouble } from '../exact-number.js';
import { RESOLVED } from './uniform.js';

/** Pareto: P(X > x) = (scale/x)^shape for x ≥ scale, so X = scale (1 − u)^(−1/shape). The variance is finite above shape 2. */
export function pareto(scaleText: string, shapeText: string): Distribution {
  const scale = readDouble(scaleText);
  const shape = readDouble(shapeText);
  return {
    transform(values) {
      for (let i = 0; i < values.length; i++) values[i] = scale * pow(1 - values[i], -1 / shape);
    },
    support: [scale, Number.POSITIVE_INFINITY],
    moments: shape > 2 ? 'finite' : 'infiniteVariance',
    atomless: 1 / shape >= RESOLVED,
  };
}
