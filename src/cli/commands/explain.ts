import { ExitCode, quoted, usageError } from '../../errors.js';
import { widthOf } from '../color.js';
import { type CommandBody, command } from '../command.js';

export const explain: CommandBody = command({
  name: 'explain',
  examples: [
    ['explain E_ROW_SUM', 'what it means and what to do'],
    ['explain', 'every code there is'],
  ],
  arguments: [['[code]', 'the code in brackets after error or warning']],
  options: {},
  async run([code], _options, io) {
    const [{ explanations }, { wrap }] = await Promise.all([
      import('../explain/codes.js'),
      import('../../report/layout.js'),
    ]);
    if (code === undefined) {
      await io.stdout.write(`${[...explanations.keys()].join('\n')}\n`);
      return ExitCode.done;
    }
    const name = code.replace(/^.*\[|\].*$/g, '').toUpperCase();
    const text = explanations.get(name);
    if (text === undefined) {
      const { didYouMean } = await import('../../mdp/suggest.js');
      throw usageError(`there is no diagnostic ${quoted(code)}`, {
        found: quoted(code),
        wanted: 'a code such as E_ROW_SUM',
        hint: didYouMean(name, [...explanations.keys()]) ?? 'mdpower explain lists them all',
      });
    }
    const width = Math.min(100, widthOf(io.stdout, io.env));
    await io.stdout.write(`${name}\n\n${wrap(text, width).join('\n')}\n`);
    return ExitCode.done;
  },
});
