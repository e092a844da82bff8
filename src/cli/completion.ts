import type { Command } from './command.js';
import type { Option } from './option.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface Flag {
  readonly long: string;
  readonly short?: string;
  readonly help: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** A script for a shell that completes commands, options, their words, and files; made from the commands themselves. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](commands);
}

function flagsOf({ options }: Command): Flag[] {
  return [
    ...Object.values(options).map(flagOf),
    { long: '--help', short: '-h', help: 'display help for command', takesValue: false, choices: [] },
  ];
}

function flagOf({ flags, help, choices = [] }: Option<unknown>): Flag {
  const long = /--[\w-]+/.exec(flags)![0];
  const short = /(?:^|\s)(-\w)\b/.exec(flags)?.[1];
  return { long, help, takesValue: /[<[]/.test(flags), choices, ...(short === undefined ? {} : { short }) };
}

function bashScript(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const optionCases = commands.map((command) => {
    const flags = flagsOf(command).flatMap(({ long, short }) => [long, ...(short ? [short] : [])]);
    const first = (command.words ?? []).join(' ');
    return `    ${command.name}) flags='${flags.join(' ')}' words='${first}' ;;`;
  });
  const valueCases = new Map<string, string>();
  for (const command of commands) {
    for (const { long, short, choices, takesValue } of flagsOf(command)) {
      if (!takesValue) continue;
      for (const flag of [long, ...(short ? [short] : [])]) {
        const key = `${command.name} ${flag}`;
        valueCases.set(key, choices.join(' '));
      }
    }
  }
  const values = [...valueCases].map(([key, choices]) => `    '${key}') values='${choices}'; takes=1 ;;`);
  return `# bash completion of mdpower: mdpower completion bash > ~/.local/share/bash-completion/completions/mdpower
_mdpower() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="\${COMP_WORDS[1]}" flags='' words='' values='' takes=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
    return
  fi
  case "$command $previous" in
${values.join('\n')}
  esac
  if [ -n "$takes" ]; then
    if [ -n "$values" ]; then COMPREPLY=($(compgen -W "$values" -- "$current"))
    else COMPREPLY=($(compgen -f -- "$current")); fi
    return
  fi
  case "$command" in
${optionCases.join('\n')}
  esac
  if [ "\${current#-}" != "$current" ]; then COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
  else COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _mdpower mdpower
`;
}

function zshScript(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const specs = flagsOf(command).flatMap(({ long, short, help, takesValue, choices }) => {
      const value = !takesValue ? '' : choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';
      return [long, ...(short ? [short] : [])].map((flag) =>
        zshQuoted(`*${flag}[${zshPlain(help)}]${value}`),
      );
    });
    const first = command.words ?? [];
    const rest = first.length > 0 ? `':argument:(${first.join(' ')})'` : "'*:file:_files'";
    return `    ${command.name}) _arguments ${[...specs, rest].join(' ')} ;;`;
  });
  return `#compdef mdpower
# zsh completion of mdpower: mdpower completion zsh > a folder of $fpath, as _mdpower
_mdpower() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${zshQuoted(`${name}:${zshPlain(summary)}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command="$words[2]"
  shift words; (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _mdpower ]; then _mdpower "$@"; else compdef _mdpower mdpower; fi
`;
}

function fishScript(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => {
    const seen = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const first = command.words ?? [];
    return [
      `complete -c mdpower -n __fish_use_subcommand -f -a ${command.name} -d ${fishQuoted(command.summary)}`,
      ...(first.length > 0 ? [`complete -c mdpower ${seen} -f -a '${first.join(' ')}'`] : []),
      ...flagsOf(command).map(({ long, short, help, takesValue, choices }) => {
        const value = !takesValue ? '' : choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : ' -r';
        const letter = short === undefined ? '' : ` -s ${short.slice(1)}`;
        return `complete -c mdpower ${seen} -l ${long.slice(2)}${letter}${value} -d ${fishQuoted(help)}`;
      }),
    ];
  });
  return `# fish completion of mdpower: mdpower completion fish > ~/.config/fish/completions/mdpower.fish\n${lines.join('\n')}\n`;
}

function zshPlain(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

function zshQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
