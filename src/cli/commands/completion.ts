import { ExitCode, quoted, usageError } from '../../errors.js';
import { type Command, command } from '../command.js';

/** Completes the given commands, and itself. */
export function completionOf(others: readonly Command[]): Command {
  const self: Command = command({
    name: 'completion',
    summary: 'a script that completes commands and options in bash, zsh or fish',
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
      await io.stdout.write(completionScript(known, [...others, self]));
      return ExitCode.done;
    },
  });
  return self;
}
