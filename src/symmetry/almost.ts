import { builtModel, type EditedModel, freeName, type NamedRow, namedRows } from '../mdp/edit-model.js';
import type { Mdp } from '../mdp/model.js';
import { ONE, type Rational, rational, rationalText, ZERO } from '../number/rational.js';
import { cheapestSets } from './cheapest-sets.js';
import { type Context, contextOf } from './finder/context.js';
import { copyOfActionInstances } from './finder/of-actions.js';
import { copyOfStateInstance } from './finder/of-states.js';
import type { Row } from './finder/rows.js';

/** The least change after which a theorem says that one side has at least as many options as another. */
export interface NearMiss {
  /** what is compared: 6.9, 6.6, or D.12 and 6.14 */
  readonly kind: 'actions' | 'states' | 'oneCycles';
  readonly state: string;
  /** 6.9: the action that has at least as many options; otherwise null */
  readonly action: string | null;
  /** the action or, in 6.6, the state that it is compared with, or the 1-cycles that are avoided */
  readonly other: string;
  /** of the changed environment; empty if nothing was found */
  readonly theorems: readonly string[];
  /** 1-cycles: the n of D.12 after the change; otherwise null */
  readonly copies: number | null;
  /** in words; empty if the theorem applies as it is */
  readonly changes: readonly string[];
  /** edges added and removed, and total variation of rows whose probabilities change, exactly; null if nothing was found */
  readonly cost: string | null;
  /** environments looked at */
  readonly tried: number;
  /** false if the search was stopped: something cheaper than nothing found may be there */
  readonly complete: boolean;
}

interface Edit {
  readonly cost: Rational;
  readonly words: string;
  readonly state: string;
  /** the action that is changed or removed; none: a new one */
  readonly action?: string;
  /** what it does then; none: it is removed */
  readonly row?: NamedRow;
}

/** Sets of more changes are not tried. */
const MOST_EDITS = 3;
/** Effort for one changed environment. */
const NODES = 20_000;

/**
 * Looks for the cheapest set of up to three changes after which some part of Prop. 6.9 holds for two actions: an edge (a
 * certain action) added or removed costs 1, and a row given the probabilities of another its total variation. The changed
 * environments are tried from the cheapest on, so that what is found first is least.
 *
 * @param limit environments to try
 */
export function nearMiss(mdp: Mdp, state: number, action: string, other: string, limit: number): NearMiss {
  const name = mdp.states[state]!;
  const found = leastChange(mdp, name, [action, other], limit, (context) => {
    const s = context.mdp.states.indexOf(name);
    const rowOf = (named: string): Row => {
      const choice = context.mdp.actions.indexOf(named, context.mdp.choicePtr[s]);
      return context.rows[s]!.find((row) => row.choice === context.mdp.choiceClass[choice])!;
    };
    const rows = [rowOf(action), rowOf(other)] as const;
    const instances = copyOfActionInstances(context, s, [action, other], rows);
    return instances.map(({ certificate }) => certificate.theorem);
  });
  return { kind: 'actions', state: name, action, other, copies: null, ...found };
}

/** The same for Prop. 6.6 and two states: the cheapest changes after which the first has at least as much POWER. */
export function nearMissOfStates(mdp: Mdp, state: number, other: number, limit: number): NearMiss {
  const [name, otherName] = [mdp.states[state]!, mdp.states[other]!];
  const found = leastChange(mdp, name, [], limit, (context) => {
    const [s, t] = [name, otherName].map((x) => context.mdp.states.indexOf(x)) as [number, number];
    return copyOfStateInstance(context, s, t) === null ? [] : ['6.6'];
  });
  return { kind: 'states', state: name, action: null, other: otherName, copies: null, ...found };
}

