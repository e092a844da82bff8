import { ExitCode, quoted, usageError } from '../../errors.js';
import { isBinaryName } from '../../mdp/binary/layout.js';
import type { FamilyInput, FamilyOption } from '../../mdp/families/options.js';
import { type Family, families } from '../../mdp/families/registry.js';
import { type CommandBody, command } from '../command.js';
import type { Io } from '../io.js';
import { flag, type Option, optional, repeated, text } from '../option.js';

export const generate: CommandBody = command({
  name: 'generate',
  examples: [
    ['generate star --leaves 4', 'a hub with four terminal leaves, to standard output'],
    ['generate grid --map room.txt --slip 0.1 --output room.json', 'a gridworld from a drawing'],
    ['generate random --states 1000000 -o large.mdpb', 'a large one, in binary form'],
    ['generate random --states 20 --seed 7 | mdpower analyze -', 'a random model, analysed at once'],
  ],
  arguments: [
    ['<kind>', [...families.values()].map(({ name, description }) => `${name}: ${description}`).join('; ')],
  ],
  words: [...families.keys()],
  options: {
    output: repeated(
      '-o, --output <file>',
      'write the model there, .mdpb in binary form, instead of standard output',
    ),
    ...familyOptions(),
  },
  async run([kind], options, io) {
    const family = families.get(kind!);
    if (family === undefined) throw unknownKind(kind!);
    const { output, ...given } = options as { output: readonly string[] } & Record<string, string | boolean>;
    for (const path of output) await io.checkWritable(path, mapOf(given));
    const input = await inputFor(family, given, io);
    const binary = output.filter(isBinaryName);
    if (output.length === 0 || binary.length < output.length) {
      const { writeModel } = await import('../../mdp/write-model.js');
      const text = writeModel(family.build(input));
      if (output.length === 0) await io.stdout.write(text);
      for (const path of output) if (!isBinaryName(path)) await io.writeFile(path, text);
    }
    if (binary.length > 0) {
      const { writeBinaryModel } = await import('../../mdp/binary/write-binary.js');
      const { buildModel } = await import('../../mdp/build.js');
      const bytes = writeBinaryModel(family.pack(input) ?? buildModel(family.build(input)));
      for (const path of binary) await io.writeFile(path, bytes);
    }
    return ExitCode.done;
  },
});

/** Every option of any kind of model, once; the help says which kinds take it. */
function familyOptions(): Readonly<Record<string, Option<unknown>>> {
  const all = new Map<string, Option<unknown>>();
  for (const { options } of families.values()) {
    for (const option of options) if (!all.has(option.name)) all.set(option.name, optionOf(option));
  }
  return Object.fromEntries(all);
}

function optionOf({ name, description, kind }: FamilyOption): Option<unknown> {
  const takers = [...families.values()].filter(({ options }) =>
    options.some((option) => option.name === name),
  );
  const help = `${description} (${takers.map((family) => family.name).join(', ')})`;
  if (kind === 'flag') return flag(`--${name}`, help);
  return optional(`--${name} <${kind === 'file' ? 'file' : 'n'}>`, help, text);
}

/** What is given, as the family takes it. @throws {UserError} usage: an option of another kind; E_IO */
async function inputFor(
  family: Family,
  given: Readonly<Record<string, string | boolean | undefined>>,
  io: Io,
): Promise<FamilyInput> {
  const input: Record<string, FamilyInput[string]> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue;
    const option = family.options.find((known) => known.name === name);
    if (option === undefined) {
      const names = family.options.map((known) => `--${known.name}`);
      throw usageError(`generate ${family.name} has no option --${name}`, {
        wanted: names.length === 0 ? 'no options' : names.join(', '),
      });
    }
    if (value === true) input[name] = true;
    else input[name] = option.kind === 'file' ? { source: value, text: await readText(value, io) } : value;
  }
  return input;
}

async function readText(path: string, io: Io): Promise<string> {
  const bytes = path === '-' ? await io.readStdin() : await io.readFile(path);
  return new TextDecoder().decode(bytes);
}

function mapOf(given: Readonly<Record<string, unknown>>): string[] {
  return typeof given.map === 'string' ? [given.map] : [];
}

function unknownKind(kind: string): Error {
  return usageError(`there is no kind of model ${quoted(kind)}`, {
    found: quoted(kind),
    wanted: [...families.keys()].join(', '),
  });
}
