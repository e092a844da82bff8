// Every fraction of fixtures/expected (published, or derived by rational Lasserre integration elsewhere) comes out as the
// same fraction.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newBudget } from '../../src/exact/budget.js';
import { greatestOf } from '../../src/exact/integrals/greatest-of.js';
import { lawOfSpec } from '../../src/exact/laws/law-of-spec.js';
import { recurrentDistributions } from '../../src/exact/policies/recurrent-distributions.js';
import { exactRows } from '../../src/exact/policies/rows.js';
import { exactSolver } from '../../src/exact/solvers/exact-solver.js';
import type { ExactSolver } from '../../src/exact/solvers/state-values.js';
import { parseDocument } from '../../src/mdp/document.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseDiscount } from '../../src/number/discount.js';
import {
  add,
  divide,
  fromRational,
  multiply,
  ONE_RATIO,
  type Ratio,
  ratio,
  ratioText,
  subtract,
  ZERO_RATIO,
} from '../../src/number/ratio.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { fixtureModel } from '../oracles/expected-values.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures');

interface Expectation {
  readonly model: string;
  readonly reward?: unknown;
  readonly quantity: string;
  readonly state: string;
  readonly action?: string;
  /** a recurrent state distribution */
  readonly recurrent?: Readonly<Record<string, string>>;
  readonly gamma: string;
  readonly fraction?: string | null;
}

function gammaOf(text: string): Ratio {
  return text === '0' ? ZERO_RATIO : text === '1' ? ONE_RATIO : fromRational(parseDiscount(text).exact);
}

const solvers = new Map<string, { mdp: Mdp; solve: ExactSolver; rows: ReturnType<typeof exactRows> }>();
function solverFor({ model, reward, gamma }: Expectation): {
  mdp: Mdp;
  solve: ExactSolver;
  rows: ReturnType<typeof exactRows>;
} {
  const written = JSON.stringify(reward);
  const key = `${model} ${written} ${gamma}`;
  const known = solvers.get(key);
  if (known !== undefined) return known;
  const mdp = fixtureModel(model);
  const rows = exactRows(mdp);
  const form = typeof reward === 'string' ? reward : parseDocument(written, 'test', 'json');
  const law = lawOfSpec(parseReward(form, mdp.states));
  const made = { mdp, rows, solve: exactSolver({ rows, law, gamma: gammaOf(gamma) }) };
  solvers.set(key, made);
  return made;
}

/** P(d ∈ RSD(s) has the greatest average reward), rewards uniform on [0, 1]. */
function recurrentChance(
  mdp: Mdp,
  rows: ReturnType<typeof exactRows>,
  s: number,
  wanted: Readonly<Record<string, string>>,
): Ratio {
  const all = recurrentDistributions(rows, s, 1000).map(({ distribution }) => distribution);
  const { wins } = greatestOf(
    all.map((coefficients) => ({ coefficients, constant: ZERO_RATIO })),
    newBudget(),
  );
  const place = all.findIndex((d) => d.every((p, t) => ratioText(p) === (wanted[mdp.states[t]!] ?? '0')));
  return wins[place]!;
}

function answer(expected: Expectation): Ratio | undefined {
  const { mdp, rows, solve } = solverFor(expected);
  const s = mdp.states.indexOf(expected.state);
  if (expected.quantity === 'POWER') return solve.power(s);
  if (expected.quantity === 'averageOptimalValue') {
    // E V* = γ/(1−γ)·POWER + E R (Def. 5.2), all rewards uniform on [0, 1]
    const gamma = gammaOf(expected.gamma);
    return add(multiply(divide(gamma, subtract(ONE_RATIO, gamma)), solve.power(s)), ratio(1n, 2n));
  }
  if (expected.recurrent !== undefined) return recurrentChance(mdp, rows, s, expected.recurrent);
  const choices = rows[s]!.findIndex((row) => row.choices.some((c) => mdp.actions[c] === expected.action));
  if (expected.quantity === 'averageOptimalityProbability') return solve.averageChances(s)[choices]!.weak;
  const chances = solve.chances(s)[choices]!;
  const by: Record<string, Ratio | undefined> = {
    optimalityProbability: chances.weak,
    strictOptimalityProbability: chances.strict,
    fractionalOptimalityProbability: chances.fractional,
  };
  return by[expected.quantity];
}

const files = readdirSync(join(fixtures, 'expected')).filter((name) => name.endsWith('.json'));
const expectations = files.flatMap((name) => {
  const { expected } = JSON.parse(readFileSync(join(fixtures, 'expected', name), 'utf8'));
  return (expected ?? []) as Expectation[];
});

describe('exactSolver', () => {
  const checkable = expectations.filter(
    (e) =>
      typeof e.fraction === 'string' &&
      /^(POWER|averageOptimalValue|(strict|fractional|average)?[oO]ptimalityProbability)$/.test(e.quantity),
  );

  it('meets the fixtures', () => {
    expect(checkable.length).toBe(799);
    const others = expectations.filter((e) => typeof e.fraction === 'string' && !checkable.includes(e));
    // Other notions than POWER and optimality, which have their own tests.
    expect([...new Set(others.map(({ quantity }) => quantity))].sort()).toEqual([
      'empowermentBits',
      'orbitFractionLowerBound',
      'suboptimalPOWER',
    ]);
  });

  it.each(checkable)('$model: $quantity of $state $action at $gamma is $fraction', (expected) => {
    const [n, d = '1'] = expected.fraction!.split('/');
    const value = answer(expected);
    expect(value === undefined ? undefined : ratioText(value)).toBe(ratioText(ratio(BigInt(n!), BigInt(d))));
  });
});
