import { usageError } from '../../errors.js';
import type { Mdp } from '../../mdp/model.js';
import type { ResultDocument } from '../document.js';
import { atGamma, shortPower } from './at-gamma.js';
import { INK, inkOnScale, LINES, MUTED, SERIES, scaleColor } from './palette.js';
import { shownName, subtitle } from './subtitle.js';

/** How a graph shows the numbers of a result: what is said above it, and how its states and arrows look. */
export interface GraphLook {
  readonly title: string;
  readonly lines: readonly string[];
  /** the ends of the bar of colours; null for no bar */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** the state with a thick outline */
  readonly outlined: number;
  state(s: number): { readonly number: string | null; readonly fill: string; readonly ink: string };
  /** DOT attributes of the arrows of a choice; arrows with the same attributes and ends are one */
  choice(c: number): string;
}

/** States coloured by POWER at the last discount of a result. @throws {UserError} usage: not every state has POWER */
export function powerLook(document: ResultDocument, mdp: Mdp): GraphLook {
  const numbers = atGamma(document, mdp, 'all');
  const { gamma, low, high, power } = numbers;
  return {
    title: `POWER of ${shownName(mdp.name)} at γ = ${gamma}`,
    lines: subtitle(document, 'second line of a state: its POWER; thick outline: the start'),
    range: { low, high },
    outlined: mdp.start,
    state: (s) => {
      const share = numbers.share(s);
      return { number: shortPower(power[s]!), fill: scaleColor(share), ink: inkOnScale(share) };
    },
    choice: () => '',
  };
}

/**
 * What policies from one state do ([P19] Fig. 2): full arrows are taken by policies with a non-dominated visit distribution,
 * dotted ones by policies with dominated ones only; what no policy reaches is pale.
 * @throws {UserError} usage: the result has no visits
 */
export function visitsLook({ visits = [] }: ResultDocument, mdp: Mdp): GraphLook {
  const [report] = visits;
  if (report === undefined) throw usageError('this picture needs the visits of a state');
  const best = new Set<number>();
  const seen = new Set<number>();
  const reached = new Set<string>([report.state]);
  for (const { policy, functions, dominated } of report.visits) {
    for (const state of Object.keys(functions)) reached.add(state);
    for (const [state, action] of Object.entries(policy)) {
      for (const choice of alike(mdp, state, action)) {
        seen.add(choice);
        if (!dominated) best.add(choice);
      }
    }
  }
  const count = report.visits.filter(({ dominated }) => !dominated).length;
  return {
    title: `Visit distributions of ${shownName(report.state)} in ${shownName(mdp.name)}`,
    lines: [
      `${report.visits.length} visit distributions, ${count} of them non-dominated`,
      ...(seen.size > best.size ? ['dotted: only policies with a dominated one do this'] : []),
    ],
    range: null,
    outlined: mdp.states.indexOf(report.state),
    state: (s) =>
      reached.has(mdp.states[s]!)
        ? { number: null, fill: SERIES[0]!, ink: '#ffffff' }
        : { number: null, fill: LINES, ink: MUTED },
    choice: (c) =>
      best.has(c)
        ? `color="${INK}", penwidth=1.7`
        : seen.has(c)
          ? `color="${MUTED}", style=dotted, penwidth=1.7`
          : `color="${LINES}", fontcolor="${MUTED}"`,
  };
}

/** The choices that do the same as this action. */
function alike({ states, actions, choicePtr, choiceClass }: Mdp, state: string, action: string): number[] {
  const s = states.indexOf(state);
  const choices = actions.slice(choicePtr[s], choicePtr[s + 1]).map((_, a) => choicePtr[s]! + a);
  const taken = choices.find((c) => actions[c] === action);
  return choices.filter((c) => taken !== undefined && choiceClass[c] === choiceClass[taken]);
}
