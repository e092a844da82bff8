import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { type Rational, rational, rationalText } from '../../src/number/rational.js';
import { countOrbit } from '../../src/power/orbit.js';
import { drawnElements, rewardBlockOf, rewardOrbit } from '../../src/power/orbit-elements.js';
import type { OrbitQuestion } from '../../src/power/orbit-question.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { sized } from '../full-size.js';
import { permutations } from '../oracles/brute-automorphisms.js';
import { gainByEnumeration } from '../oracles/exact-gain.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { optimalActions, optimalValues, powerSample } from '../oracles/exact-policies.js';
import { discountOf, randomDiscount, randomModel } from '../oracles/random-models.js';

const fixtures = new URL('../../fixtures/', import.meta.url);
const model = (name: string): Mdp => parseModel(readFileSync(new URL(`mdp/${name}.json`, fixtures)));
const choice = (mdp: Mdp, state: number, action: string): number => {
  const found = mdp.actions.indexOf(action, mdp.choicePtr[state]);
  expect(found).toBeLessThan(mdp.choicePtr[state + 1]!);
  return found;
};
const half = discountOf(1, 2);

interface ExpectedCount {
  model: string;
  reward: Record<string, number>;
  quantity: string;
  state: string;
  criterion: string;
  larger: string;
  smaller: string;
  size: number;
  greater: number;
  less: number;
}

describe('countOrbit reproduces published and derived counts', () => {
  const { expected } = JSON.parse(readFileSync(new URL('expected/orbits.json', fixtures), 'utf8')) as {
    expected: ExpectedCount[];
  };
  for (const entry of expected.filter(({ quantity }) => quantity === 'orbitCount')) {
    it(`${entry.model}, ${Object.values(entry.reward)}, ${entry.criterion}: ${entry.greater} to ${entry.less}`, () => {
      const mdp = model(entry.model);
      const state = mdp.states.indexOf(entry.state);
      const average = entry.criterion === 'average-optimal';
      // In Fig. 1 the recurrent states other than ∅ are those behind left and right.
      const actions = average ? [['left', 'right'], ['down']] : [[entry.larger], [entry.smaller]];
      const [choices, others] = actions.map((names) => names.map((name) => choice(mdp, state, name)));
      const rewards = mdp.states.map((name) => rational(entry.reward[name]!));
      const count = countOrbit(
        mdp,
        rewards,
        { kind: 'optimality', state, choices: choices!, others: others! },
        { criterion: average ? 'average' : half },
      );
      expect(count).toMatchObject({
        size: BigInt(entry.size),
        elements: entry.size,
        complete: true,
        greater: entry.greater,
        less: entry.less,
        equal: entry.size - entry.greater - entry.less,
        undecided: 0,
      });
    });
  }
});

/** All distinct permutations of a reward vector, by listing all and dropping repeats. */
function elementsOf(rewards: readonly Rational[]): Rational[][] {
  const all = permutations(rewards.length).map((phi) => phi.map((s) => rewards[s]!));
  return [...new Map(all.map((element) => [element.map(rationalText).join(), element])).values()];
}

type Criterion = Parameters<typeof countOrbit>[3]['criterion'];

/** Oracle: the definition, on every element, by enumeration of all policies in exact rationals. */
function countByDefinition(
  rows: ExactModel,
  rewards: readonly Rational[],
  question: OrbitQuestion,
  criterion: Criterion,
) {
  const signs = elementsOf(rewards).map((element) => signByDefinition(rows, element, question, criterion));
  return {
    greater: signs.filter((sign) => sign > 0).length,
    equal: signs.filter((sign) => sign === 0).length,
    less: signs.filter((sign) => sign < 0).length,
  };
}

