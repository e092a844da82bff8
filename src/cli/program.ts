import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander';
import { ExitCode, type UserError, usageError } from '../errors.js';
import type { Command } from './command.js';
import { type CommandEntry, loadCommand } from './commands.js';
import type { Io } from './io.js';
import type { Limits } from './limits.js';
import { longName, type Option, optional, readValue, text } from './option.js';
import { readSettings, SETTINGS, type Setting } from './settings.js';
import { version, versionDetails } from './version.js';

/** Help is not set wider than this. */
const HELP_WIDTH = 80;

const SETTINGS_HELP = `
\`mdpower COMMAND --help\` shows the options of a command, with examples.

Options such as --samples can also be set by the environment (MDPOWER_SAMPLES)
or a file (mdpower.config.json or .yaml here, or --config FILE), such as
{"samples": 1e6}.
The command line goes before the environment, the environment before the file;
--verbose says what was taken from where.`;

/**
 * Reads the command line and runs the command it names. Help and version go to standard output.
 * @throws {UserError} usage, and whatever the command throws
 */
export async function runCommandLine(
  argv: readonly string[],
  commands: readonly CommandEntry[],
  io: Io,
): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.done;
  let help = '';
  const program = new Commander('mdpower')
    .description('POWER, optimality probability and symmetries of Markov decision processes without rewards.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => {}, // usage errors are thrown and rendered like all others
      getOutHelpWidth: () => HELP_WIDTH,
    })
    .addHelpText('before', examplesText(commands.flatMap(({ example }) => (example ? [example] : []))))
    .addHelpText('after', SETTINGS_HELP)
    .version(version(), '-V, --version', 'output the version number; with --json, of all parts');
  for (const entry of commands) {
    if (!argv.includes(entry.name)) {
      program.command(entry.name).summary(entry.summary);
      continue;
    }
    const command = await loadCommand(entry);
    addCommand(program, command, io, async (args, options, settings) => {
      const isLong = io.runApart !== undefined && (await command.mayTakeLong?.(args, options as never, io));
      if (isLong) exitCode = await io.runApart!(argv, limitsOf(options));
      else {
        if (settings !== '') await io.stderr.write(settings).catch(() => {});
        exitCode = await command.run(args, options as never, io);
      }
    });
  }
  if (argv.includes('--json') && argv.every((word) => ['--version', '-V', '--json'].includes(word))) {
    await io.stdout.write(`${JSON.stringify(versionDetails(), null, 2)}\n`);
    return exitCode;
  }
  try {
    if (argv.length === 0)
      throw usageError('no command is given', { hint: 'mdpower --help lists the commands' });
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw asUsageError(error);
  }
  if (help !== '') await io.stdout.write(help);
  return exitCode;
}

const configOption: Option<string | undefined> = optional(
  '--config <file>',
  'settings (default: mdpower.config.json or .yaml here, if there is one)',
  text,
);
const noSettings: ReadonlyMap<string, Setting> = new Map();

/** @param settings  for `--verbose`: which options were taken from where */
type Action = (
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  settings: string,
) => Promise<void>;

function limitsOf({ timeout, maxMemory }: Readonly<Record<string, unknown>>): Limits {
  return { timeout: timeout as number | undefined, maxMemory: maxMemory as number | undefined };
}

function addCommand(program: Commander, command: Command, io: Io, action: Action): void {
  const sub = program.command(command.name).summary(command.summary).description(command.summary);
  sub.addHelpText('before', examplesText(command.examples));
  for (const [syntax, help] of command.arguments) sub.argument(syntax, help);
  const options = Object.entries(command.options);
  const keys = options.map(([key, option]) => {
    const added = commanderOption(option);
    sub.addOption(added);
    return { key, fallback: option.fallback, attribute: added.attributeName(), negate: added.negate };
  });
  const hasSettings = options.some(([, option]) => SETTINGS.includes(longName(option)));
  if (hasSettings) sub.addOption(commanderOption(configOption));
  sub.action(async () => {
    const given = sub.opts();
    const settings = hasSettings
      ? await readSettings(options, given.config as string | undefined, io)
      : noSettings;
    const values = Object.fromEntries(
      keys.map(({ key, fallback, attribute, negate }) => [
        key,
        negate ? given[attribute] === false : (given[attribute] ?? settings.get(key)?.value ?? fallback),
      ]),
    );
    let origins: string[] = [];
    if (values.verbose === true) {
      const used = keys.filter(({ key, attribute }) => settings.has(key) && given[attribute] === undefined);
      origins = used.map(({ key }) => `${longName(command.options[key]!)} from ${settings.get(key)!.origin}`);
    }
    await action(sub.args, values, origins.length === 0 ? '' : `settings: ${origins.join(', ')}\n`);
  });
}

/** The option for commander; values are checked and parsed, and a second use is refused or added to the list. */
function commanderOption(option: Option<unknown>): CommanderOption {
  const { flags, help, fallbackText, choices, repeatable } = option;
  const remarks = [
    ...(choices === undefined ? [] : [choices.join(', ')]),
    ...(fallbackText === undefined ? [] : [`default: ${fallbackText}`]),
  ];
  const added = new CommanderOption(flags, remarks.length === 0 ? help : `${help} (${remarks.join('; ')})`);
  if (!added.required) return added;
  const name = added.long ?? flags;
  let uses = 0;
  return added.argParser((text: string, previous: unknown) => {
    uses++;
    const value = readValue(option, text);
    if (repeatable === true) return [...((previous as unknown[] | undefined) ?? []), ...(value as unknown[])];
    if (uses > 1) throw usageError(`${name} is given twice`, { hint: 'keep one of them' });
    return value;
  });
}

function examplesText(examples: Command['examples']): string {
  const lines = examples.map(([line, meaning]) => `  mdpower ${line}\n      ${meaning}`);
  return `Examples:\n${lines.join('\n')}\n`;
}

/** Commander's `error: unknown option '--sampels'\n(Did you mean --samples?)` in our own form. */
function asUsageError(error: CommanderError): UserError {
  const [message, suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion?.replace(/^\(?Did you mean/, 'did you mean').replace(/\)$/, '');
  return usageError(message!, { hint: hint ?? 'mdpower COMMAND --help shows what a command takes' });
}
