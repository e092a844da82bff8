import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { UserError } from '../../src/errors.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { renderDiagnostic } from '../../src/report/diagnostic.js';
import { sized } from '../full-size.js';

/** A model as a test knows it: for every state its actions, each with integer weights of its successors. */
interface Known {
  readonly states: readonly string[];
  readonly rows: readonly (readonly Row[])[];
  readonly start: number;
}

interface Row {
  readonly action: string;
  /** successor and weight, in any order; weights of 0 are no edges */
  readonly weights: readonly (readonly [number, number])[];
}

const oddNames = [
  '10',
  '2',
  '__proto__',
  'constructor',
  'toString',
  'no',
  'yes',
  '~',
  'null',
  'true',
  '1.0',
  '010',
  '0x10',
  '.5',
  '1e3',
  'a|b',
  'a b',
  '#',
  'a # b',
  ': ',
  'a: b',
  '-',
  '- a',
  '{',
  '[a]',
  '"',
  "'",
  '&a',
  '*a',
  '!t',
  '%',
  '@',
  '`',
  '?',
  '>',
  '|',
  'é',
  '日本',
  '🎲',
  'a,b',
  '=1+1',
  '<b>',
  '\\',
  '\\n',
  '/',
  '~1',
  '---',
  '...',
].filter((name) => name.trim() === name);
const name = fc.oneof(fc.constantFrom(...oddNames), fc.stringMatching(/^[a-zA-Z_][\w-]{0,8}$/));

const known: fc.Arbitrary<Known> = fc.uniqueArray(name, { minLength: 1, maxLength: 6 }).chain((states) => {
  const state = fc.nat(states.length - 1);
  const weights = fc
    .uniqueArray(fc.tuple(state, fc.nat(9)), { minLength: 1, maxLength: states.length, selector: ([s]) => s })
    .filter((row) => row.some(([, weight]) => weight > 0));
  const row = fc.record({ action: name, weights });
  const actions = fc.uniqueArray(row, { minLength: 1, maxLength: 4, selector: ({ action }) => action });
  const rows = fc.array(actions, { minLength: states.length, maxLength: states.length });
  return fc.record({ states: fc.constant(states), rows, start: state });
});

/** The model file as nested maps, which keep every key and its place. */
function fileOf({ states, rows, start }: Known): Map<string, unknown> {
  const distribution = ({ weights }: Row): unknown => {
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    return new Map(
      weights.map(([s, weight]) => [
        states[s],
        weight === total ? 1 : weight === 0 ? 0 : `${weight}/${total}`,
      ]),
    );
  };
  return new Map<string, unknown>([
    ['states', states],
    ['start', states[start]],
    [
      'transitions',
      new Map(
        states.map((state, s) => [state, new Map(rows[s]!.map((row) => [row.action, distribution(row)]))]),
      ),
    ],
  ]);
}

function jsonText(value: unknown): string {
  if (value instanceof Map) {
    return `{${[...value].map(([key, each]) => `${JSON.stringify(key)}: ${jsonText(each)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** What two readings of one model have in common. */
function essence(mdp: Mdp): unknown {
  const { sha256: _, notes, ...rest } = mdp;
  return { ...rest, notes: notes.map(({ code, message }) => ({ code, message })) };
}

describe('a random model', () => {
  it('is read as it was meant', () => {
    fc.assert(
      fc.property(known, (model) => {
        const mdp = parseModel(jsonText(fileOf(model)));
        expect(mdp.states).toEqual(model.states);
        expect(mdp.start).toBe(model.start);
        expect(mdp.actions).toEqual(model.rows.flat().map(({ action }) => action));
        model.rows.flat().forEach(({ weights }, c) => {
          const edges = weights.filter(([, weight]) => weight > 0).sort(([a], [b]) => a - b);
          const total = edges.reduce((sum, [, weight]) => sum + weight, 0);
          expect([...mdp.successor.subarray(mdp.rowPtr[c], mdp.rowPtr[c + 1])]).toEqual(
            edges.map(([s]) => s),
          );
          edges.forEach(([, weight], i) => {
            const k = mdp.rowPtr[c]! + i;
            const exact = mdp.exact.values[mdp.exact.index[k]!]!;
            expect(exact.n * BigInt(total)).toBe(exact.d * BigInt(weight));
            expect(mdp.probability[k]).toBe(weight / total);
          });
        });
        let c = 0;
        for (const rows of model.rows) {
          const keys = rows.map(({ weights }) => {
            const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
            return model.states.map((_, s) => (weights.find(([t]) => t === s)?.[1] ?? 0) / total).join();
          });
          keys.forEach((key, i) => {
            expect(mdp.choiceClass[c + i]).toBe(c + keys.indexOf(key));
          });
          c += rows.length;
        }
      }),
      { seed: 8, numRuns: sized(150, 300) },
    );
  });

  it('is the same model in JSON and in YAML', () => {
    fc.assert(
      fc.property(known, (model) => {
        const file = fileOf(model);
        const json = parseModel(jsonText(file));
        for (const options of [
          {},
          { collectionStyle: 'flow' },
          { defaultStringType: 'QUOTE_SINGLE' },
        ] as const) {
          const yaml = parseModel(stringify(file, { ...options, aliasDuplicateObjects: false }), {
            format: 'yaml',
          });
          expect(essence(yaml)).toEqual(essence(json));
        }
      }),
      { seed: 9, numRuns: sized(50, 200) },
    );
  });
});

describe('a changed character', () => {
  const json = `{"mdpower": 1, "name": "é", "states": ["a", "b"], "start": "a",
 "transitions": {"a": {"go": "b", "try": {"a": 0.25, "b": "3/4"}}}, "terminal": ["b"],
 "labels": {"end": ["b"]}, "layout": {"a": [0, 1.5]}, "reward": {"default": "uniform(0, 1)"}}`;
  const yaml = `mdpower: 1
name: demo
states: [a, b]
transitions:
  a:
    go: b
    try: {a: 0.25, b: 3/4}
terminal:
  - b
labels: {end: [b]}
reward: |
  uniform(0, 1)
`;
  const character = fc.oneof(
    fc.constantFrom(
      ...'{}[]:,"\'\\/ \n\t\r0123456789+-.eE&*!|>%@`?#~_ab\u0000\u001b\u202e\ud800\ufeff'.split(''),
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );

  it.each([
    ['json', json, sized(1000, 10_000)],
    ['yaml', yaml, sized(300, 3000)],
  ] as const)(
    'of a %s model gives a model or a located refusal, always the same',
    (format, text, numRuns) => {
      const outcome = (changed: string): string => {
        try {
          const mdp = parseModel(changed, { format, source: 'm' });
          return `${mdp.states} ${mdp.actions} ${mdp.probability}`;
        } catch (error) {
          if (!(error instanceof UserError) || error.exitCode !== 3) throw error;
          return renderDiagnostic(error.diagnostic);
        }
      };
      fc.assert(
        fc.property(fc.nat(text.length), fc.nat(3), character, (at, removed, inserted) => {
          const changed = text.slice(0, at) + inserted + text.slice(at + removed);
          expect(outcome(changed)).toBe(outcome(changed));
        }),
        { seed: 10, numRuns },
      );
    },
  );

  it('of the bytes of a model gives a model or a refusal', () => {
    const bytes = Buffer.from(json);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        try {
          parseModel(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { seed: 11, numRuns: sized(1000, 10_000) },
    );
  });
});
