import type { Mdp } from '../mdp/model.js';
import { emptyMoments, type Moments, mergeMoments, momentsOfBlock } from '../number/moments.js';
import { Status } from '../solve/solution.js';
import { emptyModes, type Modes, mergeModes, modesOfBlock } from './mode.js';
import type { SolvedSamples } from './solved-samples.js';

/** What a term of a linear form stands for: POWER of a state, or how often a choice is optimal, or alone optimal. */
export type Quantity = 'power' | 'probability' | 'strict';

/** coefficient · quantity, at the gamma with this number. */
interface FormTerm {
  readonly coefficient: number;
  readonly quantity: Quantity;
  /** the state of `power`, the choice of the other two */
  readonly index: number;
  readonly gamma: number;
}

/**
 * A linear combination of POWERs and probabilities, whose mean over the samples is asked for. All terms see the same reward
 * functions (common random numbers), so that what they share cancels sample by sample. Plain data.
 */
export type LinearForm = readonly FormTerm[];

/** What is kept of the samples of some linear forms, one slot a form. Plain data, sent from worker threads. */
export interface FormSums {
  readonly moments: Moments;
  readonly modes: Modes;
  /** Float64 (forms): sum over the samples of the bounds on |sample − exact|: solver, open decisions, rounding */
  readonly errorSum: Float64Array;
  /** Float64 (forms): the largest of these bounds */
  readonly largestError: Float64Array;
}

/** No samples yet. */
export function emptyFormSums(forms: number): FormSums {
  return {
    moments: emptyMoments(forms),
    modes: emptyModes(forms),
    errorSum: new Float64Array(forms),
    largestError: new Float64Array(forms),
  };
}

/**
 * Sums the samples of linear forms over a block.
 * @param solved  the block at every gamma, the same reward functions in the same columns
 */
export function sumForms(forms: readonly LinearForm[], solved: readonly SolvedSamples[]): FormSums {
  const columns = solved[0].error.length;
  const sums = emptyFormSums(forms.length);
  sums.moments.count = columns;
  const values = new Float64Array(columns);
  const errors = new Float64Array(columns);
  forms.forEach((form, slot) => {
    values.fill(0);
    errors.fill(0);
    for (const term of form) addTerm(term, solved[term.gamma], form.length, values, errors);
    const moments = momentsOfBlock(values, columns);
    const modes = modesOfBlock(values, errors);
    sums.moments.mean[slot] = moments.mean[0];
    sums.moments.m2[slot] = moments.m2[0];
    sums.modes.value[slot] = modes.value[0];
    sums.modes.error[slot] = modes.error[0];
    sums.modes.count[slot] = modes.count[0];
    sums.errorSum[slot] = errors.reduce((sum, bound) => sum + bound, 0);
    sums.largestError[slot] = errors.reduce((largest, bound) => Math.max(largest, bound), 0);
  });
  return sums;
}

/** Adds `block` to `into`. Sums round, so the same digits need the same blocks in the same order. */
export function mergeFormSums(into: FormSums, block: FormSums): void {
  mergeMoments(into.moments, block.moments);
  mergeModes(into.modes, block.modes);
  for (let slot = 0; slot < into.errorSum.length; slot++) {
    into.errorSum[slot] += block.errorSum[slot];
    into.largestError[slot] = Math.max(into.largestError[slot], block.largestError[slot]);
  }
}

/** True if some form needs decisions: which actions are optimal. */
export function formsNeedDecisions(forms: readonly LinearForm[]): boolean {
  return forms.some((form) => form.some(({ quantity }) => quantity !== 'power'));
}

/** 0 and 1 as bounds of a probability, or the bounds of POWER samples, times the coefficients, added up. */
export function formSupport(
  form: LinearForm,
  powerSupport: (gamma: number, state: number) => readonly [number, number],
): [low: number, high: number] {
  let [low, high] = [0, 0];
  for (const { coefficient, quantity, index, gamma } of form) {
    const ends = quantity === 'power' ? powerSupport(gamma, index) : [0, 1];
    const [a, b] = coefficient > 0 ? ends : [ends[1], ends[0]];
    low += coefficient * a;
    high += coefficient * b;
  }
  return [low, high];
}

/** The choices of the model that a form speaks of exist, and its states. @throws {RangeError} */
export function checkForm(mdp: Mdp, form: LinearForm, gammas: number): void {
  for (const { coefficient, quantity, index, gamma } of form) {
    const count = quantity === 'power' ? mdp.stateCount : mdp.choiceCount;
    const isRight =
      Number.isSafeInteger(index) && index >= 0 && index < count && gamma >= 0 && gamma < gammas;
    if (!isRight || !Number.isFinite(coefficient) || coefficient === 0) {
      throw new RangeError(
        `a term ${coefficient} · ${quantity} ${index} at gamma number ${gamma} means nothing`,
      );
    }
  }
}

/**
 * Adds one term to the samples of a form, and to their bounds. The coefficient is the double nearest to the written one,
 * so each term carries at most k + 2 roundings, k the number of terms (Higham 2002, Lemma 3.1; doubled for the bound's own).
 */
function addTerm(
  { coefficient, quantity, index }: FormTerm,
  { power, error, status }: SolvedSamples,
  terms: number,
  values: Float64Array,
  errors: Float64Array,
): void {
  const columns = values.length;
  const size = Math.abs(coefficient);
  const rounding = 2 * (terms + 2) * 2 ** -53;
  for (let b = 0; b < columns; b++) {
    let value: number;
    let bound: number;
    if (quantity === 'power') {
      value = power[index * columns + b];
      bound = error[b];
    } else {
      const decided = status[index * columns + b];
      const isOpen = decided === Status.undecided;
      const isOptimal = decided === Status.unique || (quantity === 'probability' && decided === Status.tied);
      value = isOpen ? 0.5 : isOptimal ? 1 : 0;
      bound = isOpen ? 0.5 : 0;
    }
    values[b] += coefficient * value;
    errors[b] += size * (bound + rounding * Math.abs(value));
  }
}
