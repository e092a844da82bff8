import type { Mdp } from '../mdp/model.js';
import type { OptimalityRow, PowerRow } from '../power/result.js';
import type { Range, Tally } from './tally.js';

/**
 * Where rows of POWER contradict what the second solver found for the same reward functions, as a sentence; undefined if
 * they do not. Means may differ by the two proved errors and the rounding of the sums, standard errors by no more.
 */
export function powerContradiction(
  mdp: Pick<Mdp, 'states'>,
  rows: readonly PowerRow[],
  tally: Tally,
): string | undefined {
  const place = new Map(mdp.states.map((name, s) => [name, s]));
  for (const row of rows) {
    const s = place.get(row.state)!;
    const allowed = row.solverError + tally.error + tally.samples * 2 ** -52 * tally.largest[s]!;
    const difference = Math.abs(row.power - tally.mean[s]!);
    const about = `POWER(${row.state}) at gamma ${row.gamma}`;
    if (!(difference <= allowed)) {
      return `${about} is ${row.power}, but the same reward functions have the mean ${tally.mean[s]}`;
    }
    const spread = tally.standardDeviation[s]! / Math.sqrt(tally.samples);
    if (row.standardError !== null && row.interval !== 'certain' && tally.samples > 1) {
      if (!(Math.abs(row.standardError - spread) <= 2 * allowed)) {
        return `the standard error of ${about} is ${row.standardError}, but these reward functions have ${spread}`;
      }
    }
    const [low, high] = [row.low ?? Number.NEGATIVE_INFINITY, row.high ?? Number.POSITIVE_INFINITY];
    if (!(low <= row.power && row.power <= high)) return `the limits of ${about} do not enclose it`;
  }
  return undefined;
}

/** The same for rows of optimality: counts must be whole, and open samples alone may tell them apart. */
export function optimalityContradiction(
  mdp: Pick<Mdp, 'states' | 'actions' | 'choicePtr'>,
  rows: readonly OptimalityRow[],
  tally: Tally,
): string | undefined {
  const choiceOf = new Map<string, number>();
  mdp.states.forEach((state, s) => {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      choiceOf.set(JSON.stringify([state, mdp.actions[c]!]), c);
    }
  });
  const n = tally.samples;
  /** Samples that are open in a state's actions, together: what a fractional count may be wrong by. */
  const openIn = new Map<string, number>();
  for (const row of rows) openIn.set(row.state, (openIn.get(row.state) ?? 0) + row.undecided * n);
  for (const row of rows) {
    const c = choiceOf.get(JSON.stringify([row.state, row.action]))!;
    const about = `P(${row.state}, ${row.action}) at gamma ${row.gamma}`;
    const open = Math.round(row.undecided * n);
    const sure = Math.round(row.probability * n - open / 2);
    const only = Math.round(row.strict * n);
    if (open / n !== row.undecided || (sure + open / 2) / n !== row.probability || only / n !== row.strict) {
      return `${about} is no share of ${n} samples`;
    }
    const contradiction =
      apart(sure, sure + open, tally.optimal, c) ??
      apart(only, only + open, tally.strict, c, 'as the only optimum') ??
      apart(
        row.fractional * n - openIn.get(row.state)! - n * n * 2 ** -52,
        row.fractional * n + openIn.get(row.state)! + n * n * 2 ** -52,
        tally.fractional,
        c,
        'as a fraction',
      ) ??
      averageContradiction(row, tally, c);
    if (contradiction !== undefined) return `${about} ${contradiction}`;
    if (!(row.low <= row.probability && row.probability <= row.high)) {
      return `the limits of ${about} do not enclose it`;
    }
  }
  return undefined;
}

function averageContradiction(row: OptimalityRow, tally: Tally, choice: number): string | undefined {
  if (tally.average === undefined || row.averageProbability === undefined) return undefined;
  const open = (row.averageUndecided ?? 0) * tally.samples;
  const middle = row.averageProbability * tally.samples;
  return apart(
    Math.round(middle - open / 2),
    Math.round(middle + open / 2),
    tally.average,
    choice,
    'by average reward',
  );
}

function apart(
  low: number,
  high: number,
  { least, most }: Range,
  choice: number,
  how = '',
): string | undefined {
  if (low <= most[choice]! && least[choice]! <= high) return undefined;
  const count = (a: number, b: number): string => (a === b ? `${a}` : `${a} to ${b}`);
  return `is counted ${count(low, high)} times${how === '' ? '' : ` ${how}`}, but is optimal ${count(least[choice]!, most[choice]!)} times`;
}
