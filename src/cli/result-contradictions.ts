import type { Tally } from '../check/tally.js';
import type { Mdp } from '../mdp/model.js';
import type { ResultDocument } from '../report/document.js';

/** Where rows name what the model has not, or come twice. */
export function rowsContradiction(
  mdp: Mdp,
  { power = [], optimality = [] }: ResultDocument,
): string | undefined {
  const actions = new Map(
    mdp.states.map((state, s) => [state, new Set(mdp.actions.slice(mdp.choicePtr[s], mdp.choicePtr[s + 1]))]),
  );
  const seen = new Set<string>();
  for (const row of [...power, ...optimality]) {
    const action = 'action' in row ? row.action : undefined;
    const known = actions.get(row.state);
    if (known === undefined) return `the model has no state ${row.state}`;
    if (action !== undefined && !known.has(action)) return `${row.state} has no action ${action}`;
    const place = JSON.stringify([row.state, action ?? null, row.gamma]);
    if (seen.has(place)) return `two rows are about ${place}`;
    seen.add(place);
  }
  return undefined;
}

/** A correct result is refused this rarely by one comparison with a sample. */
const FALSE_ALARM = 1e-12;

/**
 * Holds the exact rows of one gamma against samples of the second solver, by Hoeffding's inequality (1963, theorem 2): a
 * mean of n independent values in [a, b] is farther than (b − a)·√(ln(2/α)/2n) from its expectation with a probability of
 * at most α.
 *
 * @param support  bounds of the rewards, and so of POWER samples
 */
export function exactRowsContradiction(
  mdp: Mdp,
  document: ResultDocument,
  tally: Tally,
  [low, high]: readonly [number, number],
): { readonly contradiction?: string; readonly finding?: string } {
  const { power = [], optimality = [] } = document;
  const isHere = (row: { gamma: string; method: string }): boolean =>
    row.gamma === tally.discount.text && row.method === 'exact';
  const n = tally.samples;
  const share = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2 * n));
  const place = new Map(mdp.states.map((state, s) => [state, s]));
  const isBounded = Number.isFinite(high - low);
  let rows = 0;
  for (const row of power.filter(isHere)) {
    const mean = tally.mean[place.get(row.state)!]!;
    const allowed = (high - low) * share + tally.error + row.solverError;
    if (isBounded && !(Math.abs(row.power - mean) <= allowed)) {
      return { contradiction: `POWER(${row.state}) is ${row.power}, but ${n} samples have the mean ${mean}` };
    }
    rows += isBounded ? 1 : 0;
  }
  for (const row of optimality.filter(isHere)) {
    const s = place.get(row.state)!;
    let c = mdp.choicePtr[s]!;
    while (mdp.actions[c] !== row.action) c++;
    const about = `P(${row.state}, ${row.action})`;
    const compared = [
      [row.probability, tally.optimal],
      [row.strict, tally.strict],
      [row.fractional, tally.fractional],
    ] as const;
    for (const [chance, { least, most }] of compared) {
      if (!(chance >= least[c]! / n - share && chance <= most[c]! / n + share)) {
        return { contradiction: `${about} is ${chance}, but is ${most[c]! / n} in ${n} samples` };
      }
    }
    rows++;
  }
  return rows === 0 ? {} : { finding: `exact rows lie within ${share.toPrecision(2)} of the samples` };
}

/** The first place at which two JSON values differ, in words; undefined if they are equal. The order of keys says nothing. */
export function firstDifference(read: unknown, again: unknown, path: string): string | undefined {
  if (Object.is(read, again)) return undefined;
  if (typeof read !== 'object' || typeof again !== 'object' || read === null || again === null) {
    return `${path} is ${shown(read)}, but comes out as ${shown(again)}`;
  }
  if (Array.isArray(read) !== Array.isArray(again)) return `${path} is of another kind`;
  const keys = new Set([...Object.keys(read), ...Object.keys(again)]);
  for (const key of keys) {
    const here = `${path}/${key}`;
    const [a, b] = [read, again].map(
      (record) => Object.getOwnPropertyDescriptor(record, key)?.value as unknown,
    );
    if (a === undefined) return `${here} is missing`;
    if (b === undefined) return `${here} does not belong there`;
    const difference = firstDifference(a, b, here);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
