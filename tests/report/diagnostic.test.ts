import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless, UserError } from '../../src/errors.js';
import { parseModel } from '../../src/mdp/parse.js';
import { renderDiagnostic } from '../../src/report/diagnostic.js';
import { sized } from '../full-size.js';

/** The rendered refusal of a model text. */
function refusal(text: string): string {
  try {
    parseModel(text, { source: 'model.json' });
  } catch (error) {
    if (error instanceof UserError) return renderDiagnostic(error.diagnostic);
    throw error;
  }
  throw new Error('was accepted');
}

describe('renderDiagnostic', () => {
  it('shows place, line, caret, found, wanted and what to do', () => {
    const text = [
      '{',
      '  "states": ["a", "b"],',
      '  "transitions": {',
      '    "a": { "go": { "a": 0.5, "b": 0.499999 } }',
      '  },',
      '  "terminal": ["b"]',
      '}',
    ].join('\n');
    expect(refusal(text)).toBe(
      [
        'error[E_ROW_SUM] model.json:4:12 (/transitions/a/go): the probabilities of this row sum to 0.999999',
        '  4 |     "a": { "go": { "a": 0.5, "b": 0.499999 } }',
        '    |            ^',
        '  found: 0.999999   wanted: exactly 1 (within 1e-12)',
        '  help: write fractions such as "1/3", or let --normalize-rows divide every row by its sum (the result records it)',
      ].join('\n'),
    );
  });

  it('shows of a long line what is around the caret', () => {
    const padding = ' '.repeat(500);
    const shown = refusal(`{"states":["a"],${padding}"transitions":{"a":{"go":{"A":1}}}${padding}}`);
    const [, line, caret] = shown.split('\n');
    expect(line!.length).toBeLessThanOrEqual(100);
    expect(line![caret!.indexOf('^')]).toBe('"');
    expect(line!.slice(caret!.indexOf('^'))).toMatch(/^"A":1/);
  });

  it('points at the right character behind tabs and escaped characters', () => {
    const [, line, caret] = refusal('{"states":["a"],\t"name":"\u202e", "bad":1}').split('\n');
    expect(line!.slice(caret!.indexOf('^'))).toMatch(/^"bad"/);
    expect(line).toContain('\\u{202e}');
  });

  // Unicode's general category Cf has members that are not default ignorable, and the other way round.
  it.each([0x600, 0x6dd, 0xfff9, 0xfffb, 0x110bd, 0x202e, 0x200b, 0xe0041, 0x3164, 0x1b, 0x2028])(
    'writes character %i, which acts or cannot be seen, as its number',
    (code) => {
      expect(harmless(`a${String.fromCodePoint(code)}b`)).toBe(`a\\u{${code.toString(16)}}b`);
    },
  );

  it('calls codes that begin with W warnings, and needs no place', () => {
    expect(renderDiagnostic({ code: 'W_X', message: 'a note' })).toBe('warning[W_X]: a note');
  });

  it('is harmless and at most 2 kB whatever the parts are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3000 });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        text,
        text,
        fc.nat(3000),
        (message, found, hint, source, line, column) => {
          const place = { source, line: 1, column: column + 1, pointer: `/${found}`, sourceLine: line };
          const shown = renderDiagnostic({ code: 'E_X', message, place, found, wanted: message, hint });
          expect(new TextEncoder().encode(shown).length).toBeLessThanOrEqual(2000);
          expect(shown).not.toMatch(
            /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/,
          );
          expect(shown.split('\n').length).toBeLessThanOrEqual(6);
        },
      ),
      { seed: 4, numRuns: sized(100, 1000) },
    );
  });
});
