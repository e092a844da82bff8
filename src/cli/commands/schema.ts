import { ExitCode, quoted, usageError } from '../../errors.js';
import { type CommandBody, command } from '../command.js';

export const schema: CommandBody = command({
  name: 'schema',
  examples: [
    ['schema model > mdpower.schema.json', 'of model files; the default'],
    ['schema result', 'of the document that --format json prints'],
    ['schema experiment', 'of what mdpower run takes'],
  ],
  arguments: [['[kind]', 'model, result or experiment (default: model)']],
  words: ['model', 'result', 'experiment'],
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
  if (kind === 'experiment') return (await import('../sweep/experiment-schema.js')).experimentSchema();
  throw usageError(`there is no schema of ${quoted(kind)}`, {
    found: quoted(kind),
    wanted: 'model, result or experiment',
  });
}
