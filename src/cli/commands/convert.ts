import { ExitCode } from '../../errors.js';
import { type CommandBody, command } from '../command.js';
import { modelFormatOf } from '../model-file.js';
import { flag } from '../option.js';
import { modelOptions } from '../options.js';

export const convert: CommandBody = command({
  name: 'convert',
  examples: [
    ['convert large.json large.mdpb', 'to the binary format, which is read about a hundred times faster'],
    ['convert model.yaml model.json', 'with every fraction in lowest terms'],
  ],
  arguments: [
    ['<in>', 'model file (JSON, YAML or binary), - for standard input'],
    ['<out>', 'file to write; its extension says the format'],
  ],
  options: { ...modelOptions, quiet: flag('-q, --quiet', 'no notes on standard error, only errors') },
  async run([from, to], options, io) {
    const format = modelFormatOf(to!);
    await io.checkWritable(to!, [from!]);
    const [{ loadModel }, { harmless }, { say }] = await Promise.all([
      import('../load.js'),
      import('../../errors.js'),
      import('../output.js'),
    ]);
    const mdp = await loadModel(from!, options, io);
    if (!options.quiet) {
      for (const { code, message } of mdp.notes) {
        if (code === 'W_ROWS_NORMALIZED' || code === 'W_ROWS_ROUNDED')
          await say(`note: ${harmless(message)}\n`, io);
      }
    }
    const { modelFileOf } = await import('../write-model-file.js');
    await io.writeFile(to!, modelFileOf(mdp, format));
    return ExitCode.done;
  },
});
