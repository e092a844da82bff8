import type { ExitCode } from '../errors.js';
import type { Io } from './io.js';
import type { Option, OptionSet, Values } from './option.js';

/** A command as data: what its help says, what it takes, and what it does. */
export interface Command extends CommandBody {
  readonly summary: string;
}

/** A command without its line in the main help, which stands in commands.ts. */
export interface CommandBody<Options extends OptionSet = OptionSet> {
  readonly name: string;
  /** shown first in its help: the command line after `mdpower`, and what it does */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** positional arguments as commander writes them, with their help: `<model>`, `[kind]` */
  readonly arguments: readonly (readonly [syntax: string, help: string])[];
  /** words that the first argument can be, for completion; default: a file */
  readonly words?: readonly string[];
  readonly options: Options;
  /** Whether it may be busy for long, so that it runs on a thread of its own (`Io.runApart`); default: never. */
  mayTakeLong?(args: readonly string[], options: Values<Options>, io: Io): Promise<boolean>;
  run(args: readonly string[], options: Values<Options>, io: Io): Promise<ExitCode>;
}

/** A command whose option types flow into `run`, kept in a list with all others. */
export function command<const Options extends Readonly<Record<string, Option<unknown>>>>(
  spec: CommandBody<Options>,
): CommandBody {
  return spec as unknown as CommandBody;
}
