import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bisimulation } from '../../src/mdp/bisimulation.js';
import { rational, rationalText, ZERO } from '../../src/number/rational.js';
import { certain, type ExactModel, type ExactRow, mdpOfRows } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';

/**
 * Oracle: the definition. The greatest relation on pairs in which related states have equal initial classes and every row
 * of one has a row of the other with equal probability of every related set; pairs are struck out until none has to be.
 */
function relation(model: ExactModel, initial: readonly number[]): boolean[][] {
  const related = model.map((_, s) => model.map((_, t) => initial[s] === initial[t]));
  const overClasses = (row: ExactRow): string =>
    model
      .map((_, t) => rationalText(row.reduce((sum, [u, p]) => (related[t]![u] ? sum.add(p) : sum), ZERO)))
      .join();
  const covers = (s: number, t: number): boolean =>
    model[s]!.every((row) => model[t]!.some((other) => overClasses(row) === overClasses(other)));
  for (let changed = true; changed; ) {
    changed = false;
    const struck: [number, number][] = [];
    model.forEach((_, s) => {
      model.forEach((_, t) => {
        if (related[s]![t] && !(covers(s, t) && covers(t, s))) struck.push([s, t]);
      });
    });
    for (const [s, t] of struck) {
      related[s]![t] = false;
      changed = true;
    }
  }
  return related;
}

describe('bisimulation', () => {
  it('is the greatest relation of the definition', () => {
    const cases = fc
      .oneof(randomModel({ maxStates: 7, maxActions: 2 }), randomModel({ maxStates: 8, stochastic: false }))
      .chain((model) =>
        fc.tuple(
          fc.constant(model),
          fc.array(fc.nat({ max: 1 }), { minLength: model.length, maxLength: model.length }),
        ),
      );
    fc.assert(
      fc.property(cases, ([model, initial]) => {
        const related = relation(model, initial);
        const { stateClass, choiceClass } = bisimulation(mdpOfRows(model), Int32Array.from(initial));
        model.forEach((_, s) => {
          expect(stateClass[s]).toBe(related[s]!.indexOf(true));
        });
        const texts = model.flatMap((actions, s) =>
          actions.map((row) => {
            const mass = new Map<number, string>();
            for (const t of new Set(stateClass)) {
              const sum = row.reduce((total, [u, p]) => (stateClass[u] === t ? total.add(p) : total), ZERO);
              mass.set(t, rationalText(sum));
            }
            return `${s} ${JSON.stringify([...mass])}`;
          }),
        );
        texts.forEach((text, c) => {
          expect(choiceClass[c]).toBe(texts.indexOf(text));
        });
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('adds probabilities exactly: 1/10 + 2/10 equals 3/10', () => {
    const tenth = (n: number) => rational(n, 10);
    const model: ExactModel = [
      [
        [
          [2, tenth(1)],
          [3, tenth(2)],
          [4, tenth(7)],
        ],
      ],
      [
        [
          [2, tenth(3)],
          [4, tenth(7)],
        ],
      ],
      [certain(2)],
      [certain(3)],
      [certain(4)],
    ];
    const { stateClass } = bisimulation(mdpOfRows(model), Int32Array.of(0, 0, 1, 1, 2));
    expect([...stateClass]).toEqual([0, 0, 2, 2, 4]);
  });

  it('refines a long chain state by state without taking quadratic time', () => {
    const size = 30_000;
    const model: ExactModel = Array.from({ length: size }, (_, s) => [certain(Math.min(s + 1, size - 1))]);
    const mdp = mdpOfCertain(model.map((actions) => actions[0]![0]![0]));
    const initial = new Int32Array(size);
    initial[size - 1] = 1;
    const { stateClass } = bisimulation(mdp, initial);
    expect(new Set(stateClass).size).toBe(size);
  });

  it('wants a class for every state', () => {
    expect(() => bisimulation(mdpOfRows([[certain(0)]]), new Int32Array(2))).toThrow(RangeError);
  });
});

/** A model with one certain action per state, without the quadratic search for equal rows of the general builder. */
function mdpOfCertain(successors: readonly number[]): ReturnType<typeof mdpOfRows> {
  const size = successors.length;
  const each = Int32Array.from({ length: size + 1 }, (_, s) => s);
  return {
    ...mdpOfRows([[certain(0)]]),
    stateCount: size,
    choiceCount: size,
    transitionCount: size,
    choicePtr: each,
    rowPtr: each,
    successor: Int32Array.from(successors),
    probability: new Float64Array(size).fill(1),
    exact: { values: [rational(1)], index: new Int32Array(size) },
    choiceClass: each.slice(0, size),
  };
}
