/** One `$ command` of a console block in the README and the output that is shown under it. */
export interface ShownCommand {
  readonly command: string;
  readonly shown: string;
  /** Where `shown` stands in the README, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/**
 * The commands of all ```console blocks. Lines that begin with `$ ` are commands (a backslash at the end continues them),
 * what follows up to the next command is their output.
 */
export function consoleCommands(markdown: string): ShownCommand[] {
  const commands: ShownCommand[] = [];
  for (const block of markdown.matchAll(/```console\n([\s\S]*?)```/g)) {
    const blockStart = block.index + '```console\n'.length;
    for (const match of block[1]!.matchAll(/^\$ ((?:[^\n]*\\\n)*[^\n]*)\n((?:(?!\$ )[^\n]*\n)*)/gm)) {
      const end = blockStart + match.index + match[0].length;
      commands.push({
        command: match[1]!.replaceAll('\\\n', ' '),
        shown: match[2]!,
        start: end - match[2]!.length,
        end,
      });
    }
  }
  return commands;
}

/** Output as it is compared: run times and the trailing blanks of lines do not count. */
function comparable(output: string): string {
  return output
    .replace(/\b\d+(\.\d+)? (ms|s|min)\b/g, 'TIME')
    .replace(/ on \d+ threads?\b/g, ' on THREADS')
    .replace(/[ \t]+$/gm, '')
    .trimEnd();
}

/** True if `output` is `shown`, where a line `...` in `shown` stands for any lines. */
export function matches(shown: string, output: string): boolean {
  const pieces = comparable(shown)
    .split(/^\.\.\.$\n?/m)
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('[\\s\\S]*?')}$`).test(comparable(output));
}
