// The grammar of assertions: every form it takes against the sum it means, every mistake against its place.
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { rationalText } from '../../../src/number/rational.js';
import { parseAssertion } from '../../../src/power/assertion/parse-assertion.js';
import type { WrittenSum } from '../../../src/power/assertion/syntax.js';

const parse = (text: string) => parseAssertion({ text, source: '--assert' });

/** `1/2 + 2·POWER(a) @0.9`, the constant first. */
function shown({ constant, terms }: WrittenSum): string {
  const parts = terms.map(
    ({ coefficient, quantity, names, gamma }) =>
      `${rationalText(coefficient)} ${quantity} ${names.map(({ text }) => text).join('|')}${gamma ? ` @${gamma.text}` : ''}`,
  );
  return [rationalText(constant), ...parts].join(' + ');
}

const meant = (text: string): string[] => {
  const { claims, gamma } = parse(text);
  return [
    ...claims.map(({ left, comparison, right }) => `${shown(left)} ${comparison} ${shown(right)}`),
    ...(gamma ? [`@ ${gamma.text}`] : []),
  ];
};

describe('an assertion', () => {
  it.each<readonly [string, readonly string[]]>([
    ['POWER(r) > POWER(l)', ['0 + 1 power r > 0 + 1 power l']],
    ['P(start, left) >= 0.3', ['0 + 1 probability start|left >= 3/10']],
    ['STRICT(s,a)≤1/3', ['0 + 1 strict s|a <= 1/3']],
    ['POWER(s, 2/3) != POWER(s, 0.9)', ['0 + 1 power s @2/3 != 0 + 1 power s @0.9']],
    ['2*(POWER(a) - 3*POWER(b)/4) + 1 < -1', ['1 + 2 power a + -3/2 power b < -1']],
    ['-POWER(a) = 0 @ 1/2', ['0 + -1 power a = 0', '@ 1/2']],
    ['1 - P(s, a) == P(s, b)', ['1 + -1 probability s|a = 0 + 1 probability s|b']],
    ['POWER(a) > POWER(b) >= 1e-1', ['0 + 1 power a > 0 + 1 power b', '0 + 1 power b >= 1/10']],
    ['POWER(r_▷) > POWER(★)', ['0 + 1 power r_▷ > 0 + 1 power ★']],
    ["POWER(\"a, (b)\") > POWER('it\\'s')", ["0 + 1 power a, (b) > 0 + 1 power it's"]],
    ['P("0.9", 10) > 0', ['0 + 1 probability 0.9|10 > 0']],
    ['POWER(s-1) - POWER(s/2*x@1) > 0', ['0 + 1 power s-1 + -1 power s/2*x@1 > 0']],
    ['((POWER(a))) * (1/2) > 0', ['0 + 1/2 power a > 0']],
  ])('%s', (text, claims) => expect(meant(text)).toEqual(claims));

  it('keeps the text of each link of a chain', () => {
    const { claims } = parse(' POWER(a) >= POWER( b ) > 1/2 @ 0.9');
    expect(claims.map(({ text }) => text)).toEqual(['POWER(a) >= POWER( b )', 'POWER( b ) > 1/2']);
  });
});

describe('a mistake', () => {
  it.each<readonly [string, number, RegExp]>([
    ['', 1, /missing/],
    ['POWER(a)', 9, /missing/],
    ['POWER(a) >', 11, /missing/],
    ['POWER(a) > b', 12, /no quantity "b"/],
    ['power(a) > 1', 1, /no quantity "power"/],
    ['POWER a > 1', 7, /unexpected/],
    ['POWER() > 1', 7, /a name is missing/],
    ['POWER(a b) > 1', 9, /comma or a closing bracket/],
    ['POWER(a,b,c) > 1', 1, /does not take 3 names/],
    ['P(a) > 1', 1, /does not take 1 names/],
    ['POWER(a)*POWER(b) > 1', 10, /not linear/],
    ['1/POWER(b) > 1', 3, /not linear/],
    ['POWER(b)/(1-1) > 1', 10, /division by zero/],
    ['POWER("b) > 1', 7, /not closed/],
    ['POWER(b) > 1 and 2', 14, /unexpected/],
    ['POWER(b) > 1; 2', 13, /means nothing/],
    ['(POWER(b) > 1)', 11, /unexpected/],
    ['POWER(b) > 1 @ POWER(b)', 16, /not linear/],
    ['POWER(b) > 1e-99999', 12, /digits/],
    [`${'('.repeat(60)}1 > 0`, 51, /unexpected/],
    [`${'-'.repeat(3000)}1 > 0`, 1, /too long/],
  ])('%s', (text, column, message) => {
    const error = (() => {
      try {
        return parse(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(UserError);
    const { diagnostic, exitCode } = error as UserError;
    expect({ exitCode, code: diagnostic.code }).toEqual({ exitCode: 2, code: 'E_ASSERTION' });
    expect(diagnostic.place).toMatchObject({ source: '--assert', line: 1, column, sourceLine: text });
    expect(diagnostic.message).toMatch(message);
  });
});
