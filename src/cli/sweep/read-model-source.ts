import { quoted, type UserError } from '../../errors.js';
import type { FamilyOption } from '../../mdp/families/options.js';
import { families } from '../../mdp/families/registry.js';
import { failAt } from '../../mdp/locate.js';
import { didYouMean } from '../../mdp/suggest.js';
import type { SourceDocument, SyntaxEntry, SyntaxNode } from '../../mdp/syntax.js';
import { entriesOf, textAt, wrong } from './experiment-nodes.js';

/** How a model of an experiment comes about. */
export type ModelSource =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'made';
      readonly family: string;
      readonly options: readonly (readonly [string, string | true])[];
    };

/** A model as an experiment names it. @throws {UserError} E_EXPERIMENT, E_UNKNOWN_KEY */
export function readModelSource(document: SourceDocument, node: SyntaxNode): ModelSource {
  if (node.kind === 'string') return { kind: 'file', path: node.value };
  const kind = entriesOf(node).find(({ key }) => key === 'generate')!;
  const familyName = textAt(kind.value)!;
  const family = families.get(familyName);
  if (family === undefined) {
    const known = [...families.keys()];
    const hint = didYouMean(familyName, known);
    throw failAt(document, kind.value, {
      code: 'E_EXPERIMENT',
      message: `there is no kind of model ${quoted(familyName)}`,
      found: quoted(familyName),
      wanted: known.join(', '),
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const options = entriesOf(node)
    .filter(({ key }) => key !== 'generate')
    .map((option): [string, string | true] => {
      const known = family.options.find((each) => each.name === option.key);
      if (known === undefined) throw unknownOption(document, option, family.name, family.options);
      const value = option.value.kind === 'boolean' && option.value.value ? true : textAt(option.value);
      const fits = known.kind === 'flag' ? value === true : typeof value === 'string';
      if (!fits)
        throw wrong(
          document,
          option.value,
          `${option.key} cannot be read`,
          known.kind === 'flag' ? 'true' : 'one value',
        );
      return [option.key, value!];
    });
  return { kind: 'made', family: family.name, options };
}

function unknownOption(
  document: SourceDocument,
  entry: SyntaxEntry,
  family: string,
  options: readonly FamilyOption[],
): UserError {
  const names = options.map(({ name }) => name);
  const hint = didYouMean(entry.key, names);
  return failAt(document, entry, {
    code: 'E_UNKNOWN_KEY',
    message: `generate ${family} has no option ${quoted(entry.key)}`,
    found: quoted(entry.key),
    wanted: names.length === 0 ? 'no options' : names.join(', '),
    ...(hint === undefined ? {} : { hint }),
  });
}
