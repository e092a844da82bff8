import { z } from 'zod';

const number = z.union([z.number(), z.string()]);
const name = z.string().min(1).max(200);
const text = z.string().max(10_000);

/** What an output of a sweep has: the rows of one kind from all cells. */
const rows = z.enum(['power', 'optimality']);

const experiment = z
  .strictObject({
    $schema: text.optional().meta({ description: 'Where this schema is; ignored.' }),
    experiment: z.literal(1).meta({ description: 'Version of the format.' }),
    name: name.optional().meta({ description: 'Short name, shown in tables; by default that of the file.' }),
    description: text.optional(),
    models: z
      .record(
        name,
        z.union([
          z.string().meta({ description: 'A model file, relative to the folder of the experiment.' }),
          z.looseObject({ generate: z.string() }).meta({
            description:
              'A kind of `mdpower generate` with its options, such as {"generate": "star", "leaves": 4}.',
          }),
        ]),
      )
      .meta({
        description: 'Name -> model. Every model is combined with every slip and every law.',
        minProperties: 1,
      }),
    rewards: z
      .record(name, z.union([z.string(), z.looseObject({})]))
      .optional()
      .meta({
        description:
          "Name -> law of the rewards, as --reward takes it; by default each model's own, else uniform(0, 1).",
        minProperties: 1,
      }),
    gamma: z
      .union([number, z.array(number).min(1)])
      .optional()
      .meta({ description: 'Discounts, as --gamma takes them.', default: '0.1,0.5,0.9,0.99' }),
    slip: z
      .union([number, z.array(number).min(1)])
      .optional()
      .meta({
        description:
          'Probabilities that the action is replaced by a uniformly drawn one of the state; by default the models as they are.',
      }),
    command: z
      .enum(['power', 'optimality', 'analyze'])
      .optional()
      .meta({ description: 'What is computed of every cell.', default: 'power' }),
    samples: number.optional().meta({ description: 'Reward functions of every cell.', default: 100_000 }),
    seed: number
      .optional()
      .meta({ description: 'The same for all cells, so that they share their random numbers.', default: 1 }),
    confidence: number.optional().meta({ default: 0.95 }),
    simultaneous: z.boolean().optional().meta({ default: false }),
    tolerance: number.optional(),
    method: z.enum(['auto', 'sampled', 'exact']).optional().meta({ default: 'auto' }),
    outputs: z.record(name, rows).optional().meta({
      description:
        'File in the result folder -> the rows it has, of all cells; the format is that of its extension: .csv, .tsv, .json, .jsonl, .md, .tex, .html, .txt.',
    }),
  })
  .meta({ title: 'mdpower experiment, version 1', description: 'A sweep over models, slips and laws.' });

/** The keys of an experiment file. */
export const EXPERIMENT_KEYS: readonly string[] = Object.keys(experiment.shape);

/** The JSON Schema (draft 2020-12) of experiment files. It sees shapes; that names and numbers mean something is checked later. */
export function experimentSchema(): object {
  return z.toJSONSchema(experiment);
}

/** Where a value has not the shape of an experiment, as the path of keys, and why; undefined if it has. */
export function experimentProblem(
  value: unknown,
): { path: readonly PropertyKey[]; message: string } | undefined {
  const issue = experiment.safeParse(value).error?.issues[0];
  return issue === undefined ? undefined : { path: issue.path, message: issue.message };
}
