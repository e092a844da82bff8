// Oracles: the numbers of Joe & Kuo's table and the first points of their program, as published (web.maths.unsw.edu.au/
// ~fkuo/sobol, new-joe-kuo-6 and its example of ten points in three dimensions); the definition of a net; exact moments.
import { describe, expect, it } from 'vitest';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { Purpose, philoxKey } from '../../src/rewards/philox.js';
import { type Points, pointFiller } from '../../src/rewards/points.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { directionNumbers, SOBOL_DIMENSIONS } from '../../src/rewards/sobol/direction-numbers.js';
import { sobolFiller } from '../../src/rewards/sobol/scrambled-points.js';
import { zForFamily } from '../tolerance.js';

/** m_1, m_2, … of a dimension: direction number k is m_k/2^k. */
const oddNumbers = (dimension: number, digits: number): number[] =>
  Array.from(directionNumbers(dimension, digits), (number, k) => number / 2 ** (31 - k));

describe('direction numbers', () => {
  it.each([
    [1, [1]],
    [2, [1, 3]],
    [3, [1, 3, 1]],
    [5, [1, 1, 3, 3]],
    [8, [1, 1, 5, 5, 5]],
    [9, [1, 1, 7, 11, 19]],
    [SOBOL_DIMENSIONS - 1, [1, 1, 3, 15, 9, 7, 25, 25, 357, 247, 477, 421, 7679, 5987, 30079]],
  ])('of dimension %i + 1 begin with those of the table', (dimension, odd) => {
    expect(oddNumbers(dimension, odd.length)).toEqual(odd);
  });

  it('are odd multiples of their power of two', () => {
    for (let dimension = 0; dimension < SOBOL_DIMENSIONS; dimension += 89) {
      oddNumbers(dimension, 32).forEach((odd, k) => {
        expect(odd % 2, `${dimension}, ${k}`).toBe(1);
        expect(odd).toBeLessThan(2 ** (k + 1));
      });
    }
  });

  it('give the published points in the order of the Gray code', () => {
    const points = Array.from({ length: 10 }, (_, i) =>
      [0, 1, 2].map((dimension) => {
        const gray = i ^ (i >>> 1);
        const numbers = directionNumbers(dimension, 4);
        return numbers.reduce((x, v, k) => (((gray >>> k) & 1) === 1 ? x ^ v : x), 0) / 2 ** 32;
      }),
    ).map((point) => point.map((x) => (x < 0 ? x + 1 : x)));
    expect(points).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ]);
  });
});

