// Fractions from a separate program in exact rational arithmetic, that shares no code and little method with src/exact:
// distribution functions on trees by evaluation and interpolation at rational points, exponential ones by symbolic
// integration, coins by going through all 2^12 reward functions with backward recursion.
import { describe, expect, it } from 'vitest';
import { newBudget } from '../../src/exact/budget.js';
import { measureOf } from '../../src/exact/integrals/measure.js';
import type { Marginal } from '../../src/exact/laws/exact-law.js';
import { exponentialAlgebra } from '../../src/exact/laws/exponential-algebra.js';
import type { LawAlgebra } from '../../src/exact/laws/law-algebra.js';
import { lawOfSpec } from '../../src/exact/laws/law-of-spec.js';
import { polynomialAlgebra } from '../../src/exact/laws/polynomial-algebra.js';
import { exactRows } from '../../src/exact/policies/rows.js';
import { exactSolver } from '../../src/exact/solvers/exact-solver.js';
import type { ExactSolver } from '../../src/exact/solvers/state-values.js';
import { parseDocument } from '../../src/mdp/document.js';
import { approximate, type Ratio, ratio, ratioText } from '../../src/number/ratio.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';

function solverOf(model: ExactModel, states: (s: number) => string, gamma: Ratio): ExactSolver {
  const mdp = mdpOfRows(model);
  const laws = Object.fromEntries(mdp.states.map((name, s) => [name, states(s)]));
  const reward = parseReward(parseDocument(JSON.stringify({ states: laws }), 'test', 'json'), mdp.states);
  return exactSolver({ rows: exactRows(mdp), law: lawOfSpec(reward), gamma });
}

function texts(solve: ExactSolver, s: number): [string, ...string[]] {
  return [ratioText(solve.power(s)), ...solve.chances(s).map(({ weak }) => ratioText(weak))];
}

/** Leaves that stay for all states without a row. */
function withLeaves(size: number, rows: Readonly<Record<number, ExactModel[number]>>): ExactModel {
  return Array.from({ length: size }, (_, s) => rows[s] ?? [certain(s)]);
}

const moves = (...states: number[]): ExactModel[number] => states.map(certain);
const half = ratio(1n, 2n);

describe('a tree of 12 states with a gamble, each state with its own uniform range', () => {
  const model = withLeaves(12, {
    0: moves(1, 2, 3),
    1: moves(4, 5),
    2: [weighted([6, 7], [1, 3]), certain(8)],
    3: moves(9, 10),
    9: moves(11),
  });
  const law = (s: number): string => `uniform(${-(s % 3)}/2, ${3 * (1 + (s % 4)) + 2}/6)`;

  it.each([
    [
      half,
      '247538428342141469729575151/203576717282792400381542400',
      '3497238454175074909787/48195245568842897817600',
      '2452391929182064622191/9639049113768579563520',
      '16218023734378749898429/24097622784421448908800',
    ],
    [
      ratio(9n, 10n),
      '40638448255352444665950767562932941/29715000240642098524795699200000000',
      '116705617381265225311014983/1440727284394768413323427840',
      '772196515238518560110690808889/2251136381866825645817856000000',
      '864391559646720114105802853449/1500757587911217097211904000000',
    ],
  ])('at gamma %o', (gamma, ...wanted) => {
    const solve = solverOf(model, law, gamma);
    expect(texts(solve, 0)).toEqual(wanted);
    expect(texts(solve, 2)).toEqual(['1239587/1292544', '11777/13464', '1687/13464']);
  });
});

describe('a ternary tree of 30 states with uniform(0, 1)', () => {
  const model: ExactModel = Array.from({ length: 30 }, (_, s) => {
    const children = [3 * s + 1, 3 * s + 2, 3 * s + 3].filter((t) => t < 30);
    return children.length === 0 ? [certain(s)] : moves(...children);
  });

  it.each([
    [
      half,
      '265606634398699442951/344859354284949504000',
      '65353702467751/191895563059200',
      '72709852005834941/221063688644198400',
      '167199934543511/505866564403200',
    ],
    [
      ratio(9n, 10n),
      '194532790646121067069269507615911923837459013187887661817742257/220024170199307757873963122440698558939232356255744000000000000',
      '83201312793873884987769987520831074455556442092224681/207841342091284996518060488827581067109539584000000000',
      '100932467673184566863081605009571899465123813692497015753/281001494507417315292417780894889602732097517568000000000',
      '26347310696653121218663217449182881326729588369128739/109552239574041838320630713799177233033956147200000000',
    ],
  ])('at gamma %o', (gamma, ...wanted) => {
    expect(
      texts(
        solverOf(model, () => 'uniform(0, 1)', gamma),
        0,
      ),
    ).toEqual(wanted);
  });
});

