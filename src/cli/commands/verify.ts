import { ExitCode } from '../../errors.js';
import { type Command, command } from '../command.js';
import { modelOptions, outputOptions } from '../options.js';

export const verify: Command = command({
  name: 'verify',
  summary: 'check a certificate against a model, hypothesis by hypothesis',
  examples: [['verify proofs/01-6.9-1.json model.json', 'exit code 0 if it is valid, 1 if not']],
  arguments: [
    ['<cert>', 'certificate file, as written by symmetry --save-certificates or by hand'],
    ['<model>', 'model file (JSON, YAML or .mdpb), - for standard input'],
  ],
  options: { ...modelOptions, ...outputOptions },
  async run([certificatePath, modelPath], options, io) {
    const [{ destinations, writeResult }, { verificationDocument }] = await Promise.all([
      import('../output.js'),
      import('../verify.js'),
    ]);
    const to = await destinations(options, [certificatePath!, modelPath!], io);
    const document = await verificationDocument(certificatePath!, modelPath!, options, io);
    await writeResult(document, to, options, io);
    return document.verification?.valid === true ? ExitCode.done : ExitCode.gateFailed;
  },
});