describe('randomised sets', () => {
  const log2Size = 6;
  const size = 2 ** log2Size;
  const fill = sobolFiller(philoxKey(7n), Purpose.scramble, log2Size);
  const coordinate = (dimension: number, set: number): Float64Array => {
    const out = new Float64Array(size);
    fill(dimension, set * size, out);
    return out;
  };
  const cells = (x: Float64Array, parts: number): number[] => Array.from(x, (u) => Math.floor(u * parts));

  it('have one point in each part of every coordinate', () => {
    for (const dimension of [0, 1, 2, 100, 2047]) {
      for (const set of [0, 1, 5]) {
        expect(new Set(cells(coordinate(dimension, set), size)).size).toBe(size);
      }
    }
  });

  it('stay (0, 6, 2)-nets in the first two dimensions', () => {
    for (const set of [0, 3]) {
      for (let bits = 0; bits <= log2Size; bits++) {
        const [a, b] = [cells(coordinate(0, set), 2 ** bits), cells(coordinate(1, set), size / 2 ** bits)];
        expect(new Set(a.map((cell, i) => `${cell} ${b[i]}`)).size).toBe(size);
      }
    }
  });

  it('pair the coordinates of two blocks as in a random order', () => {
    // Over a set, the first digits of two coordinates agree everywhere, nowhere, or at half of the points: they are linear in
    // the index, plus a constant. Two linear functions drawn from the 2^6 − 1 that are not zero are the same one in 1/63.
    const sets = 200;
    const blocks = 32;
    let same = 0;
    for (let block = 0; block < blocks; block += 2) {
      for (let set = 0; set < sets; set++) {
        const [x, y] = [64 * block + block, 64 * (block + 1) + 5].map((d) => cells(coordinate(d, set), 2));
        const agreeing = x!.filter((digit, i) => digit === y![i]).length;
        expect([0, size / 2, size]).toContain(agreeing);
        if (agreeing !== size / 2) same++;
      }
    }
    const trials = (sets * blocks) / 2;
    const chance = 1 / (size - 1);
    const deviation = zForFamily(1) * Math.sqrt(trials * chance * (1 - chance));
    expect(Math.abs(same - trials * chance)).toBeLessThanOrEqual(deviation);
  });

  it('do not depend on how they are asked for, and differ from each other', () => {
    const whole = new Float64Array(3 * size);
    fill(4, 0, whole);
    const part = new Float64Array(50);
    sobolFiller(philoxKey(7n), Purpose.scramble, log2Size)(4, 40, part);
    expect([...part]).toEqual([...whole.subarray(40, 90)]);
    expect(new Set(whole).size).toBe(3 * size);
    const other = new Float64Array(size);
    sobolFiller(philoxKey(8n), Purpose.scramble, log2Size)(4, 0, other);
    expect([...other]).not.toEqual([...whole.subarray(0, size)]);
  });

  it('are uniform point by point: moments of the same point over many sets', () => {
    const sets = 2000;
    const moments = [1 / 2, 1 / 3, 1 / 4];
    for (const index of [0, 1, 37]) {
      const draws = Array.from({ length: sets }, (_, set) => {
        const out = new Float64Array(1);
        fill(3, set * size + index, out);
        return out[0]!;
      });
      moments.forEach((mean, i) => {
        const found = draws.reduce((sum, u) => sum + u ** (i + 1), 0) / sets;
        const variance = 1 / (2 * (i + 1) + 1) - mean ** 2;
        expect(Math.abs(found - mean)).toBeLessThanOrEqual(zForFamily(9) * Math.sqrt(variance / sets));
      });
    }
  });
});

describe('points of rewards', () => {
  const points: Points = { kind: 'sobol', stream: 'samples', log2Size: 3 };

  it('leave dimensions out for rewards that are not random, and fall back beyond the table', () => {
    const count = SOBOL_DIMENSIONS + 3;
    const isRandom = Array.from({ length: count }, (_, c) => c !== 1);
    const values = new Float64Array(count * 8).fill(-1);
    pointFiller(points, philoxKey(1n), isRandom)(0, 8, values);
    const column = (c: number): number[] => [...values.subarray(c * 8, (c + 1) * 8)];
    expect(column(1)).toEqual(new Array(8).fill(-1));
    const expected = new Float64Array(8);
    sobolFiller(philoxKey(1n), Purpose.scramble, 3)(1, 0, expected);
    expect(column(2)).toEqual([...expected]);
    expect(new Set(column(SOBOL_DIMENSIONS).map((u) => Math.floor(8 * u))).size).toBe(8);
    const independent = new Float64Array(count * 8);
    pointFiller({ kind: 'random', stream: 'samples' }, philoxKey(1n), isRandom)(0, 8, independent);
    expect(column(count - 1)).toEqual([...independent.subarray((count - 1) * 8)]);
  });

  it('give streams that share no point', () => {
    const mdp = { states: ['a', 'b'], stateCount: 2 };
    const spec = parseReward('uniform(0,1)', mdp.states);
    const all = [
      { kind: 'random', stream: 'samples' },
      { kind: 'random', stream: 'pilot' },
      { kind: 'random', stream: 'check' },
      points,
      { ...points, stream: 'pilot' },
    ] as const;
    const seen = all.flatMap((kind) => {
      const values = new Float64Array(32);
      rewardSource(spec, mdp, 1n, kind).fill(0, 16, values);
      return [...values];
    });
    expect(new Set(seen).size).toBe(all.length * 32);
  });
});