function signByDefinition(
  rows: ExactModel,
  rewards: readonly Rational[],
  question: OrbitQuestion,
  criterion: Criterion,
): number {
  const { state, kind } = question;
  const average = criterion === 'average';
  if (kind === 'power') {
    const power = average ? gainByEnumeration(rows, rewards) : powerSample(rows, rewards, criterion.exact);
    return power[state]!.compare(power[question.other]!);
  }
  const values = average ? gainByEnumeration(rows, rewards) : optimalValues(rows, rewards, criterion.exact);
  const before = rows.slice(0, state).reduce((sum, actions) => sum + actions.length, 0);
  const after = rows[state]!.map((row) =>
    row.reduce((sum, [t, p]) => sum.add(p.mul(values[t]!)), rational(0)),
  );
  const greatest = (worths: readonly Rational[]): Rational =>
    worths.reduce((a, b) => (a.compare(b) < 0 ? b : a));
  const worth = (choices: readonly number[]): Rational => greatest(choices.map((c) => after[c - before]!));
  if (kind === 'value') return worth(question.choices).compare(worth(question.others));
  const optimal = average
    ? after.map((w) => w.equals(greatest(after)))
    : optimalActions(rows, rewards, criterion.exact)[state]!;
  const some = (choices: readonly number[]): number => Number(choices.some((c) => optimal[c - before]));
  return some(question.choices) - some(question.others);
}

describe('countOrbit against enumeration of permutations and policies', () => {
  const scene = (options: Parameters<typeof randomModel>[0]) =>
    randomModel(options).chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        rewards: fc.array(
          fc.integer({ min: -2, max: 3 }).map((n) => rational(n, 3)),
          {
            minLength: rows.length,
            maxLength: rows.length,
          },
        ),
        state: fc.nat({ max: rows.length - 1 }),
        other: fc.nat({ max: rows.length - 1 }),
        split: fc.nat(),
        kind: fc.constantFrom('power' as const, 'optimality' as const, 'value' as const),
        criterion: fc.oneof(
          { weight: 2, arbitrary: randomDiscount },
          { weight: 1, arbitrary: fc.constant('average' as const) },
        ),
      }),
    );

  for (const stochastic of [false, true]) {
    it(`counts right in ${stochastic ? 'stochastic' : 'deterministic'} models`, () => {
      const property = fc.property(scene({ maxStates: 4, maxActions: 3, stochastic }), (drawn) => {
        const { rows, rewards, state, other, split, kind, criterion } = drawn;
        const mdp = mdpOfRows(rows);
        const choices = rows[state]!.map((_, a) => mdp.choicePtr[state]! + a);
        const cut = 1 + (split % choices.length);
        const question: OrbitQuestion =
          kind === 'power'
            ? { kind, state, other }
            : {
                kind,
                state,
                choices: choices.slice(0, cut),
                others: choices.slice(Math.min(cut, choices.length - 1)),
              };
        const count = countOrbit(mdp, rewards, question, { criterion });
        expect(count).toMatchObject({
          ...countByDefinition(rows, rewards, question, criterion),
          undecided: 0,
        });
        expect(count.greater + count.equal + count.less).toBe(Number(count.size));
      });
      fc.assert(property, { seed: 7, numRuns: sized(80, 500) });
    });
  }

  it('proves equality of POWER that is equal only through arithmetic', () => {
    // At γ = 1/2, POWER(0) − POWER(3) = (R(1) + R(2))/2 − R(4): zero for some permutations only, and never by structure.
    const rows: ExactModel = [[certain(1)], [certain(2)], [certain(2)], [certain(4)], [certain(4)]];
    const rewards = [0, 1, 1, 2, 1].map((r) => rational(r));
    const question = { kind: 'power', state: 0, other: 3 } as const;
    const count = countOrbit(mdpOfRows(rows), rewards, question, { criterion: half });
    expect(count).toMatchObject(countByDefinition(rows, rewards, question, half));
    expect(count.equal).toBeGreaterThan(0);
  });
});

