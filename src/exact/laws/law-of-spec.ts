import { fromRational, type Ratio } from '../../number/ratio.js';
import { readNumber } from '../../rewards/exact-number.js';
import type { Law, RewardSpec } from '../../rewards/spec.js';
import type { ExactLaw, Marginal } from './exact-law.js';
import { betaMarginal, quantileMarginal } from './polynomial-marginals.js';

/** The law of a reward specification in the form that exact methods work on; all written numbers are exact. */
export function lawOfSpec(spec: RewardSpec): ExactLaw {
  switch (spec.form) {
    case 'independent': {
      const laws = spec.laws.map(marginalOf);
      return { kind: 'independent', marginals: spec.ofState.map((law) => laws[law]!) };
    }
    case 'features':
      return {
        kind: 'features',
        features: spec.features.map((row) => row.map(read)),
        weights: marginalOf(spec.weights),
      };
    case 'list':
      return {
        kind: 'list',
        outcomes: spec.functions.map(({ weight, reward }) => ({
          probability: read(weight),
          reward: reward.map(read),
        })),
      };
    case 'orbit':
      return { kind: 'orbit', reward: spec.reward.map(read) };
  }
}

function marginalOf(law: Law): Marginal {
  switch (law.kind) {
    case 'uniform':
      return { kind: 'uniform', low: read(law.low), high: read(law.high) };
    case 'normal':
      return { kind: 'normal', mean: read(law.mean), deviation: read(law.sd) };
    case 'exponential':
      return { kind: 'exponential', rate: read(law.rate) };
    case 'beta':
      return betaMarginal(read(law.a), read(law.b), law.text) ?? { kind: 'other', text: law.text };
    case 'quantile':
      return quantileMarginal(law.program, law.text) ?? { kind: 'other', text: law.text };
    case 'discrete': {
      const atoms = law.atoms.map(({ value, probability }) => ({
        value: read(value),
        probability: read(probability),
      }));
      return { kind: 'discrete', atoms };
    }
    default:
      return { kind: 'other', text: law.text };
  }
}

function read(text: string): Ratio {
  return fromRational(readNumber(text));
}
