import { ExitCode, quoted, usageError } from '../../errors.js';
import { type Command, command } from '../command.js';

export const schema: Command = command({
  name: 'schema',
  summary: 'the JSON Schema of model files or of results',
  examples: [
    ['schema model > mdpower.schema.json', 'of model files; the default'],
    ['schema result', 'of the document that --format json prints'],
  ],
  arguments: [['[kind]', 'model or result (default: model)']],
  words: ['model', 'result'],
  options: {},
  async run([kind = 'model'], _options, io) {
    const schema = await schemaOf(kind);
    await io.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    return ExitCode.done;
  },
});

async function schemaOf(kind: string): Promise<object> {
  if (kind === 'model') return (await import('../../mdp/schema.js')).modelSchema();
  if (kind === 'result') return (await import('../../report/schema.js')).resultSchema();
  throw usageError(`there is no schema of ${quoted(kind)}`, {
    found: quoted(kind),
    wanted: 'model or result',
  });
}
