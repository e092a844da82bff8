import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rationalText } from '../../src/number/rational.js';
import { automorphismGroup } from '../../src/symmetry/automorphism-group.js';
import { compose, isAutomorphism } from '../../src/symmetry/permutation.js';
import { sized } from '../full-size.js';
import { bruteAutomorphisms, permutations } from '../oracles/brute-automorphisms.js';
import { certain, type ExactModel, mdpOfRows, weighted } from '../oracles/exact-model.js';
import { randomModel } from '../oracles/random-models.js';
import {
  binaryTree,
  copies,
  deterministicMdp,
  disjointUnion,
  gridGraph,
  renamed,
  ring,
  starGraph,
  twistedGraph,
  undirected,
} from './structured-models.js';

// Oracle of every property: tests/oracles/brute-automorphisms, which tries all permutations.

/** Random models with symmetry in them: copies of a piece, with or without a hub, states renamed at random. */
const symmetricModel: fc.Arbitrary<ExactModel> = fc
  .tuple(
    randomModel({ maxStates: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom('none' as const, 'choices' as const, 'chance' as const),
    randomModel({ maxStates: 2 }),
    fc.boolean(),
  )
  .map(([piece, count, hub, other, withOther]) => {
    const most = Math.floor((hub === 'none' ? 6 : 5) / piece.length);
    const joined = copies(piece, Math.min(count, most), hub);
    return withOther && joined.length + other.length <= 6 ? union(joined, other) : joined;
  })
  .chain((model) =>
    fc
      .shuffledSubarray([...model.keys()], { minLength: model.length, maxLength: model.length })
      .map((names) => renamed(model, names)),
  );

function union(a: ExactModel, b: ExactModel): ExactModel {
  return [...a, ...b.map((actions) => actions.map((row) => row.map(([t, p]) => [t + a.length, p] as const)))];
}

function isConnected(model: ExactModel): boolean {
  const joined = new Set([0]);
  for (let size = 0; size < joined.size; ) {
    size = joined.size;
    model.forEach((actions, s) => {
      for (const [t] of actions.flat()) if (joined.has(s) || joined.has(t)) joined.add(s).add(t);
    });
  }
  return joined.size === model.length;
}

/** The least text of the model over all names of its states: equal for isomorphic models and no others. */
function canonicalForm(model: ExactModel): string {
  const text = (named: ExactModel): string =>
    JSON.stringify(
      named.map((actions) =>
        [...new Set(actions.map((row) => row.map(([t, p]) => `${t}:${rationalText(p)}`).join()))].sort(),
      ),
    );
  return permutations(model.length)
    .map((names) => text(renamed(model, names)))
    .sort()[0]!;
}

/** All products of the generators. */
function generated(generators: readonly Int32Array[], size: number): Set<string> {
  const first = Int32Array.from({ length: size }, (_, s) => s);
  const found = new Set([String(first)]);
  const waiting: Int32Array[] = [first];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const generator of generators) {
      const product = compose(generator, next);
      if (found.has(String(product))) continue;
      found.add(String(product));
      waiting.push(product);
    }
  }
  return found;
}

function expectWholeGroup(model: ExactModel): void {
  const group = automorphismGroup(mdpOfRows(model));
  const all = bruteAutomorphisms(model);
  expect(group.complete).toBe(true);
  expect(group.order).toBe(BigInt(all.length));
  expect(generated(group.generators, model.length)).toEqual(new Set(all.map(String)));
  const smallest = model.map((_, s) => Math.min(...all.map((phi) => phi[s]!)));
  expect([...group.orbits]).toEqual(smallest);
}

