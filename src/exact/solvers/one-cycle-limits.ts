import { type Ratio, ratio } from '../../number/ratio.js';
import { type Budget, ExactRefusal } from '../budget.js';
import type { Marginal } from '../laws/exact-law.js';
import { type Crowd, lawOfGreatest, marginalKey, meanOfGreatest } from '../laws/greatest-of-independent.js';
import { fractionalWin, winProbability } from '../laws/law.js';
import { members, type OneCycleModel } from '../policies/one-cycles.js';
import type { Rows } from '../policies/rows.js';
import { type RowChances, type RowEvent, rowChances } from './row-chances.js';

/** A model with only 1-cycles and independent rewards. */
export interface OneCycleProblem {
  readonly rows: Rows;
  readonly model: OneCycleModel;
  readonly marginals: readonly Marginal[];
  readonly budget: Budget;
}

/**
 * POWER(s, 1): E of the greatest reward of a 1-cycle that can be reached (Turner et al. 2021, Def. 6.10: RSD(s) is the unit
 * vectors of these). @throws {ExactRefusal} normal rewards, or too much work
 */
export function oneCyclePower({ model, marginals, budget }: OneCycleProblem, s: number): Ratio {
  return meanOfGreatest(crowdsOf(marginals, endStates(model, model.reached(s))), budget);
}

/**
 * The chances of each row at s to be average-optimal: that the greatest reward of all 1-cycles is among those behind it.
 * @throws {ExactRefusal} too much work, or rewards that can tie where rows share 1-cycles
 */
export function oneCycleChances(problem: OneCycleProblem, s: number): RowChances[] {
  const { rows, model, marginals, budget } = problem;
  const behind = rows[s]!.map(({ successors: [t] }) => (t === s ? [s] : endStates(model, model.reached(t!))));
  const owners = new Map<number, number[]>();
  behind.forEach((ends, row) => {
    for (const end of ends) owners.set(end, [...(owners.get(end) ?? []), row]);
  });
  const all = [...owners.keys()];
  if (all.every((end) => marginals[end]!.kind !== 'discrete')) {
    const events = groupedByOwners(owners).map(({ ends, rows: inducing }) => {
      const rest = all.filter((end) => !ends.includes(end));
      const chance = winOf(crowdsOf(marginals, ends), crowdsOf(marginals, rest), budget);
      return { rows: inducing, chances: { weak: chance, strict: chance, fractional: chance } };
    });
    return rowChances(rows[s]!.length, events);
  }
  if (all.length !== behind.reduce((sum, ends) => sum + ends.length, 0))
    throw new ExactRefusal('rewards that can be equal, where actions share the 1-cycles behind them');
  const laws = behind.map((ends) => lawOfGreatest(crowdsOf(marginals, ends), budget));
  const events = laws.map((law, row): RowEvent => {
    const others = laws.filter((_, k) => k !== row);
    const strict = winProbability(law, others, true);
    const chances = { weak: winProbability(law, others), strict, fractional: fractionalWin(law, others) };
    return { rows: [row], chances };
  });
  return rowChances(rows[s]!.length, events);
}

/** True if no 1-cycle is behind two rows of s: then average-optimal is Blackwell-optimal where rewards do not tie. */
export function endsApart({ rows, model }: OneCycleProblem, s: number): boolean {
  let total = 0;
  for (const {
    successors: [t],
  } of rows[s]!)
    total += t === s ? 1 : members(model.reached(t!)).length;
  return total === members(model.reached(s)).length;
}

/** P(the greatest of `crowds` is greater than those of `rest`), by counting where all have one atomless law. */
function winOf(crowds: readonly Crowd[], rest: readonly Crowd[], budget: Budget): Ratio {
  const keys = new Set([...crowds, ...rest].map(({ marginal }) => marginalKey(marginal)));
  if (keys.size === 1) {
    const count = (list: readonly Crowd[]): number => list.reduce((sum, crowd) => sum + crowd.count, 0);
    return ratio(BigInt(count(crowds)), BigInt(count(crowds) + count(rest)));
  }
  return winProbability(
    lawOfGreatest(crowds, budget),
    rest.length === 0 ? [] : [lawOfGreatest(rest, budget)],
  );
}

function groupedByOwners(owners: ReadonlyMap<number, number[]>): { ends: number[]; rows: number[] }[] {
  const groups = new Map<string, { ends: number[]; rows: number[] }>();
  for (const [end, rows] of owners) {
    const key = rows.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ends: [end], rows });
    else group.ends.push(end);
  }
  return [...groups.values()];
}

function endStates(model: OneCycleModel, bits: Uint32Array): number[] {
  return members(bits).map((i) => model.ends[i]!);
}

function crowdsOf(marginals: readonly Marginal[], states: readonly number[]): Crowd[] {
  const crowds = new Map<string, { marginal: Marginal; count: number }>();
  for (const s of states) {
    const key = marginalKey(marginals[s]!);
    const crowd = crowds.get(key);
    if (crowd === undefined) crowds.set(key, { marginal: marginals[s]!, count: 1 });
    else crowd.count++;
  }
  return [...crowds.values()];
}
