import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { gridLines, gridsThatFit } from '../../src/report/grid.js';
import { displayWidth, pad, shorten, wrap } from '../../src/report/layout.js';
import type { Table } from '../../src/report/table.js';

const words = fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 20 });

describe('layout', () => {
  it('knows the width of what a terminal shows', () => {
    expect(displayWidth('★ ℓ_◁')).toBe(5);
    expect(displayWidth('世界')).toBe(4);
    expect(displayWidth('\u001b[1mx\u001b[22m')).toBe(1);
  });

  it('counts plain text as the package does that knows Unicode', () => {
    for (let code = 0x20; code < 0x400; code++) {
      const text = `a${String.fromCodePoint(code)}b`;
      expect(displayWidth(text), text).toBe(stringWidth(text));
    }
  });

  it('fills to a width on either side', () => {
    expect(pad('★', 3, 'left')).toBe('★  ');
    expect(pad('世', 3, 'right')).toBe(' 世');
    expect(pad('long', 2, 'left')).toBe('long');
  });

  it('wraps to a width and loses no word', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 40 }), (list, width) => {
        const text = list.join(' ');
        const lines = wrap(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('shortens in the middle, and only what is too long', () => {
    expect(shorten('abcdefghij', 5)).toBe('ab…ij');
    expect(shorten('abcde', 5)).toBe('abcde');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(displayWidth(shorten(text, width))).toBeLessThanOrEqual(Math.max(width, 1));
      }),
    );
  });
});

describe('a table on a terminal', () => {
  const table = (states: readonly string[], gammas: number): Table => ({
    title: 'POWER',
    columns: [
      { header: 'state', align: 'left' },
      ...Array.from({ length: gammas }, (_, k) => ({ header: `γ = 0.${k + 1}`, align: 'right' }) as const),
    ],
    rows: states.map((state) => [state, ...Array.from({ length: gammas }, () => '0.6667 ± 0.0012')]),
    notes: [],
  });

  it('goes on in further parts, each with the key column, and no value is lost', () => {
    const { grids, shortened } = gridsThatFit(table(['★', 'ℓ_◁'], 9), 80);
    expect(grids.map(({ columns }) => columns.length)).toEqual([4, 4, 4]);
    expect(grids.flatMap(({ columns }) => columns.slice(1).map(({ header }) => header))).toHaveLength(9);
    expect(shortened).toBe(false);
  });

  it('fits any width from 30 on, whatever the names are', () => {
    const names = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 30, max: 120 }),
        (states, gammas, width) => {
          for (const grid of gridsThatFit(table(states, gammas), width).grids) {
            for (const line of gridLines(grid)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });

  it('says when names are shortened', () => {
    expect(gridsThatFit(table(['x'.repeat(100)], 1), 80).shortened).toBe(true);
  });
});
