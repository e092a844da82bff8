// LaTeX as text; latex-compile.test.ts holds it against a compiler.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberCell, numberColumn } from '../../src/report/writers/latex-cell.js';
import { latexTable } from '../../src/report/writers/latex-table.js';
import { latexComment, latexText } from '../../src/report/writers/latex-text.js';

describe('numbers in LaTeX', () => {
  const estimate = { value: 0.6669, low: 0.66641, high: 0.66739 };
  it('have their uncertainty in brackets or after ±', () => {
    expect(numberCell(estimate, 'bracket')).toBe('0.66690(49)');
    expect(numberCell(estimate, 'pm')).toBe('{$0.66690 \\pm 0.00049$}');
    expect(numberCell({ value: 12345, low: 12225, high: 12465 }, 'bracket')).toBe('12350(130)');
    expect(numberCell({ value: 5e-9, low: 4.9e-9, high: 5.1e-9 }, 'bracket')).toMatch(/^5\.\d+\(\d+\)e-9$/);
  });

  it('are fractions where they are exact, and limits where they are lopsided', () => {
    expect(numberCell({ value: 0.5, low: 0.5, high: 0.5, exact: '1/2' }, 'bracket')).toBe('{$1/2$}');
    expect(numberCell({ value: 0.25, low: 0.25, high: 0.25 }, 'bracket')).toBe('0.25');
    expect(numberCell({ value: 0.3, low: 0.06, high: 0.66 }, 'bracket')).toBe('{$0.30\\;{[}0.06, 0.66{]}$}');
    expect(numberCell({ value: 3, low: null, high: null }, 'bracket')).toBe('{3.0000 (no interval)}');
    expect(numberCell(14796, 'bracket')).toBe('{14{,}796}');
  });

  it('stand in a column that has room for all of them', () => {
    expect(numberColumn(['0.7456(26)', '-12.5(1)', '{$1/2$}', '3.1(2)e-9'])).toBe(
      'S[table-format = -2.4(2)e-1]',
    );
  });
});

describe('text in LaTeX', () => {
  it('has a command for every sign that LaTeX reads as something else', () => {
    expect(latexText('100% of $x & #2~{^}\\')).toBe(
      '100\\% of \\$x \\& \\#2\\textasciitilde{}\\{\\textasciicircum{}\\}\\textbackslash{}',
    );
  });

  it('sets symbols and indices in math', () => {
    expect(latexText('★')).toBe('$\\bigstar$');
    expect(latexText('ℓ_◁ and r_↗')).toBe('$\\ell_{\\triangleleft}$ and $r_{\\nearrow}$');
    expect(latexText('s_12')).toBe('$s_{12}$');
    expect(latexText('dead_end')).toBe('dead\\_end');
    expect(latexText('x_left')).toBe('x\\_left');
  });

  it('has accents as commands, and prints the code point of what it does not know', () => {
    expect(latexText('café Zürich')).toBe('caf\\\'{e} Z\\"{u}rich');
    expect(latexText('cafe\u0301')).toBe("caf\\'{e}");
    expect(latexText('界🤖')).toBe('\\texttt{U+754C}\\texttt{U+1F916}');
  });

  it('is ASCII, with its braces and dollars in pairs, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const latex = latexText(text);
        expect(latex).toMatch(/^[ -~]*$/);
        const unescaped = latex.replace(/\\[^A-Za-z]/g, '');
        expect(unescaped.replace(/[^$]/g, '').length % 2).toBe(0);
        let depth = 0;
        for (const brace of unescaped.replace(/[^{}]/g, '')) {
          depth += brace === '{' ? 1 : -1;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
        expect(unescaped).not.toMatch(/[&#%~]/);
        expect(unescaped.replace(/\$[^$]*\$/g, '')).not.toMatch(/[_^]/);
      }),
    );
  });

  it('cannot leave a comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(latexComment(text)).toMatch(/^% [^\r\n\f\v\u0085\u2028\u2029]*$/u);
      }),
    );
  });
});

describe('tables in LaTeX', () => {
  const table = (rows: number, numbers: number) => ({
    title: 'POWER',
    columns: [
      { header: 'state', align: 'left' as const },
      ...Array.from({ length: numbers }, (_, i) => ({ header: `γ = 0.${i}`, align: 'right' as const })),
    ],
    rows: Array.from({ length: rows }, (_, s) => [
      `s${s}`,
      ...Array.from({ length: numbers }, () => ({ value: 0.5, low: 0.49, high: 0.51 })),
    ]),
    notes: [],
  });
  const options = { uncertainty: 'bracket', label: 'x' } as const;

  it('go on over pages where they are long', () => {
    expect(latexTable(table(40, 1), options)).toContain('\\begin{table}');
    expect(latexTable(table(41, 1), options)).toContain('\\begin{longtable}');
  });

  it('are parted where they are wide, with the states in each part and labels of their own', () => {
    const text = latexTable(table(2, 9), options);
    expect(text.match(/\\begin\{table\}/g)).toHaveLength(3);
    expect(text.match(/^ {2}s0 &/gm)).toHaveLength(3);
    expect(text.match(/\\label\{[^}]*\}/g)).toEqual([
      '\\label{tab:x}',
      '\\label{tab:x-2}',
      '\\label{tab:x-3}',
    ]);
    for (let i = 0; i < 9; i++) expect(text.split(`= 0.${i}`)).toHaveLength(2);
  });
});
