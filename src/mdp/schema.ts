import { z } from 'zod';
import { LONGEST_NAME } from './names.js';

const name = z
  .string()
  .min(1)
  .max(LONGEST_NAME)
  .regex(/^\S(.*\S)?$/u)
  .meta({
    id: 'name',
    description:
      'A name: at most 200 bytes of UTF-8, no white space at an end, no control, invisible or text-direction characters.',
  });

const probability = z
  .union([
    z.number().min(0).max(1),
    z.string().regex(/^[0-9]+(\.[0-9]+([eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+|\/[0-9]+)?$/),
  ])
  .meta({
    id: 'probability',
    description:
      'The written decimal or fraction is the exact value: 0.1 and "1/10" are the same, "1/3" is exactly a third.',
  });

const row = z.union([name, atLeastOne(z.record(name, probability))]).meta({
  id: 'row',
  description:
    'The successor of a deterministic action, or the probability of each successor; the probabilities sum to exactly 1.',
});

const stateList = z.array(name).meta({ uniqueItems: true });

const text = z.string().max(10_000);

const model = z
  .strictObject({
    $schema: text.optional().meta({ description: 'Where this schema is; ignored.' }),
    mdpower: z.literal(1).optional().meta({ description: 'Version of the format.', default: 1 }),
    name: name.optional().meta({ description: 'Short name, shown in tables.' }),
    description: text.optional().meta({ description: 'What the environment is.' }),
    source: text
      .optional()
      .meta({ description: 'Where the model comes from, such as a paper and a figure.' }),
    states: z.array(name).min(1).meta({
      description: 'All states; their order is that of every table.',
      uniqueItems: true,
    }),
    start: name.optional().meta({ description: 'The start state; by default the first.' }),
    transitions: z.record(name, atLeastOne(z.record(name, row))).meta({
      description:
        'State -> action -> successor, or successors with probabilities. Every state that is not terminal has a row.',
    }),
    terminal: stateList
      .optional()
      .meta({ description: 'States without a row: one action "stay", to themselves.', uniqueItems: true }),
    labels: z.record(name, stateList).optional().meta({ description: 'Label -> the states that have it.' }),
    layout: z
      .record(name, z.tuple([z.number(), z.number()]))
      .optional()
      .meta({ description: 'State -> position [x, y] in pictures, y pointing down.' }),
    reward: z
      .union([text, z.looseObject({})])
      .optional()
      .meta({ description: 'Distribution of the rewards, such as "uniform(0, 1)"; by default that.' }),
  })
  .meta({
    title: 'mdpower model, version 1',
    description: 'A finite Markov decision process without rewards.',
  });

/** A record with a key at least: zod has no such check, JSON Schema has. */
function atLeastOne<T extends z.ZodType>(record: T): T {
  return record.meta({ minProperties: 1 });
}

/**
 * The JSON Schema (draft 2020-12) of model files. It sees shapes, not meaning: that states are known, rows sum to 1 and
 * names differ is checked by `parseModel` alone, which accepts nothing that this schema refuses.
 */
export function modelSchema(): object {
  return z.toJSONSchema(model);
}