describe('automorphismGroup against all permutations', () => {
  it('finds the group of random models', () => {
    fc.assert(fc.property(randomModel({ maxStates: 6, maxActions: 2 }), expectWholeGroup), {
      seed: 1,
      numRuns: sized(150, 400),
    });
  });

  it('finds the group of random deterministic models', () => {
    const model = randomModel({ maxStates: 6, maxActions: 3, stochastic: false });
    fc.assert(fc.property(model, expectWholeGroup), { seed: 2, numRuns: sized(150, 400) });
  });

  it('finds the group of models with repeated structure', () => {
    fc.assert(fc.property(symmetricModel, expectWholeGroup), { seed: 3, numRuns: sized(300, 1000) });
  });

  it('finds the group of models with 7 states', () => {
    const model = fc.oneof(
      randomModel({ minStates: 7, maxStates: 7, maxActions: 1 }),
      randomModel({ minStates: 7, maxStates: 7, maxActions: 2, stochastic: false }),
      randomModel({ minStates: 2, maxStates: 2 }).map((piece) => copies(piece, 3, 'chance')),
      randomModel({ minStates: 3, maxStates: 3 }).map((piece) => copies(piece, 2, 'choices')),
    );
    fc.assert(fc.property(model, expectWholeGroup), { seed: 4, numRuns: sized(40, 80) });
  });

  it('finds the group where there are too many probabilities for sums that tell all', () => {
    const piece = fc
      .array(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 3 }), {
        minLength: 9,
        maxLength: 9,
      })
      .map(
        (rows): ExactModel =>
          [0, 3, 6].map((at) => rows.slice(at, at + 3).map((w) => weighted([0, 1, 2], w))),
      );
    const property = fc.property(piece, (rows) => expectWholeGroup(copies(rows, 2, 'none')));
    fc.assert(property, { seed: 8, numRuns: sized(30, 60) });
  });

  it('restricted to classes finds the automorphisms that keep them', () => {
    const property = fc.property(
      symmetricModel,
      fc.array(fc.nat({ max: 1 }), { minLength: 6 }),
      (model, classes) => {
        const stateClass = Int32Array.from(model, (_, s) => classes[s] ?? 0);
        const group = automorphismGroup(mdpOfRows(model), { stateClass });
        const kept = bruteAutomorphisms(model).filter((phi) =>
          phi.every((t, s) => stateClass[s] === stateClass[t]),
        );
        expect(generated(group.generators, model.length)).toEqual(new Set(kept.map(String)));
        expect(group.order).toBe(BigInt(kept.length));
      },
    );
    fc.assert(property, { seed: 5, numRuns: sized(120, 300) });
  });

  it('is the wreath product for copies of connected pieces', () => {
    // Oracle: brute force on each piece; pieces of one isomorphism class are exchanged freely, others not at all.
    const pieces = fc.array(
      fc.tuple(randomModel({ maxStates: 4, maxActions: 2 }), fc.integer({ min: 1, max: 4 })),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    const property = fc.property(pieces, (drawn) => {
      const connected = drawn.filter(([piece]) => isConnected(piece));
      fc.pre(connected.length > 0);
      const multiplicity = new Map<string, { piece: ExactModel; count: number }>();
      for (const [piece, count] of connected) {
        const form = canonicalForm(piece);
        multiplicity.set(form, { piece, count: count + (multiplicity.get(form)?.count ?? 0) });
      }
      let order = 1n;
      for (const { piece, count } of multiplicity.values()) {
        order *= BigInt(bruteAutomorphisms(piece).length) ** BigInt(count) * factorial(count);
      }
      const model = connected.map(([piece, count]) => copies(piece, count, 'none')).reduce(union);
      expect(automorphismGroup(mdpOfRows(model))).toMatchObject({ order, complete: true });
    });
    fc.assert(property, { seed: 9, numRuns: sized(150, 400) });
  });

  it('does not depend on the names of the states', () => {
    const property = fc.property(symmetricModel, fc.nat(), (model, choice) => {
      const names = permutations(model.length);
      const other = renamed(model, names[choice % names.length]!);
      expect(automorphismGroup(mdpOfRows(other)).order).toBe(automorphismGroup(mdpOfRows(model)).order);
    });
    fc.assert(property, { seed: 6, numRuns: sized(80, 200) });
  });
});

function factorial(n: number): bigint {
  let product = 1n;
  for (let i = 2n; i <= BigInt(n); i++) product *= i;
  return product;
}

