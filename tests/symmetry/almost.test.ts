import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rationalText } from '../../src/number/rational.js';
import { nearMiss, nearMissOfStates } from '../../src/symmetry/almost.js';
import { nearMissOfCycles } from '../../src/symmetry/almost-cycles.js';
import { cheapestSets } from '../../src/symmetry/cheapest-sets.js';
import { certain, type ExactModel, type ExactRow, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';
import { bruteInstances } from './brute-instances.js';

const LIMIT = 100_000;

describe('the least change', () => {
  it('of edges is that of trying all, by definition, in deterministic models', () => {
    let changed = 0;
    fc.assert(
      fc.property(randomModel({ minStates: 3, maxStates: 3, maxActions: 2, stochastic: false }), (model) => {
        const mdp = mdpOfRows(model);
        const [a, b] = model[0]!;
        if (a === undefined || b === undefined || a[0]![0] === b[0]![0]) return;
        const wanted = leastEdges(model, a, b);
        const found = nearMiss(mdp, 0, 'a0', mdp.actions[mdp.choicePtr[0]! + 1]!, LIMIT);
        if (wanted === null) return;
        if (wanted > 0) changed++;
        expect(found.complete).toBe(true);
        expect(found.cost).toBe(String(wanted));
        expect(found.changes).toHaveLength(wanted);
      }),
      { numRuns: 160, seed: 6 },
    );
    expect(changed).toBeGreaterThan(3);
  });

  it('of probabilities is their total variation', () => {
    // Two gambles over two outcomes each, 1/2 : 1/2 and 1/3 : 2/3: one sixth of the mass has to move.
    const model = [
      [certain(1), certain(2)],
      [weighted([3, 4], [1, 1])],
      [weighted([5, 6], [1, 2])],
      ...[3, 4, 5, 6].map((t) => [certain(t)]),
    ];
    const found = nearMiss(mdpOfRows(model), 0, 'a0', 'a1', LIMIT);
    expect(found).toMatchObject({ cost: '1/6', complete: true, theorems: ['6.9(1)', '6.9(2)'] });
    expect(found.changes).toHaveLength(1);
  });

  it('of two states is that of trying all, by definition', () => {
    let changed = 0;
    fc.assert(
      fc.property(randomModel({ minStates: 3, maxStates: 3, maxActions: 2, stochastic: false }), (model) => {
        if (bruteInstances(model).ofStates(0, 1).count > 0) return;
        const found = nearMissOfStates(mdpOfRows(model), 0, 1, LIMIT);
        // One edge is enough if and only if it is for some edge.
        const isOne = singleEdges(model).some((other) => bruteInstances(other).ofStates(0, 1).count > 0);
        if (isOne) changed++;
        expect(found.complete).toBe(true);
        expect(found.cost === '1').toBe(isOne);
      }),
      { numRuns: 60, seed: 8 },
    );
    expect(changed).toBeGreaterThan(3);
  });

  it('of 1-cycles is as many as are missing for another copy', () => {
    // From 0 three states can be reached that stay, and two that pass on; two of the three are avoided.
    const model = [
      [certain(1), certain(2), certain(3), certain(4)],
      [certain(1)],
      [certain(2)],
      [certain(3)],
      [certain(5)],
      [certain(1)],
    ];
    expect(nearMissOfCycles(mdpOfRows(model), 0, [1, 2])).toMatchObject({
      kind: 'oneCycles',
      copies: 1,
      cost: '1',
      theorems: ['D.12'],
      changes: ['add an action from s0 to itself'],
      complete: true,
    });
    // Another copy of {1} beside {2} and {3} is the third.
    expect(nearMissOfCycles(mdpOfRows(model), 0, [1])).toMatchObject({ copies: 3, cost: '1' });
    expect(nearMissOfCycles(mdpOfRows([[certain(0)]]), 0, [0])).toMatchObject({ cost: null, copies: null });
  });

  it('is none where the theorem applies, and is not claimed where the search was stopped', () => {
    const model = [[certain(1), certain(2)], [certain(1), certain(2)], [certain(2)]];
    expect(
      nearMiss(mdpOfRows([[certain(1), certain(2)], [certain(1)], [certain(2)]]), 0, 'a0', 'a1', 5),
    ).toMatchObject({
      cost: '0',
      changes: [],
      tried: 1,
    });
    expect(nearMiss(mdpOfRows(model), 0, 'a1', 'a0', 1)).toMatchObject({
      cost: null,
      tried: 1,
      complete: false,
    });
  });
});

describe('sets by cost', () => {
  it('come in order, each once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 7 }),
        fc.integer({ min: 0, max: 4 }),
        (list, most) => {
          const costs = list.sort((a, b) => a - b);
          const sets = [...cheapestSets(costs, most)];
          const sums = sets.map((set) => set.reduce((sum, i) => sum + costs[i]!, 0));
          expect(sums).toEqual(sums.toSorted((a, b) => a - b));
          const all = 2 ** costs.length;
          const wanted = Array.from({ length: all }, (_, bits) =>
            costs.flatMap((_c, i) => ((bits >> i) & 1 ? [i] : [])),
          );
          const few = wanted.filter((set) => set.length <= most).map((set) => set.join());
          expect(sets.map((set) => set.join()).sort()).toEqual(few.sort());
        },
      ),
    );
  });
});

/** The least number of edges, up to 2, whose change lets 6.9 hold: every model that is so near, by all policies and involutions. */
function leastEdges(model: ExactModel, a: ExactRow, b: ExactRow): number | null {
  let level: ExactModel[] = [model];
  for (let edges = 0; edges <= 2; edges++) {
    if (level.some((candidate) => holds(candidate, a, b))) return edges;
    const next = new Map<string, ExactModel>();
    for (const candidate of level)
      for (const changed of neighbours(candidate, a, b)) next.set(textOf(changed), changed);
    level = [...next.values()];
  }
  return null;
}

function* neighbours(model: ExactModel, a: ExactRow, b: ExactRow): Generator<ExactModel> {
  const is = (row: ExactRow, t: number): boolean => row[0]![0] === t;
  for (const [s, rows] of model.entries()) {
    for (let t = 0; t < model.length; t++) {
      const without = rows.filter((row) => !is(row, t));
      if (without.length === rows.length) yield model.with(s, [...rows, certain(t)]);
      else if (without.length > 0 && !(s === 0 && (is(a, t) || is(b, t)))) yield model.with(s, without);
    }
  }
}

function holds(model: ExactModel, a: ExactRow, b: ExactRow): boolean {
  const at = (wanted: ExactRow): number => model[0]!.findIndex((row) => row[0]![0] === wanted[0]![0]);
  const { count, part1, part2 } = bruteInstances(model).ofActions(0, at(a), at(b));
  return count > 0 && (part1 || part2);
}

function textOf(model: ExactModel): string {
  return model
    .map((rows) =>
      rows
        .map((row) => row.map(([t, p]) => `${t}:${rationalText(p)}`).join())
        .sort()
        .join('|'),
    )
    .join(';');
}

/** The model with one edge more or less. */
function singleEdges(model: ExactModel): ExactModel[] {
  return model.flatMap((actions, s) => [
    ...model.flatMap((_, t) =>
      actions.some((row) => row[0]![0] === t) ? [] : [model.with(s, [...actions, certain(t)])],
    ),
    ...(actions.length > 1 ? actions.map((_, a) => model.with(s, actions.toSpliced(a, 1))) : []),
  ]);
}
