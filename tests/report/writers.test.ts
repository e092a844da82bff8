import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultDocument } from '../../src/report/document.js';
import { ROWS_OF_PIECE } from '../../src/report/rows.js';
import { delimitedPieces } from '../../src/report/writers/delimited.js';
import { jsonPieces } from '../../src/report/writers/json.js';
import { markdownText } from '../../src/report/writers/markdown.js';
import { terminalText } from '../../src/report/writers/terminal.js';
import { parseDelimited } from './parse-delimited.js';

/** All pieces of the text. */
const delimitedText = (...[rows, delimiter]: Parameters<typeof delimitedPieces>): string =>
  [...delimitedPieces(rows, delimiter)].join('');
const cell = (text: string): string => parseDelimited(delimitedText([{ state: text }], ','), ',')[1]![0]!;

describe('CSV and TSV', () => {
  it('make text of what a spreadsheet would run', () => {
    for (const text of ['=1+1', '+1', '-1', '@x', ' =1', '\u00a0=1', '＝1', '\tx'])
      expect(cell(text)).toBe(`'${text}`);
    expect(cell('x;=cmd')).toBe("x;'=cmd");
  });

  it('leave all other texts as they are', () => {
    for (const text of ['a', 'a=b', '★', "o'clock", 'a,b', 'say "x"', 'uniform(-1, 1)'])
      expect(cell(text)).toBe(text);
  });

  it('leave numbers numbers, with all digits', () => {
    expect(delimitedText([{ power: -0.1234567890123456, exact: null }], ',')).toBe(
      'power,exact\n-0.1234567890123456,\n',
    );
  });

  it('are read back as they were written, whatever the separator', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((value) => !/(^|[;\t\r\n])\s*[=+\-@＝＋－＠]|(^|[;\t\r\n])[\t\r]/.test(value));
    for (const delimiter of [',', '\t'] as const) {
      fc.assert(
        fc.property(
          fc.array(fc.record({ a: text, b: fc.double({ noNaN: true }) }), { minLength: 1 }),
          (rows) => {
            const [header, ...cells] = parseDelimited(delimitedText(rows, delimiter), delimiter);
            expect(header).toEqual(['a', 'b']);
            expect(cells).toEqual(rows.map(({ a, b }) => [a, String(b)]));
          },
        ),
      );
    }
  });

  it('come in pieces with one header', () => {
    const rows = Array.from({ length: 2 * ROWS_OF_PIECE + 1 }, (_, n) => ({ n }));
    const pieces = [...delimitedPieces(rows, ',')];
    expect(pieces).toHaveLength(3);
    expect(pieces.join('')).toBe(`n\n${rows.map(({ n }) => `${n}\n`).join('')}`);
  });

  it('have the fields of all rows as columns', () => {
    expect(
      delimitedText(
        [
          { row: 'a', x: 1 },
          { row: 'b', y: 2 },
        ],
        '\t',
      ),
    ).toBe('row\tx\ty\na\t1\t\nb\t\t2\n');
  });
});

describe('Markdown', () => {
  const shown = (name: string): string =>
    markdownText([
      {
        kind: 'table',
        table: { title: '', columns: [{ header: 'state', align: 'left' }], rows: [[name]], notes: [] },
      },
    ])
      .split('\n')[4]!
      .slice(2, -2);

  it('keeps names from being markup', () => {
    expect(shown('a|b')).toBe('a\\|b');
    expect(shown('[x](javascript:1)')).toBe('\\[x\\](javascript:1)');
    expect(shown('<script>&')).toBe('&lt;script&gt;&amp;');
    expect(shown('r_▷ *x* `y` ~z~ \\')).toBe('r\\_▷ \\*x\\* \\`y\\` \\~z\\~ \\\\');
    expect(shown('https://a.example')).toBe('https\\://a.example');
    expect(shown('www.a.example')).toBe('www\\.a.example');
    expect(shown('a@b.example')).toBe('a\\@b.example');
    expect(shown('# x')).toBe('\\# x');
    expect(shown('1. x')).toBe('1\\. x');
  });

  it('has as many cells in every line, whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(shown(name).replace(/\\./g, '')).not.toContain('|');
        expect(shown(name)).not.toMatch(/[<>\n\r]/);
      }),
    );
  });
});

describe('the terminal', () => {
  it('shows the first thousand rows of a long table and says how many it leaves out', () => {
    const rows = Array.from({ length: 1234 }, (_, i) => [`s${i}`]);
    const table = { title: 'T', columns: [{ header: 'state', align: 'left' as const }], rows, notes: [] };
    const text = terminalText([{ kind: 'table', table }], { width: 80, color: false });
    expect(text).toContain('s999\n');
    expect(text).not.toContain('s1000');
    expect(text).toContain('234 more rows are not shown here');
    expect(markdownText([{ kind: 'table', table }])).toContain('| s1233 |');
  });

  it('gets no control characters from names', () => {
    const text = terminalText(
      [
        { kind: 'heading', text: 'a\u001b[31mb' },
        { kind: 'facts', entries: [['model', 'x\u202ey']] },
        { kind: 'list', title: 'Notes', items: ['\u0007'] },
      ],
      { width: 80, color: false },
    );
    expect(text).toContain('a\\u{1b}[31mb');
    expect(text).toContain('x\\u{202e}y');
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });

  it('is coloured only if that is asked for', () => {
    const blocks = [{ kind: 'heading', text: 'x' }] as const;
    expect(terminalText(blocks, { width: 80, color: true })).toBe('\u001b[1mx\u001b[22m\n');
    expect(terminalText(blocks, { width: 80, color: false })).toBe('x\n');
  });
});

describe('JSON', () => {
  it.each([0, 1, ROWS_OF_PIECE, ROWS_OF_PIECE + 1, 2 * ROWS_OF_PIECE])(
    'in pieces is the document, of %i rows',
    (count) => {
      const power = Array.from({ length: count }, (_, i) => ({ state: `"${i}"`, exact: null }));
      const document = { mdpower: '1', power, optimality: undefined, notes: [], complete: true };
      const pieces = [...jsonPieces(document as unknown as ResultDocument)];
      expect(pieces.join('') === `${JSON.stringify(document, null, 2)}\n`).toBe(true);
      if (count === 2 * ROWS_OF_PIECE) {
        const longest = Math.max(...pieces.map(({ length }) => length));
        expect(longest).toBeLessThan(0.6 * pieces.join('').length);
      }
    },
  );
});
