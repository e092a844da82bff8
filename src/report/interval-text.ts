import type { IntervalKind, ShareIntervalKind } from '../power/result.js';
import type { Parameters } from './document.js';
import { formatCount } from './format.js';

interface SampledRow {
  readonly samples: number;
  readonly interval?: IntervalKind | ShareIntervalKind;
}

/** How the limits of rows were found, in one phrase: `Student's t, by the central limit theorem`. */
export function intervalText(rows: readonly SampledRow[], { estimator }: Parameters): string {
  const kinds = new Set(rows.map(({ interval }) => interval));
  const texts = [
    kinds.has('sets') &&
      `Student's t, from the spread of ${formatCount(estimator?.sets ?? 0)} independently randomised Sobol sets`,
    kinds.has('t') && "Student's t, by the central limit theorem",
    kinds.has('clopperPearson') && 'Clopper-Pearson',
  ].filter((text) => text !== false);
  return texts.join('; ') || 'exact binomial limits';
}

/** What has to be said of the rows that are different: nearly constant ones, and those with samples of their own. */
export function exceptionTexts(rows: readonly SampledRow[]): string[] {
  const most = mostSamples(rows);
  const others = rows.find(({ samples }) => samples < most);
  return [
    ...(rows.some(({ interval }) => interval === 'deviation')
      ? [
          'Where nearly all samples are equal, the limits are exact binomial ones for the chance of another value.',
        ]
      : []),
    ...(others
      ? [
          `Where the spread of the samples says too little, ${formatCount(others.samples)} further independent ones stand in.`,
        ]
      : []),
  ];
}

/** The samples of the rows that have most. */
export function mostSamples(rows: readonly SampledRow[]): number {
  return rows.reduce((most, { samples }) => Math.max(most, samples), 0);
}
