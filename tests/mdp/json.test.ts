import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { firstInvalidByte } from '../../src/mdp/decode.js';
import { parseDocument } from '../../src/mdp/document.js';
import { placeOf } from '../../src/mdp/locate.js';
import type { SyntaxNode } from '../../src/mdp/syntax.js';
import { refusal } from './refusal.js';

/** The value of a tree as JSON.parse would give it. */
function plain(node: SyntaxNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    case 'array':
      return node.items.map(plain);
    case 'string':
    case 'boolean':
      return node.value;
    case 'number':
      return Number(node.literal);
    case 'null':
      return null;
  }
}

const read = (text: string): SyntaxNode => parseDocument(text, 'x.json', 'json').root;

describe('JSON documents', () => {
  it('are read as JSON.parse reads them', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(plain(read(text))).toEqual(JSON.parse(text));
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  // Oracle: JSON.parse. What it refuses is refused; what it accepts is read alike, or refused for one of three reasons.
  it('are refused where JSON.parse refuses them, at any change of a character', () => {
    const text = '{"a":[1,-0.5e+3,true,false,null],"b\\u00e9\\n":{"c":"\\"x"},"d":[]} ';
    const character = fc.constantFrom(
      ...'{}[]:,"\'\\/ \n\t\r0123456789+-.eEtrufalsn\u0000\u001f\u2028xN#*'.split(''),
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(2), character, (at, removed, inserted) => {
        const changed = text.slice(0, at) + inserted + text.slice(at + removed);
        let expected: { value: unknown } | undefined;
        try {
          expected = { value: JSON.parse(changed) };
        } catch {}
        if (expected === undefined) {
          expect(refusal(() => read(changed)).code).toMatch(/^E_(JSON_SYNTAX|DUP_KEY)$/);
        } else {
          try {
            expect(plain(read(changed))).toEqual(expected.value);
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
            expect(error.diagnostic.code).toMatch(/^E_(DUP_KEY|ENCODING|LIMIT_DEPTH)$/);
          }
        }
      }),
      { seed: 6, numRuns: 5000 },
    );
  });

  it.each([
    ['[1,2', 'E_JSON_SYNTAX', '1:5'],
    ['[1,]', 'E_JSON_SYNTAX', '1:4'],
    ['{"a":1,\n "a":2}', 'E_DUP_KEY', '2:2'],
    ['{"a":1,"\\u0061":2}', 'E_DUP_KEY', '1:8'],
    ['["\\ud800"]', 'E_ENCODING', '1:2'],
    ['["a\\qb"]', 'E_JSON_SYNTAX', '1:4'],
    ['["a\tb"]', 'E_JSON_SYNTAX', '1:4'],
    ['["a\nb"]', 'E_JSON_SYNTAX', '1:2'],
    ['[01]', 'E_JSON_SYNTAX', '1:3'],
    ['[1.]', 'E_JSON_SYNTAX', '1:2'],
    ['[-]', 'E_JSON_SYNTAX', '1:2'],
    ["{'a':1}", 'E_JSON_SYNTAX', '1:2'],
    ['{a:1}', 'E_JSON_SYNTAX', '1:2'],
    ['/* */ 1', 'E_JSON_SYNTAX', '1:1'],
    ['1 /* x', 'E_JSON_SYNTAX', '1:3'],
    ['\r\n[\r\n1 2]', 'E_JSON_SYNTAX', '3:3'],
    ['\u00a01', 'E_JSON_SYNTAX', '1:1'],
    [`${'['.repeat(201)}${']'.repeat(201)}`, 'E_LIMIT_DEPTH', '1:201'],
    ['[".\ud800."]', 'E_ENCODING', 'undefined:undefined'],
  ])('%j is refused with %s at %s', (text, code, place) => {
    const diagnostic = refusal(() => read(text));
    expect(diagnostic.code).toBe(code);
    expect(`${diagnostic.place?.line}:${diagnostic.place?.column}`).toBe(place);
  });

  it('say where the first of two equal keys is', () => {
    const many = Array.from({ length: 20 }, (_, i) => `"k${i}":0`).join(',\n');
    expect(refusal(() => read(`{${many},"k3":1}`)).message).toMatch(/first is at 4:1$/);
    expect(refusal(() => read(`{${many},"k15":1}`)).message).toMatch(/first is at 16:1$/);
  });

  it('may be nested 200 deep', () => {
    expect(read(`${'['.repeat(200)}${']'.repeat(200)}`).kind).toBe('array');
  });

  it('know the place of every node', () => {
    const document = parseDocument('{"a/b":[10,\n {"~":true}]}', 'x.json', 'json');
    const outer = document.root.kind === 'object' ? document.root.entries[0]! : undefined;
    const inner = outer!.value.kind === 'array' ? outer!.value.items[1]! : undefined;
    const entry = inner!.kind === 'object' ? inner!.entries[0]! : undefined;
    expect(placeOf(document, document.root)).toMatchObject({ line: 1, column: 1, pointer: '' });
    expect(placeOf(document, outer!)).toMatchObject({ line: 1, column: 2, pointer: '/a~1b' });
    expect(placeOf(document, entry!)).toMatchObject({ line: 2, column: 3, pointer: '/a~1b/1/~0' });
    expect(placeOf(document, entry!.value)).toEqual({
      source: 'x.json',
      line: 2,
      column: 7,
      pointer: '/a~1b/1/~0',
      sourceLine: ' {"~":true}]}',
    });
  });
});

describe('UTF-8', () => {
  // Oracle: the decoder of the platform, asked about ever longer beginnings. A cut character is an error at its start.
  it('is refused at the first byte that is not part of a character', () => {
    const byte = fc.oneof(
      fc.nat(255),
      fc.constantFrom(0xc0, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x9f, 0xa0, 0xbf, 0x41),
    );
    const isText = (bytes: Uint8Array): boolean => {
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (list) => {
        const bytes = Uint8Array.from(list);
        const lengths = Array.from({ length: bytes.length + 1 }, (_, k) => k);
        expect(firstInvalidByte(bytes)).toBe(
          Math.max(...lengths.filter((k) => isText(bytes.subarray(0, k)))),
        );
      }),
      { seed: 7, numRuns: 5000 },
    );
  });

  it('is named with its byte, line and column', () => {
    const bytes = Uint8Array.from([...Buffer.from('[\n"é'), 0xff, 0x22, 0x5d]);
    expect(refusal(() => parseDocument(bytes, 'x', 'json'))).toMatchObject({
      code: 'E_ENCODING',
      message: expect.stringContaining('byte 5 '),
      place: { line: 2, column: 3 },
    });
  });

  it.each([
    [[0xff, 0xfe, 0x7b, 0x00], /UTF-16/],
    [[0x1f, 0x8b, 0x08, 0x00], /gzip/],
  ])('gets a hint for %j', (bytes, hint) => {
    expect(refusal(() => parseDocument(Uint8Array.from(bytes), 'x', 'json')).hint).toMatch(hint);
  });

  it('may begin with a byte order mark, which no place counts', () => {
    expect(refusal(() => read('\ufeff[1 2]')).place).toMatchObject({ line: 1, column: 4 });
  });
});

describe('size', () => {
  it('is limited', () => {
    expect(refusal(() => parseDocument(new Uint8Array(2 ** 28 + 1), 'x', 'json')).code).toBe('E_LIMIT_SIZE');
    expect(refusal(() => parseDocument(new Uint8Array(2 ** 24 + 1), 'x', 'yaml')).code).toBe('E_LIMIT_SIZE');
  });
});
