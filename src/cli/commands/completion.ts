import { ExitCode, quoted, usageError } from '../../errors.js';
import { type Command, type CommandBody, command } from '../command.js';

/** Completes all commands, which are loaded when it runs. */
export function completionOf(loadAll: () => Promise<readonly Command[]>): CommandBody {
  return command({
    name: 'completion',
    examples: [
      ['completion bash >> ~/.bashrc', 'from the next shell on'],
      ['completion fish > ~/.config/fish/completions/mdpower.fish', 'fish reads it by itself'],
    ],
    arguments: [['<shell>', 'bash, zsh or fish']],
    words: ['bash', 'zsh', 'fish'],
    options: {},
    async run([shell], _options, io) {
      const { completionScript, SHELLS } = await import('../completion.js');
      const known = SHELLS.find((name) => name === shell);
      if (known === undefined) {
        throw usageError(`there is no completion for ${quoted(shell!)}`, {
          found: quoted(shell!),
          wanted: SHELLS.join(', '),
        });
      }
      await io.stdout.write(completionScript(known, await loadAll()));
      return ExitCode.done;
    },
  });
}
