import { describe, expect, it } from 'vitest';
import { bandOrder } from '../../src/solve/band-order.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { numbers, slipperyGrid, sparseModel } from './models.js';

/** The model with its states renamed by a random permutation. */
function shuffled(model: ExactModel, seed: number): ExactModel {
  const next = numbers(seed);
  const name = model.map((_, s) => s);
  for (let i = name.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [name[i], name[j]] = [name[j]!, name[i]!];
  }
  const result: ExactModel[number][] = [];
  model.forEach((actions, s) => {
    result[name[s]!] = actions.map((row) =>
      row.map(([t, p]) => [name[t]!, p] as const).sort(([a], [b]) => a - b),
    );
  });
  return result;
}

describe('bandOrder', () => {
  it('finds the narrow side of a grid under shuffled names', () => {
    // Breadth-first layers of a 5×20 grid are diagonals of at most 5 states, so neighbours are at most 10 apart.
    const { position, bandwidth } = bandOrder(mdpOfRows(shuffled(slipperyGrid(5, 20), 2)));
    expect([...position].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(bandwidth).toBeLessThanOrEqual(10);
  });

  it('numbers every state once where parts are not connected, and tells the true bandwidth', () => {
    const part = sparseModel(6, 4);
    const moved = part.map((actions) => actions.map((row) => row.map(([t, p]) => [t + 6, p] as const)));
    const model = [...part, ...moved];
    const { position, bandwidth } = bandOrder(mdpOfRows(model));
    expect(new Set(position).size).toBe(12);
    const distances = model.flatMap((actions, s) =>
      actions.flatMap((row) => row.map(([t]) => Math.abs(position[s]! - position[t]!))),
    );
    expect(bandwidth).toBe(Math.max(...distances));
  });
});
