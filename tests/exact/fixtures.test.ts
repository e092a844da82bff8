// Every fraction of fixtures/expected (published, or derived by rational Lasserre integration elsewhere) comes out as the
// same fraction.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExactLaw, identical, type Marginal } from '../../src/exact/exact-law.js';
import { exactSolver } from '../../src/exact/exact-solver.js';
import { exactRows } from '../../src/exact/rows.js';
import type { ExactSolver } from '../../src/exact/state-values.js';
import { buildModel } from '../../src/mdp/build.js';
import { star } from '../../src/mdp/families/named.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { parseDiscount } from '../../src/number/discount.js';
import { fromRational, ONE_RATIO, type Ratio, ratio, ratioText, ZERO_RATIO } from '../../src/number/ratio.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures');

interface Expectation {
  readonly model: string;
  readonly reward?: string;
  readonly quantity: string;
  readonly state: string;
  readonly action?: string;
  readonly gamma: string;
  readonly fraction?: string | null;
}

const half = ratio(1n, 2n);
const marginals: Record<string, Marginal> = {
  'uniform(0, 1)': { kind: 'uniform', low: ZERO_RATIO, high: ONE_RATIO },
  'bernoulli(1/2)': {
    kind: 'discrete',
    atoms: [
      { value: ZERO_RATIO, probability: half },
      { value: ONE_RATIO, probability: half },
    ],
  },
};

function gammaOf(text: string): Ratio {
  return text === '0' ? ZERO_RATIO : text === '1' ? ONE_RATIO : fromRational(parseDiscount(text).exact);
}

const solvers = new Map<string, { mdp: Mdp; solve: ExactSolver; rows: ReturnType<typeof exactRows> }>();
function solverFor({ model, reward, gamma }: Expectation): ReturnType<typeof solvers.get> {
  const key = `${model} ${reward} ${gamma}`;
  const known = solvers.get(key);
  const marginal = marginals[reward ?? ''];
  if (known !== undefined || marginal === undefined) return known;
  const leaves = /^star-(\d+)$/.exec(model)?.[1];
  const mdp =
    leaves === undefined
      ? parseModel(readFileSync(join(fixtures, 'mdp', `${model}.json`)))
      : buildModel(star(Number(leaves)));
  const rows = exactRows(mdp);
  const law: ExactLaw = identical(marginal, mdp.stateCount);
  const made = { mdp, rows, solve: exactSolver({ rows, law, gamma: gammaOf(gamma) }) };
  solvers.set(key, made);
  return made;
}

function answer(expected: Expectation): Ratio | undefined {
  const found = solverFor(expected);
  if (found === undefined) return undefined;
  const { mdp, rows, solve } = found;
  const s = mdp.states.indexOf(expected.state);
  if (expected.quantity === 'POWER') return solve.power(s);
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
      (e.quantity === 'POWER' || e.action !== undefined) &&
      marginals[e.reward ?? ''] !== undefined &&
      /^(POWER|(strict|fractional|average)?[oO]ptimalityProbability)$/.test(e.quantity),
  );

  it('meets the fixtures', () => {
    expect(checkable.length).toBeGreaterThan(300);
  });

  it.each(checkable)('$model: $quantity of $state $action at $gamma is $fraction', (expected) => {
    const [n, d = '1'] = expected.fraction!.split('/');
    const value = answer(expected);
    expect(value === undefined ? undefined : ratioText(value)).toBe(ratioText(ratio(BigInt(n!), BigInt(d))));
  });
});