describe('automorphismGroup of known graphs', () => {
  // Orders from the literature on these graphs; the expression is the derivation.
  const bit = (a: number, b: number): boolean => Number.isInteger(Math.log2(a ^ b));
  const rook = undirected(16, (a, b) => Math.floor(a / 4) === Math.floor(b / 4) || a % 4 === b % 4);
  const shrikhandeSteps = new Set(['0,1', '0,3', '1,0', '3,0', '1,1', '3,3']);
  const shrikhande = undirected(16, (a, b) =>
    shrikhandeSteps.has(`${(Math.floor(a / 4) - Math.floor(b / 4) + 4) % 4},${((a % 4) - (b % 4) + 4) % 4}`),
  );
  const squares = (p: number): Set<number> =>
    new Set(Array.from({ length: p - 1 }, (_, i) => (i + 1) ** 2 % p));
  const paley = (p: number): number[][] => undirected(p, (a, b) => squares(p).has((a - b + p) % p));
  const pairs = Array.from({ length: 5 }, (_, a) => Array.from({ length: a }, (_, b) => [a, b])).flat();
  const petersen = undirected(10, (a, b) => pairs[a]!.every((x) => !pairs[b]!.includes(x)));
  const complete = (n: number): number[][] =>
    Array.from({ length: n }, () => Array.from({ length: n }, (_, t) => t));
  const triangle = undirected(3, () => true);
  const square = undirected(4, (a, b) => (a - b) % 2 !== 0);

  const cases: [string, number[][], bigint][] = [
    ['a star of 1000 leaves', starGraph(1000), factorial(1000)],
    ['the complete graph of 60', complete(60), factorial(60)],
    ['the empty grid of 30 × 30', gridGraph(Array.from({ length: 30 }, () => '.'.repeat(30))), 8n],
    [
      'a 7 × 7 grid with walls',
      gridGraph(['.......', '.##.#..', '.......', '.#.....', '.......', '..###..', '.......']),
      1n,
    ],
    [
      'a symmetric 7 × 7 grid',
      gridGraph(['.......', '.##.##.', '.#...#.', '.......', '.#...#.', '.##.##.', '.......']),
      8n,
    ],
    ['the binary tree of depth 10', binaryTree(10), 2n ** 1023n],
    ['the hypercube of dimension 8', undirected(256, bit), 2n ** 8n * factorial(8)],
    ['the Petersen graph', petersen, 120n],
    ["the rook's graph", rook, 2n * 24n * 24n],
    ['the Shrikhande graph', shrikhande, 192n],
    [
      'both of them, twice each',
      disjointUnion([rook, shrikhande, rook, shrikhande]),
      1152n ** 2n * 2n * 192n ** 2n * 2n,
    ],
    ['the Paley graph of 61', paley(61), 61n * 30n],
    ['the Paley graph of 101', paley(101), 101n * 50n],
    ['a ring of 500', ring(500), 500n],
    ['40 rings of 7', disjointUnion(Array.from({ length: 40 }, () => ring(7))), 7n ** 40n * factorial(40)],
    [
      '30 trees of depth 3',
      disjointUnion(Array.from({ length: 30 }, () => binaryTree(3))),
      (2n ** 7n) ** 30n * factorial(30),
    ],
    [
      '12 triangles and 9 squares',
      disjointUnion([...Array(12).fill(triangle), ...Array(9).fill(square)]),
      6n ** 12n * factorial(12) * 8n ** 9n * factorial(9),
    ],
  ];
  for (const [name, graph, order] of cases) {
    it(`${name}`, () => {
      const mdp = deterministicMdp(graph);
      const group = automorphismGroup(mdp);
      expect(group.complete).toBe(true);
      expect(group.order).toBe(order);
      expect(group.generators.every((generator) => isAutomorphism(mdp, generator))).toBe(true);
    });
  }

  it('the point-line graphs of projective planes', () => {
    // |PGL(3, q)| = (q³−1)(q³−q)(q³−q²)/(q−1) collineations for prime q, twice that with the dualities.
    for (const q of [3, 7, 11]) {
      const scalars = Array.from({ length: q }, (_, x) => x);
      const points = [
        ...scalars.flatMap((a) => scalars.map((b) => [1, a, b] as const)),
        ...scalars.map((b) => [0, 1, b] as const),
        [0, 0, 1] as const,
      ];
      const n = points.length;
      const plane = undirected(2 * n, (x, y) => {
        if (x >= n || y < n) return false;
        const [p, l] = [points[x]!, points[y - n]!];
        return (p[0] * l[0] + p[1] * l[1] + p[2] * l[2]) % q === 0;
      });
      const order = (2 * (q ** 3 - 1) * (q ** 3 - q) * (q ** 3 - q ** 2)) / (q - 1);
      expect(automorphismGroup(deterministicMdp(plane))).toMatchObject({
        order: BigInt(order),
        complete: true,
      });
    }
  });

  it('tells graphs apart that colour refinement does not', () => {
    // Cai, Fürer & Immerman (1992), Combinatorica 12: a twisted graph is not isomorphic to the untwisted one, but looks so.
    const [plain, twisted] = [false, true].map((twist) => twistedGraph(petersen, twist));
    const orderOf = (...graphs: number[][][]): bigint =>
      automorphismGroup(deterministicMdp(disjointUnion(graphs))).order;
    const [a, b] = [orderOf(plain!), orderOf(twisted!)];
    expect(orderOf(plain!, plain!)).toBe(2n * a * a);
    expect(orderOf(twisted!, twisted!)).toBe(2n * b * b);
    expect(orderOf(plain!, twisted!)).toBe(a * b);
  });

  it('reports a hub and its interchangeable leaves by two generators', () => {
    const group = automorphismGroup(deterministicMdp(starGraph(5)));
    expect(group.generators.map((g) => [...g])).toEqual([
      [0, 2, 1, 3, 4, 5],
      [0, 2, 3, 4, 5, 1],
    ]);
    expect([...group.orbits]).toEqual([0, 1, 1, 1, 1, 1]);
  });

  it('finds a large sparse random model rigid', () => {
    let seed = 1;
    const next = (): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed >>> 8;
    };
    const graph = Array.from({ length: 2000 }, () => [
      ...new Set(Array.from({ length: 5 }, () => next() % 2000)),
    ]);
    expect(automorphismGroup(deterministicMdp(graph))).toMatchObject({
      order: 1n,
      generators: [],
      complete: true,
    });
  });

  it('says so when the budget ends the search, and what it then gives is true all the same', () => {
    const mdp = deterministicMdp(undirected(256, bit));
    const whole = automorphismGroup(mdp).order;
    const orders = new Set<bigint>();
    for (let budget = 1, complete = false; !complete; budget *= 1.2) {
      const group = automorphismGroup(mdp, { budget });
      complete = group.complete;
      expect(whole % group.order).toBe(0n);
      expect(group.order === whole).toBe(complete);
      expect(group.generators.every((generator) => isAutomorphism(mdp, generator))).toBe(true);
      orders.add(group.order);
    }
    expect(orders.size).toBeGreaterThan(5);
  });

  it('counts one state alone', () => {
    expect(automorphismGroup(mdpOfRows([[certain(0), certain(0)]])).order).toBe(1n);
  });
});
