import { add, type Ratio, ratioText } from '../../number/ratio.js';

/** coefficient·t^degree·e^(−rate·t), rate ≥ 0 */
export interface Term {
  readonly coefficient: Ratio;
  readonly degree: number;
  readonly rate: Ratio;
}

/** A sum of terms of distinct degrees and rates, none of them 0; a function on t ≥ 0. */
export type ExponentialSum = readonly Term[];

/** The sum of any terms. */
export function sumOfTerms(terms: readonly Term[]): ExponentialSum {
  const sums = new Map<string, Term>();
  for (const term of terms) {
    const key = `${term.degree} ${ratioText(term.rate)}`;
    const known = sums.get(key);
    sums.set(
      key,
      known === undefined ? term : { ...term, coefficient: add(known.coefficient, term.coefficient) },
    );
  }
  return [...sums.values()].filter(({ coefficient }) => coefficient.n !== 0n);
}