function leastChange(
  mdp: Mdp,
  state: string,
  kept: readonly string[],
  limit: number,
  theoremsIn: (context: Context) => string[],
): Pick<NearMiss, 'theorems' | 'changes' | 'cost' | 'tried' | 'complete'> {
  const edits = editsOf(mdp, state, kept).sort((a, b) => a.cost.compare(b.cost));
  const model = namedRows(mdp);
  let [tried, complete] = [0, true];
  const order = cheapestSets(
    edits.map(({ cost }) => cost.valueOf()),
    MOST_EDITS,
  );
  for (const chosen of order) {
    if (tried >= limit) return { theorems: [], changes: [], cost: null, tried, complete: false };
    const changed = applied(
      model,
      chosen.map((i) => edits[i]!),
    );
    if (changed === null) continue;
    tried++;
    const context = contextOf(chosen.length === 0 ? mdp : builtModel(changed), NODES);
    const theorems = theoremsIn(context);
    if (context.budget.nodes <= 0) complete = false;
    if (theorems.length === 0) continue;
    const cost = chosen.reduce((sum, i) => sum.add(edits[i]!.cost), ZERO);
    const changes = chosen.map((i) => edits[i]!.words);
    return { theorems, changes, cost: rationalText(cost), tried, complete };
  }
  return { theorems: [], changes: [], cost: null, tried, complete };
}

/** The model after some changes; null if they are not possible together. */
function applied(model: EditedModel, edits: readonly Edit[]): EditedModel | null {
  const rows = new Map(model.rows);
  for (const { state, action, row } of edits) {
    const actions = new Map(rows.get(state));
    if (action !== undefined && !actions.has(action)) return null;
    if (
      action !== undefined &&
      row !== undefined &&
      !sameRow(actions.get(action)!, model.rows.get(state)!.get(action)!)
    )
      return null;
    if (row === undefined) actions.delete(action!);
    else actions.set(action ?? freeName(`to ${[...row.keys()].join()}`, actions.keys()), row);
    rows.set(state, actions);
  }
  return [...rows.values()].some(({ size }) => size === 0) ? null : { ...model, rows };
}

/** All single changes that leave the two actions of the state what they are, or only give them other probabilities. */
function editsOf(mdp: Mdp, at: string, kept: readonly string[]): Edit[] {
  const { rows, states } = namedRows(mdp);
  const edits: Edit[] = [];
  const all = [...rows.values()].flatMap((actions) => [...actions.values()]);
  for (const [state, actions] of rows) {
    for (const to of states) {
      const row = new Map([[to, ONE]]);
      if ([...actions.values()].some((present) => sameRow(present, row))) continue;
      edits.push({ cost: ONE, words: `add an action from ${state} to ${to}`, state, row });
    }
    for (const [action, row] of actions) {
      if (!(state === at && kept.includes(action)))
        edits.push({ cost: ONE, words: `remove ${action} from ${state}`, state, action });
      for (const changed of reweighted(row, all)) {
        const text = [...changed].map(([t, p]) => `${t} ${rationalText(p)}`).join(', ');
        edits.push({
          cost: distance(row, changed),
          words: `let ${action} in ${state} lead to ${text}`,
          state,
          action,
          row: changed,
        });
      }
    }
  }
  return edits;
}

/** The row with the probabilities of other rows, in every order. */
function reweighted(row: NamedRow, all: readonly NamedRow[]): NamedRow[] {
  const found: NamedRow[] = [];
  const names = [...row.keys()];
  if (names.length < 2 || names.length > 4) return found;
  const assign = (left: readonly Rational[], made: readonly (readonly [string, Rational])[]): void => {
    if (left.length > 0)
      for (const [i, p] of left.entries()) assign(left.toSpliced(i, 1), [...made, [names[made.length]!, p]]);
    else {
      const changed = new Map(made);
      if (![row, ...found].some((present) => sameRow(present, changed))) found.push(changed);
    }
  };
  for (const other of all) if (other.size === row.size) assign([...other.values()], []);
  return found;
}

function sameRow(a: NamedRow, b: NamedRow): boolean {
  return a.size === b.size && [...a].every(([t, p]) => b.get(t)?.equals(p) === true);
}

/** Total variation: half the sum of absolute differences. */
function distance(a: NamedRow, b: NamedRow): Rational {
  const names = new Set([...a.keys(), ...b.keys()]);
  const gaps = [...names].map((t) => (a.get(t) ?? ZERO).sub(b.get(t) ?? ZERO).abs());
  return gaps.reduce((sum, gap) => sum.add(gap), ZERO).div(rational(2n));
}
