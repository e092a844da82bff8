import { clopperPearson } from '../number/clopper-pearson.js';
import { standardError } from '../number/moments.js';
import type { RewardSource } from '../rewards/source.js';
import { powerInterval } from './intervals.js';
import { type FormSums, formSupport, type LinearForm } from './linear-form.js';
import type { FormEstimate } from './result.js';
import type { GammaSums } from './rows.js';

/**
 * The mean of each linear form with its limits. One probability by itself has the Clopper-Pearson limits of its row;
 * everything else the limits of a POWER row (intervals.ts) on the paired samples: Student's t, or the chance of a deviating
 * sample where nearly all samples are equal. Bounds of solver and rounding, and decisions left open, are always in them.
 *
 * @param gammas     all samples, one entry a gamma
 * @param confidence of each interval, after any widening for simultaneity
 */
export function formEstimates(
  forms: readonly LinearForm[],
  sums: FormSums,
  gammas: readonly GammaSums[],
  source: RewardSource,
  confidence: number,
): FormEstimate[] {
  return forms.map((form, slot) => {
    const probability = singleProbability(form, gammas, source, confidence);
    if (probability !== undefined) return probability;
    const { count, mean } = sums.moments;
    const powers = form.filter(({ quantity }) => quantity === 'power');
    const fixed = ({ gamma, index }: LinearForm[number]): boolean =>
      gammas[gamma].support.certain[index] === 1;
    const meanError = sums.errorSum[slot] / count;
    const isCertain = source.constant || (powers.length === form.length && powers.every(fixed));
    const support: readonly [number, number] = source.constant
      ? [mean[slot] - sums.largestError[slot], mean[slot] + sums.largestError[slot]]
      : formSupport(form, (gamma, state) => [
          gammas[gamma].support.low[state],
          gammas[gamma].support.high[state],
        ]);
    const { low, high } = powerInterval(
      {
        count,
        mean: mean[slot],
        standardError: standardError(sums.moments, slot),
        mode: sums.modes.value[slot],
        modeCount: sums.modes.count[slot],
        meanError,
        largestError: sums.largestError[slot],
        support,
        certain: isCertain,
        hasVariance: source.moments !== 'infiniteVariance',
      },
      confidence,
    );
    return { mean: mean[slot], low, high };
  });
}

/** The limits of coefficient · P for one probability; undefined for any other form. */
function singleProbability(
  form: LinearForm,
  gammas: readonly GammaSums[],
  source: RewardSource,
  confidence: number,
): FormEstimate | undefined {
  if (form.length !== 1 || form[0].quantity === 'power' || source.constant) return undefined;
  const [{ coefficient, quantity, index, gamma }] = form;
  const { choices, moments } = gammas[gamma].sums;
  if (choices === undefined) throw new RangeError('a probability needs decisions');
  const least = choices.unique[index] + (quantity === 'probability' ? choices.tied[index] : 0);
  const undecided = choices.undecided[index];
  const ends = clopperPearson([least, least + undecided], moments.count, confidence).map(
    (p) => coefficient * p,
  );
  return {
    mean: (coefficient * (least + undecided / 2)) / moments.count,
    low: Math.min(...ends),
    high: Math.max(...ends),
  };
}
