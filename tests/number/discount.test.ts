import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { limitOf, parseDiscount, parseDiscountList } from '../../src/number/discount.js';
import { rationalText } from '../../src/number/rational.js';

/** The refusal of a call. Fails if there is none. */
function refused(call: () => unknown): UserError {
  try {
    call();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseDiscount', () => {
  it.each([
    ['0.9', '9/10', 0.9, 0.1],
    ['2/3', '2/3', 2 / 3, 1 / 3],
    ['1e-6', '1/1000000', 1e-6, 0.999999],
    ['0.999999', '999999/1000000', 0.999999, 1e-6],
    ['0.999999999999', '999999999999/1000000000000', 0.999999999999, 1e-12],
    [' 0.5 ', '1/2', 0.5, 0.5],
    ['1/10', '1/10', 0.1, 0.9],
  ])('reads %s exactly', (text, exact, gamma, oneMinusGamma) => {
    const discount = parseDiscount(text);
    expect(rationalText(discount.exact)).toBe(exact);
    expect(discount).toMatchObject({ text: text.trim(), gamma, oneMinusGamma });
  });

  it.each(['0', '1', '0.0', '1.000', '0/5', '3/3', '1e0', '-0'])('reads the limit %s', (text) => {
    const discount = parseDiscount(text);
    expect(discount.oneMinusGamma).toBe(1 - discount.gamma);
    expect(limitOf(discount)).toBe(Math.abs(Number(discount.exact.valueOf())));
  });

  it.each([
    '',
    ' ',
    'NaN',
    'Infinity',
    '0,9',
    '0x0.8',
    '.5',
    '5.',
    '1.0000001',
    '-0.5',
    '90%',
    '1/0',
    '0.5.5',
    '1e',
    'e-1',
    '0.9abc',
    '0.9 0.5',
    '１/２',
    '0b1',
    '1_0',
    '1e-400',
    '0.99999999999999999999',
    `0.${'3'.repeat(3000)}`,
    '1e-99999999999',
    '1e99999999999',
    '\u001b[31m0.9',
  ])('refuses %j as a usage error', (text) => {
    const error = refused(() => parseDiscount(text));
    expect(error.exitCode).toBe(2);
    expect(error.diagnostic.place?.source).toBe('--gamma');
    expect(error.diagnostic.found!.length).toBeLessThan(80);
    expect(error.diagnostic.found).not.toMatch(/[\u0000-\u001f]/);
  });

  it('points a decimal comma out', () => {
    expect(refused(() => parseDiscount('0,9')).diagnostic.hint).toBe('write "0.9", with a point');
    expect(refused(() => parseDiscountList('0,9')).diagnostic.hint).toMatch(/with a point/);
    expect(refused(() => parseDiscountList('0,9')).exitCode).toBe(2);
  });
});

describe('parseDiscountList', () => {
  const texts = (list: string): string[] => parseDiscountList(list).map(({ text }) => text);

  it('reads lists and exact ranges with both ends', () => {
    expect(texts('0.5,0.9')).toEqual(['0.5', '0.9']);
    expect(texts('0.1:0.9:0.1')).toEqual(['0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9']);
    expect(texts('1/3:2/3:1/6, 0.95')).toEqual(['1/3', '0.5', '2/3', '0.95']);
    expect(texts('0.1:0.35:0.1')).toEqual(['0.1', '0.2', '0.3']);
    expect(texts('0.5:0.5:0.1')).toEqual(['0.5']);
    expect(texts('0:1:0.5,0.9')).toEqual(['0', '0.5', '1', '0.9']);
  });

  it('lists a value once, as first written', () => {
    expect(texts('0.5,1/2,0.50,0.3:0.7:0.2')).toEqual(['0.5', '0.3', '0.7']);
  });

  it.each([
    '',
    ',',
    '0.5,',
    ',0.5',
    '0.5,,0.9',
    '0.5;0.9',
    '0.9:0.1:0.1',
    '0.1:0.9:0',
    '0.1:0.9:-0.1',
    '0.1:0.9',
    '0.1:0.2:0.3:0.4',
    '0.1:0.9:1e-9',
  ])('refuses %j as a usage error', (text) => {
    expect(refused(() => parseDiscountList(text)).exitCode).toBe(2);
  });
});