describe('coins with chances 1/4, 1/2 and 3/4 on a tree of 12 states with gambles and stays', () => {
  it('gives POWER 1962413/2097152 and all three kinds of chances', () => {
    const model = withLeaves(12, {
      0: [certain(1), certain(2), weighted([0, 3], [1, 1])],
      1: moves(4, 5),
      2: [weighted([6, 7], [1, 3]), certain(8)],
      3: moves(3, 9, 10),
      9: moves(11),
    });
    const solve = solverOf(model, (s) => `bernoulli(${1 + (s % 3)}/4)`, ratio(2n, 3n));
    expect(ratioText(solve.power(0))).toBe('1962413/2097152');
    expect(
      solve.chances(0).map(({ weak, strict, fractional }) => [weak, strict, fractional].map(ratioText)),
    ).toEqual([
      ['561187/1048576', '221751/1048576', '194267/524288'],
      ['91605/131072', '190605/524288', '277045/524288'],
      ['135985/1048576', '81789/1048576', '3311/32768'],
    ]);
  });
});

describe('exponential rewards of different rates', () => {
  // 0 goes to 1 or 2; 1 to 3 or 4; 2 stays or goes to 5.
  const model = withLeaves(6, { 0: moves(1, 2), 1: moves(3, 4), 2: moves(2, 5) });
  const solve = (gamma: Ratio): ExactSolver =>
    solverOf(model, (s) => `exponential(${['1', '2', '1/2', '1', '3', '3/2'][s]!})`, gamma);

  it('are fractions at gamma 1/2', () => {
    expect(texts(solve(half), 0)).toEqual(['243337/109395', '36749/145860', '109111/145860']);
    // The greater of rates 1/2 and 3/2 has mean 2 + 2/3 − 1/2; that of rate 1/2 is greater with chance 3/4.
    expect(texts(solve(half), 2)).toEqual(['13/6', '3/4', '1/4']);
  });

  it('are fractions at the limits', () => {
    // The next reward decides near 0: rates 2 and 1/2.
    expect(texts(solve(ratio(0n)), 0)).toEqual(['21/10', '1/5', '4/5']);
    // Near 1 the best end: rates 1 and 3 behind 1, rates 1/2 and 3/2 behind 2; the mean by inclusion and exclusion.
    const rates = [1, 3, 0.5, 1.5];
    let mean = 0;
    for (let subset = 1; subset < 16; subset++) {
      const chosen = rates.filter((_, i) => (subset >> i) & 1);
      mean += (chosen.length % 2 === 1 ? 1 : -1) / chosen.reduce((a, b) => a + b);
    }
    const { n, d } = solve(ratio(1n)).power(0);
    expect(Math.abs(Number(n) / Number(d) - mean)).toBeLessThan(1e-15 * 16);
  });
});

describe('beta rewards beside uniform ones', () => {
  it('are fractions, also where a state may be stayed at', () => {
    // 0 goes to 1 or 2; 1 stays or goes to 3; 2 goes to 4.
    const model = withLeaves(5, { 0: moves(1, 2), 1: moves(1, 3), 2: moves(4) });
    const laws = ['uniform(0, 1)', 'beta(2, 2)', 'uniform(0, 1)', 'quantile(sqrt(u))', 'beta(1, 3)'];
    expect(
      texts(
        solverOf(model, (s) => laws[s]!, ratio(1n, 3n)),
        0,
      ),
    ).toEqual(['30634181/48988800', '8629/12096', '3467/12096']);
  });
});

