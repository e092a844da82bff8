// Oracles: transitive closure by repeated products of relations, and end components by trying every set of states.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stronglyConnectedComponents } from '../../src/mdp/components.js';
import { maximalEndComponents } from '../../src/mdp/end-components.js';
import { oneCycles, reachableFrom, terminalStates } from '../../src/mdp/graph.js';
import type { Mdp } from '../../src/mdp/model.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';

/** closure[s][t]: t can be reached from s in zero or more steps, by Warshall's three loops. */
function transitiveClosure(model: ExactModel): boolean[][] {
  const reach = model.map((actions, s) =>
    model.map((_, t) => s === t || actions.some((row) => leadsTo(row, t))),
  );
  for (const k of model.keys()) {
    for (const row of reach) {
      for (const t of model.keys()) row[t] ||= row[k]! && reach[k]![t]!;
    }
  }
  return reach;
}

function leadsTo(row: ExactModel[number][number], t: number): boolean {
  return row.some(([successor]) => successor === t);
}

/** The maximal end components as sets of states, from the definition: all subsets, inclusion-maximal ones. */
function endComponentsByDefinition(model: ExactModel): number[][] {
  const found: number[] = [];
  for (let set = 1; set < 2 ** model.length; set++) {
    const members = model.map((_, s) => s).filter((s) => (set >> s) & 1);
    const staying = members.map((s) => model[s]!.filter((row) => row.every(([t]) => (set >> t) & 1)));
    const within = members.map((_, i) =>
      staying[i]!.map((row) => row.map(([t, p]) => [members.indexOf(t), p] as const)),
    );
    const connected = transitiveClosure(within).every((row) => row.every(Boolean));
    if (connected && staying.every((rows) => rows.length > 0)) found.push(set);
  }
  return found
    .filter((set) => !found.some((other) => other !== set && (other & set) === set))
    .map((set) => model.map((_, s) => s).filter((s) => (set >> s) & 1))
    .sort((a, b) => a[0]! - b[0]!);
}

const anyModel = randomModel({ maxStates: 6 });

describe('reachableFrom', () => {
  it('is the transitive closure', () => {
    const property = fc.property(anyModel, (model) => {
      const mdp = mdpOfRows(model);
      transitiveClosure(model).forEach((row, s) => {
        expect([...reachableFrom(mdp, [s])]).toEqual(row.map(Number));
      });
    });
    fc.assert(property, { seed: 11, numRuns: 300 });
  });

  it('of several sources is the union, of none is empty', () => {
    const mdp = mdpOfRows([[certain(1)], [certain(1)], [certain(2)], [certain(3)]]);
    expect([...reachableFrom(mdp, [0, 2])]).toEqual([1, 1, 1, 0]);
    expect([...reachableFrom(mdp, [])]).toEqual([0, 0, 0, 0]);
  });
});

describe('stronglyConnectedComponents', () => {
  it('joins exactly the states that reach each other, later ones first', () => {
    const property = fc.property(anyModel, (model) => {
      const { count, component, closed } = stronglyConnectedComponents(mdpOfRows(model));
      const reach = transitiveClosure(model);
      expect(new Set(component).size).toBe(count);
      for (const s of model.keys()) {
        for (const t of model.keys()) {
          expect(component[s] === component[t]).toBe(reach[s]![t]! && reach[t]![s]!);
          if (reach[s]![t]) expect(component[t]).toBeLessThanOrEqual(component[s]!);
        }
        const left = reach[s]!.some((yes, t) => yes && component[t] !== component[s]);
        expect(closed[component[s]!]).toBe(left ? 0 : 1);
      }
    });
    fc.assert(property, { seed: 12, numRuns: 300 });
  });
});

describe('maximalEndComponents', () => {
  it('are the maximal sets in which a policy can stay and go everywhere', () => {
    const property = fc.property(randomModel({ maxStates: 5 }), (model) => {
      const mdp = mdpOfRows(model);
      const { count, component, inside } = maximalEndComponents(mdp);
      const wanted = endComponentsByDefinition(model);
      expect(count).toBe(wanted.length);
      for (const s of model.keys()) expect(component[s]).toBe(wanted.findIndex((set) => set.includes(s)));
      const choices = model.flatMap((actions, s) => actions.map((row) => ({ s, row })));
      choices.forEach(({ s, row }, c) => {
        const stays = component[s]! >= 0 && row.every(([t]) => component[t] === component[s]);
        expect(inside[c]).toBe(stays ? 1 : 0);
      });
    });
    fc.assert(property, { seed: 13, numRuns: 500 });
  });

  it('lose what a removed state leads to, down a long cascade', () => {
    // Each state of the ring may fall into the sink: no end component but the sink, though the union graph is one ring.
    const size = 50;
    const ring: ExactModel = Array.from({ length: size }, (_, s) => [
      weighted([(s + 1) % size, size], [1, 1]),
    ]);
    const { count, component } = maximalEndComponents(mdpOfRows([...ring, [certain(size)]]));
    expect(count).toBe(1);
    expect(component[size]).toBe(0);
    expect(component.slice(0, size).every((x) => x === -1)).toBe(true);
  });
});

describe('1-cycles and terminal states', () => {
  it('are told apart by their definitions', () => {
    const mdp = mdpOfRows([
      [certain(0), certain(1)],
      [certain(1), certain(1)],
      [weighted([2, 1], [1, 1])],
      [certain(2)],
    ]);
    expect(oneCycles(mdp)).toEqual([0, 1]);
    expect(terminalStates(mdp)).toEqual([1]);
  });
});

describe('a path of a million states', () => {
  const size = 1_000_000;
  const path: Mdp = {
    ...mdpOfRows([[certain(0)]]),
    stateCount: size,
    choiceCount: size,
    transitionCount: size,
    choicePtr: Int32Array.from({ length: size + 1 }, (_, i) => i),
    rowPtr: Int32Array.from({ length: size + 1 }, (_, i) => i),
    successor: Int32Array.from({ length: size }, (_, s) => Math.min(s + 1, size - 1)),
  };

  it('does not exhaust the stack', () => {
    const { count, component, closed } = stronglyConnectedComponents(path);
    expect([count, component[0], component[size - 1]]).toEqual([size, size - 1, 0]);
    expect(closed.reduce((sum, x) => sum + x, 0)).toBe(1);
    expect(reachableFrom(path, [0]).every((x) => x === 1)).toBe(true);
    const ends = maximalEndComponents(path);
    expect([ends.count, ends.component[size - 1], ends.component[0]]).toEqual([1, 0, -1]);
  });
});