describe('countOrbit of orbits too large to count', () => {
  // A star: leaf 1 against leaf 2 of 20. By symmetry each is the only best leaf equally often.
  const leaves = Array.from({ length: 20 }, (_, i) => i + 1);
  const star = mdpOfRows([leaves.map(certain), ...leaves.map((s) => [certain(s)])]);
  const rewards = [0, ...leaves].map((r) => rational(r));
  const question = { kind: 'optimality', state: 0, choices: [0], others: [1] } as const;

  it('samples them, with intervals that hold the exact shares', () => {
    for (const criterion of [half, 'average'] as const) {
      const count = countOrbit(star, rewards, question, { criterion, samples: 20_000, confidence: 0.999999 });
      expect(count).toMatchObject({ complete: false, elements: 20_000, undecided: 0 });
      // The hub takes the best value with chance 1/21, and then the second best leaf is best.
      for (const side of ['greater', 'less'] as const) {
        expect(count.shares[side][0]).toBeLessThan(1 / 20);
        expect(count.shares[side][1]).toBeGreaterThan(1 / 20);
      }
      let size = 1n;
      for (let i = 2n; i <= 21n; i++) size *= i;
      expect(count.size).toBe(size);
    }
  });

  it('draws the same elements again for the same seed, and others for another', () => {
    const counts = [1n, 1n, 2n].map((seed) =>
      countOrbit(star, rewards, question, { criterion: 'average', samples: 10_000, seed }),
    );
    expect(counts[0]).toEqual(counts[1]);
    expect(counts[0]!.greater).not.toBe(counts[2]!.greater);
  });

  it('draws what the reward law of the orbit draws', () => {
    const values = [3, 1, 1, 2, 5].map((r) => rational(r, 3));
    const states = ['a', 'b', 'c', 'd', 'e'];
    const written = Object.fromEntries(states.map((name, s) => [name, rationalText(values[s]!)]));
    const law = rewardSource(
      parseReward(JSON.stringify({ orbit: written }), states),
      { states, stateCount: 5 },
      9n,
    );
    const drawn = [...drawnElements(rewardOrbit(values), 7, 9n, 20)].flatMap((block) => {
      const { exactColumn } = rewardBlockOf(block);
      return Array.from({ length: block.columns }, (_, b) => exactColumn(b).map(rationalText));
    });
    expect(drawn).toEqual(Array.from({ length: 20 }, (_, n) => law.exactColumn(n).map(rationalText)));
  });

  it('draws every element of a small orbit equally often', () => {
    // All 12 arrangements of 0, 0, 1, 2: told apart by where 1 and 2 stand.
    const square = mdpOfRows(leaves.slice(0, 4).map((_, s) => [certain(s)]));
    const values = [0, 0, 1, 2].map((r) => rational(r));
    const n = 60_000;
    for (let state = 0; state < 4; state++) {
      for (let other = 0; other < 4; other++) {
        if (state === other) continue;
        const count = countOrbit(
          square,
          values,
          { kind: 'power', state, other },
          {
            criterion: 'average',
            exhaustiveLimit: 11,
            samples: n,
            confidence: 0.999999,
          },
        );
        // Of the 12 pairs of values at two states one is equal in 2 (0 and 0), else greater and less by symmetry.
        expect(count.shares.equal[0]).toBeLessThan(2 / 12);
        expect(count.shares.equal[1]).toBeGreaterThan(2 / 12);
        expect(count.shares.greater[0]).toBeLessThan(5 / 12);
        expect(count.shares.greater[1]).toBeGreaterThan(5 / 12);
      }
    }
  });
});

describe('countOrbit', () => {
  it('reports progress up to the size of the orbit', () => {
    const seen: (readonly [number, number])[] = [];
    const mdp = mdpOfRows(Array.from({ length: 8 }, (_, s) => [certain(s), certain((s + 1) % 8)]));
    countOrbit(
      mdp,
      Array.from({ length: 8 }, (_, s) => rational(s)),
      { kind: 'value', state: 0, choices: [0], others: [1] },
      { criterion: 'average', progress: (done, total) => seen.push([done, total]) },
    );
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toEqual([40_320, 40_320]);
  });

  it('refuses questions without sense', () => {
    const mdp = mdpOfRows([[certain(0)], [weighted([0, 1], [1, 1])]]);
    const question = { kind: 'value', state: 0, choices: [], others: [0] } as const;
    expect(() =>
      countOrbit(mdp, [rational(1)], { kind: 'power', state: 0, other: 1 }, { criterion: half }),
    ).toThrow(RangeError);
    expect(() => countOrbit(mdp, [rational(1), rational(2)], question, { criterion: half })).toThrow(
      RangeError,
    );
  });
});