// From the separate program: cones and simplices found by brute force over all sets of constraints; densities by the
// cubature of Grundmann and Möller (1978), exact for their degrees.
describe('a random model with ways back, no tree', () => {
  const model: ExactModel = [
    [certain(1), weighted([2, 0], [1, 2]), certain(2)],
    [certain(0), certain(1)],
    [weighted([0, 1], [1, 3]), certain(2)],
  ];
  const laws = {
    exponential: ['exponential(1)', 'exponential(2)', 'exponential(1/2)'],
    density: ['beta(2, 2)', 'uniform(0, 1)', 'beta(2, 3)'],
    mixed: ['beta(2, 2)', 'bernoulli(1/3)', 'beta(2, 3)'],
  };

  it.each([
    ['exponential', half, '32906267/14533470', '227/1785', '94/357', '64/105'],
    ['exponential', ratio(9n, 10n), '40202801/17795610', '223/1645', '1258/4935', '64/105'],
    ['density', half, '1748162749/2709693000', '71/140', '41/140', '1/5'],
    ['density', ratio(9n, 10n), '20747304237245/32179626484488', '9511/18060', '4937/18060', '1/5'],
    ['mixed', half, '2006237/3010770', '1/3', '44/105', '26/105'],
    ['mixed', ratio(9n, 10n), '1437574175063/2182726602630', '1/3', '44/105', '26/105'],
  ] as const)('%s, gamma %o', (kind, gamma, ...wanted) => {
    expect(
      texts(
        solverOf(model, (s) => laws[kind][s]!, gamma),
        0,
      ),
    ).toEqual(wanted);
  });

  it('has limits that values near them approach', () => {
    for (const kind of ['exponential', 'density'] as const)
      for (const [end, near] of [
        [ratio(0n), ratio(1n, 10n ** 9n)],
        [ratio(1n), ratio(10n ** 9n - 1n, 10n ** 9n)],
      ] as const) {
        const [limit, close] = [end, near].map((gamma) => solverOf(model, (s) => laws[kind][s]!, gamma));
        const values = [limit!, close!].map((solve) =>
          [solve.power(0), ...solve.chances(0).map(({ weak }) => weak)].map(approximate),
        );
        // Lipschitz in gamma (Turner et al. 2021, lemma 5.3); rewards here have means of a few units.
        for (const [i, value] of values[0]!.entries())
          expect(Math.abs(value - values[1]![i]!)).toBeLessThan(1e-7);
      }
  });

  it('is the same by regions as by laws on a star', () => {
    const units = [0, 1, 2].map((i) => [0, 1, 2].map((j) => ratio(i === j ? 1n : 0n)));
    for (const [law, meanByLaws] of [
      ['beta(2, 3)', (marginals: readonly Marginal[]) => meanOfGreatest(polynomialAlgebra, marginals)],
      [
        'quantile(2*u^(1/3) - 1)',
        (marginals: readonly Marginal[]) => meanOfGreatest(polynomialAlgebra, marginals),
      ],
      ['exponential(2/3)', (marginals: readonly Marginal[]) => meanOfGreatest(exponentialAlgebra, marginals)],
    ] as const) {
      const spec = lawOfSpec(parseReward(law, ['a', 'b', 'c']));
      if (spec.kind !== 'independent') throw new Error('an independent law');
      const measure = measureOf(spec.marginals);
      const { mean, wins } = measure.greatest(units.map(measure.toAffine), newBudget());
      expect(wins.map(ratioText)).toEqual(['1/3', '1/3', '1/3']);
      expect(ratioText(mean)).toBe(ratioText(meanByLaws(spec.marginals)));
    }
  });
});

function meanOfGreatest<L>(algebra: LawAlgebra<L>, marginals: readonly Marginal[]): Ratio {
  return algebra.mean(algebra.greatest(marginals.map(algebra.reward), newBudget()));
}

describe('quantile expressions', () => {
  const model = withLeaves(3, { 0: moves(1, 2) });
  it.each([
    // E max of two: of u^(1/3) 6/7, of 1 + 2u 1 + 2·2/3, of 3 − u 2 + 2/3, of 2 − u^(1/2) 2 − E min = 2 − 8/15
    ['quantile(u^(1/3))', '6/7'],
    ['quantile(1 + 2*u)', '7/3'],
    ['quantile(3 - u)', '8/3'],
    ['quantile(2 - sqrt(u))', '22/15'],
    ['quantile((1 + 2*u)/4 - 1/4)', '1/3'],
    ['beta(1, 1)', '2/3'],
  ])('%s', (law, wanted) => {
    expect(ratioText(solverOf(model, () => law, half).power(0))).toBe(wanted);
  });

  it.each(['quantile(u^2)', 'quantile(exp(u))', 'beta(0.5, 2)', 'pareto(1, 3)'])('%s is refused', (law) => {
    expect(() => solverOf(model, () => law, half).power(0)).toThrow(`no exact method for ${law}`);
  });
});
