// Every fraction of fixtures/expected (published, or derived by rational Lasserre integration elsewhere) comes out as the
// same fraction.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exactSolver } from '../../src/exact/exact-solver.js';
import { lawOfSpec } from '../../src/exact/law-of-spec.js';
import { exactRows } from '../../src/exact/rows.js';
import type { ExactSolver } from '../../src/exact/state-values.js';
import { parseDocument } from '../../src/mdp/document.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseDiscount } from '../../src/number/discount.js';
import { fromRational, ONE_RATIO, type Ratio, ratio, ratioText, ZERO_RATIO } from '../../src/number/ratio.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { fixtureModel } from '../oracles/expected-values.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures');

interface Expectation {
  readonly model: string;
  readonly reward?: unknown;
  readonly quantity: string;
  readonly state: string;
  readonly action?: string;
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

function answer(expected: Expectation): Ratio | undefined {
  const { mdp, rows, solve } = solverFor(expected);
  const s = mdp.states.indexOf(expected.state);
  // Average-optimal value is the optimal gain, whose mean is POWER at 1 (Def. 5.2).
  if (expected.quantity === 'POWER' || expected.quantity === 'averageOptimalValue') return solve.power(s);
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
    expect(checkable.length).toBeGreaterThan(850);
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
