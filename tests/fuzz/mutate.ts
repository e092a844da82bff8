/**
 * Byte mutations in the manner of coverage-guided fuzzers, drawn from a seeded generator so that a run can be repeated.
 */

/** A 32-bit generator (Marsaglia 2003, xorshift32). */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** What readers of texts stumble over. */
const TOKENS: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '"',
    "'",
    ',',
    ':',
    '\\',
    '/',
    '+',
    '-',
    '*',
    '^',
    '@',
    '<',
    '=',
    '!',
    '|',
    '~',
    '%',
  ],
  ...[
    '0',
    '-0',
    '1',
    '1/3',
    '1e308',
    '1e-400',
    '1e999999999',
    '9'.repeat(400),
    '0.1',
    '1/0',
    '2/3',
    'NaN',
    'Infinity',
  ],
  ...[
    'null',
    'true',
    '{}',
    '[]',
    '""',
    '__proto__',
    'constructor',
    'toString',
    '\\u0000',
    '\\ud800',
    '\u202e',
  ],
  ...[
    '\u0000',
    '\u001b[31m',
    '\ufeff',
    '\u2028',
    'é',
    '💥',
    '\t',
    '\n',
    '\r\n',
    '  ',
    '---\n',
    '&a ',
    '*a ',
    '!t ',
    '- ',
  ],
  ...[
    'uniform(0, 1)',
    'normal(0, 1)',
    'quantile(u)',
    'discrete(1:1/2, 2:1/2)',
    'point(0)',
    'pareto(1, 2)',
    'exp(',
    'u',
  ],
  ...[
    'POWER(',
    'P(',
    'STRICT(',
    '>=',
    '"states"',
    '"transitions"',
    '"orbit"',
    '"features"',
    '"functions"',
    '"weight"',
  ],
  ...[
    '0:1:0.1',
    ',,',
    'import(',
    'random()',
    '((((((((',
    '))))))))',
    '[[[[[[[[',
    '{"a":'.repeat(40),
    '-'.repeat(60),
  ],
];
const NUMBERS = [0, 1, -1, 2, 127, 255, 256, 32767, 65536, 2 ** 31 - 1, -(2 ** 31), 2 ** 32 - 1];

/** One to six changes of an input; sometimes a piece of another one. */
export function mutate(input: Uint8Array, other: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = Buffer.from(input);
  for (let change = 1 + random(6); change > 0; change--) {
    const at = random(bytes.length + 1);
    const length = 1 + random(random(4) === 0 ? 64 : 4);
    const splice = (removed: number, inserted: Uint8Array): void => {
      bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
    };
    switch (random(9)) {
      case 0:
        if (at < bytes.length) bytes[at]! ^= 1 << random(8);
        break;
      case 1:
        if (at < bytes.length) bytes[at] = random(256);
        break;
      case 2:
        splice(length, Buffer.alloc(0));
        break;
      case 3:
        splice(0, bytes.subarray(at, at + length));
        break;
      case 4:
        splice(0, Buffer.from(TOKENS[random(TOKENS.length)]!));
        break;
      case 5:
        splice(length, Buffer.from(TOKENS[random(TOKENS.length)]!));
        break;
      case 6: {
        const from = random(other.length + 1);
        splice(length, other.subarray(from, from + 1 + random(80)));
        break;
      }
      case 7:
        if (at + 8 <= bytes.length) bytes.writeInt32LE(NUMBERS[random(NUMBERS.length)]! | 0, at & ~3);
        break;
      default:
        bytes = bytes.subarray(0, random(8) === 0 ? at : bytes.length);
    }
    if (bytes.length > 20_000) bytes = bytes.subarray(0, 20_000);
  }
  return bytes;
}
