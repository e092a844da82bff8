import { bisimulation } from '../mdp/bisimulation.js';
import { builtModel, freeName, type NamedRow, namedRows } from '../mdp/edit-model.js';
import { choicesOf } from '../mdp/graph.js';
import type { Mdp } from '../mdp/model.js';
import type { Rational } from '../number/rational.js';
import { firstTwins } from './twins.js';

/** Another encoding of the same environment. */
export interface Variant {
  readonly mdp: Mdp;
  /** (S of the variant) the state of the first model that each stands for */
  readonly origin: Int32Array;
  /** (S of the first model) the state, or the first of those, that stand for each */
  readonly image: Int32Array;
  /** (C of the variant) the choice of the first model that each stands for */
  readonly choiceOrigin: Int32Array;
}

/**
 * The model with a state split into equal ones: whatever leads to the state leads to one of the copies, by an action for
 * each, and each copy can do what the state could. The first copy keeps the name; the copies have a label.
 * @param copies at least 1
 */
export function duplicated(mdp: Mdp, state: number, copies: number): Variant {
  const { rows, ...rest } = namedRows(mdp);
  const name = mdp.states[state]!;
  const names = [name];
  while (names.length < copies) names.push(freeName(name, [...mdp.states, ...names]));
  const origin: number[] = [];
  const choiceOrigin: number[] = [];
  const made = new Map<string, Map<string, NamedRow>>();
  for (const [s, old] of mdp.states.entries()) {
    for (const here of s === state ? names : [old]) {
      origin.push(s);
      const actions = new Map<string, NamedRow>();
      for (const c of choicesOf(mdp, s)) {
        const row = rows.get(old)!.get(mdp.actions[c]!)!;
        for (const there of !row.has(name) ? [name] : s === state ? [here] : names) {
          const moved = new Map([...row].map(([t, p]) => [t === name ? there : t, p]));
          actions.set(
            freeName(
              mdp.actions[c]!,
              [...rows.get(old)!.keys()].filter((a) => a !== mdp.actions[c]).concat([...actions.keys()]),
            ),
            moved,
          );
          choiceOrigin.push(c);
        }
      }
      made.set(here, actions);
    }
  }
  const labels = new Map(
    [...rest.labels].map(([label, members]) => [label, members.flatMap((x) => (x === name ? names : [x]))]),
  );
  labels.set(freeName(`copies of ${name}`, labels.keys()), names);
  const edited = { ...rest, states: [...made.keys()], rows: made, labels };
  return variantOf(builtModel(edited), mdp, origin, (s) => origin.indexOf(s), choiceOrigin);
}

/**
 * The bisimulation quotient: states that do the same, class by class, become one, as far as they may be merged at all: those
 * that have the same labels, and those without labels that some automorphism swaps, all else staying.
 */
export function quotient(mdp: Mdp): Variant {
  const { stateClass, choiceClass } = bisimulation(mdp, mergeable(mdp));
  const { rows, ...rest } = namedRows(mdp);
  const classOf = (name: string): string => mdp.states[stateClass[mdp.states.indexOf(name)]!]!;
  const kept = [...mdp.states.keys()].filter((s) => stateClass[s] === s);
  const choiceOrigin: number[] = [];
  const merged = new Map(
    kept.map((s) => {
      const choices = choicesOf(mdp, s).filter((c) => choiceClass[c] === c);
      choiceOrigin.push(...choices);
      const named = choices.map(
        (c) =>
          [mdp.actions[c]!, overClasses(rows.get(mdp.states[s]!)!.get(mdp.actions[c]!)!, classOf)] as const,
      );
      return [mdp.states[s]!, new Map(named)];
    }),
  );
  const labels = new Map(
    [...rest.labels].map(([label, members]) => [label, [...new Set(members.map(classOf))]]),
  );
  const edited = { ...rest, start: classOf(rest.start), states: [...merged.keys()], rows: merged, labels };
  return variantOf(builtModel(edited), mdp, kept, (s) => kept.indexOf(stateClass[s]!), choiceOrigin);
}

/** The model as it is. */
export function unchanged(mdp: Mdp): Variant {
  const states = [...mdp.states.keys()];
  return variantOf(mdp, mdp, states, (s) => s, [...mdp.choiceClass.keys()]);
}

function variantOf(
  mdp: Mdp,
  first: Mdp,
  origin: readonly number[],
  imageOf: (s: number) => number,
  choiceOrigin: readonly number[],
): Variant {
  return {
    mdp,
    origin: Int32Array.from(origin),
    image: Int32Array.from(first.states, (_, s) => imageOf(s)),
    choiceOrigin: Int32Array.from(choiceOrigin),
  };
}

function overClasses(row: NamedRow, classOf: (name: string) => string): NamedRow {
  const summed = new Map<string, Rational>();
  for (const [t, p] of row) summed.set(classOf(t), summed.get(classOf(t))?.add(p) ?? p);
  return summed;
}

/** Int32 (S): the first state with which each may be merged. */
function mergeable(mdp: Mdp): Int32Array {
  const distinct = mdp.states.map((_, s) => choicesOf(mdp, s).filter((c) => mdp.choiceClass[c] === c).length);
  const twins = firstTwins(mdp, Int32Array.from(distinct));
  const texts = mdp.states.map((_, s) => {
    const labels = [...mdp.labels].filter(([, members]) => members.includes(s)).map(([label]) => label);
    return labels.length > 0 ? JSON.stringify(labels) : String(twins[s]);
  });
  return Int32Array.from(texts, (text) => texts.indexOf(text));
}
