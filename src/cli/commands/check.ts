import { ExitCode } from '../../errors.js';
import { type CommandBody, command } from '../command.js';
import { modelOptions, outputOptions } from '../options.js';

export const check: CommandBody = command({
  name: 'check',
  examples: [
    ['check model.json', 'is it right, and what is in it?'],
    ['check model.yaml --quiet && mdpower analyze model.yaml', 'as a gate: exit code 3 if the file is wrong'],
  ],
  arguments: [['<model>', 'model file (JSON, YAML or .mdpb), - for standard input']],
  options: { ...modelOptions, ...outputOptions },
  async run([path], options, io) {
    const [{ destinations, writeResult }, { loadModel }, { describeModel }, { documentOf }] =
      await Promise.all([
        import('../output.js'),
        import('../load.js'),
        import('../../mdp/describe.js'),
        import('../result.js'),
      ]);
    const to = await destinations(options, [path!], io);
    const mdp = await loadModel(path!, options, io);
    const check = describeModel(mdp);
    const parameters = { normalizeRows: options.normalizeRows };
    await writeResult({ ...documentOf('check', mdp, parameters, check.warnings), check }, to, options, io);
    return ExitCode.done;
  },
});
