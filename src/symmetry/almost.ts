import { builtModel, type EditedModel, freeName, type NamedRow, namedRows } from '../mdp/edit-model.js';
import type { Mdp } from '../mdp/model.js';
import { ONE, type Rational, rational, rationalText, ZERO } from '../number/rational.js';
import { cheapestSets } from './cheapest-sets.js';
import { contextOf } from './finder/context.js';
import { copyOfActionInstances } from './finder/of-actions.js';

/** The least change that makes Prop. 6.9 say that one action has at least as many options as another. */
export interface NearMiss {
  readonly state: string;
  readonly action: string;
  readonly other: string;
  /** of the changed environment; empty if nothing was found */
  readonly theorems: readonly string[];
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
  const words = { state: mdp.states[state]!, action, other };
  const edits = editsOf(mdp, words.state, [action, other]).sort((a, b) => a.cost.compare(b.cost));
  const model = namedRows(mdp);
  let [tried, complete] = [0, true];
  const order = cheapestSets(
    edits.map(({ cost }) => cost.valueOf()),
    MOST_EDITS,
  );
  for (const chosen of order) {
    if (tried >= limit) return { ...words, theorems: [], changes: [], cost: null, tried, complete: false };
    const changed = applied(
      model,
      chosen.map((i) => edits[i]!),
    );
    if (changed === null) continue;
    tried++;
    const { theorems, cut } = theoremsFor(chosen.length === 0 ? mdp : builtModel(changed), words);
    if (cut) complete = false;
    if (theorems.length === 0) continue;
    const cost = chosen.reduce((sum, i) => sum.add(edits[i]!.cost), ZERO);
    const changes = chosen.map((i) => edits[i]!.words);
    return { ...words, theorems, changes, cost: rationalText(cost), tried, complete };
  }
  return { ...words, theorems: [], changes: [], cost: null, tried, complete };
}

function theoremsFor(
  mdp: Mdp,
  { state, action, other }: Pick<NearMiss, 'state' | 'action' | 'other'>,
): { theorems: string[]; cut: boolean } {
  const s = mdp.states.indexOf(state);
  const context = contextOf(mdp, NODES);
  const rowOf = (name: string) => {
    const choice = mdp.actions.indexOf(name, mdp.choicePtr[s]);
    return context.rows[s]!.find((row) => row.choice === mdp.choiceClass[choice])!;
  };
  const found = copyOfActionInstances(context, s, [action, other], [rowOf(action), rowOf(other)]);
  return {
    theorems: found.map(({ certificate }) => certificate.theorem),
    cut: context.budget.nodes <= 0,
  };
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
