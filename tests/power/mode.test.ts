import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyModes, mergeModes, modesOfBlock } from '../../src/power/mode.js';

/** One state's samples in blocks; the values 0, 1, 2 are exact. */
function modeOf(blocks: readonly (readonly number[])[]): { value: number; count: number } {
  const modes = emptyModes(1);
  for (const block of blocks) {
    mergeModes(modes, modesOfBlock(Float64Array.from(block), new Float64Array(block.length)));
  }
  return { value: modes.value[0]!, count: modes.count[0]! };
}

describe('the mode of POWER samples', () => {
  const samples = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 30 });

  it('of one block is the value of more than half of the samples, with its exact count', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const counts = [0, 1, 2].map((value) => values.filter((other) => other === value).length);
        const majority = counts.findIndex((count) => 2 * count > values.length);
        const mode = modeOf([values]);
        if (majority >= 0) expect(mode).toEqual({ value: majority, count: counts[majority] });
        else expect(mode.count).toBe(counts[mode.value]);
      }),
    );
  });

  it('of many blocks never counts more samples than have the value', () => {
    fc.assert(
      fc.property(fc.array(samples, { minLength: 1, maxLength: 6 }), (blocks) => {
        const mode = modeOf(blocks);
        expect(mode.count).toBeLessThanOrEqual(blocks.flat().filter((value) => value === mode.value).length);
      }),
    );
  });

  it('of blocks that all have the same majority counts it exactly', () => {
    expect(modeOf([[1, 1, 0], [1], [2, 1, 1, 1]])).toEqual({ value: 1, count: 6 });
  });

  it('takes samples as equal when their bounds overlap', () => {
    const modes = modesOfBlock(Float64Array.of(1, 1.25, 3), Float64Array.of(0.125, 0.125, 0.125));
    expect(modes.count[0]).toBe(2);
  });
});
