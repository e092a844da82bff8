import { type Diagnostic, quoted } from '../errors.js';
import type { ModelDescription } from './describe.js';
import type { Mdp } from './model.js';

/** Transitions beyond which a default run of 100,000 samples takes hours on one core (about a nanosecond an edge and sweep). */
const MANY_TRANSITIONS = 1_000_000;

/**
 * What is allowed but worth knowing before a long run: the notes of the reader (rows that were normalised, unreachable
 * states), then what the structure shows.
 */
export function modelWarnings(mdp: Mdp, model: Omit<ModelDescription, 'warnings'>): Diagnostic[] {
  return [
    ...mdp.notes,
    ...choiceless(mdp, model),
    ...duplicates(model),
    ...emptyLabels(model),
    ...large(model),
  ];
}

function choiceless(mdp: Mdp, model: Omit<ModelDescription, 'warnings'>): Diagnostic[] {
  if (model.onePolicy) {
    return [
      {
        code: 'W_ONE_POLICY',
        message: 'no state has a choice, so every policy is the same',
        hint: 'POWER is then a plain mean of rewards, and every action is optimal with probability 1',
      },
    ];
  }
  const classes = mdp.choiceClass.subarray(mdp.choicePtr[mdp.start], mdp.choicePtr[mdp.start + 1]);
  if (new Set(classes).size > 1) return [];
  return [
    {
      code: 'W_START_NO_CHOICE',
      message: `the start ${quoted(model.start)} offers no choice`,
      hint: 'its actions are optimal with probability 1; the key "start" names another state',
    },
  ];
}

function duplicates({ equalActions }: Omit<ModelDescription, 'warnings'>): Diagnostic[] {
  if (equalActions.length === 0) return [];
  const groups = equalActions.map(({ state, actions }) => `${state}: ${actions.join(' = ')}`);
  return [
    {
      code: 'W_EQUAL_ACTIONS',
      message: `${equalActions.length === 1 ? 'one group of actions does' : `${equalActions.length} groups of actions do`} exactly the same`,
      found: listed(groups),
      hint: 'equal actions count once, and each is shown with the optimality probability of its group',
    },
  ];
}

function emptyLabels({ labels }: Omit<ModelDescription, 'warnings'>): Diagnostic[] {
  const empty = labels.filter(({ states }) => states === 0).map(({ label }) => label);
  if (empty.length === 0) return [];
  return [{ code: 'W_EMPTY_LABEL', message: 'a label names no state', found: listed(empty) }];
}

function large({ transitions }: Omit<ModelDescription, 'warnings'>): Diagnostic[] {
  if (transitions < MANY_TRANSITIONS) return [];
  return [
    {
      code: 'W_LARGE',
      message: `the model has ${transitions} transitions, each of which is read in every sweep for every reward function`,
      hint: 'begin with few reward functions, such as --samples 1000',
    },
  ];
}

/** The first few of many, with their number. */
function listed(items: readonly string[], most = 5): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown}, … (${items.length})` : shown;
}
