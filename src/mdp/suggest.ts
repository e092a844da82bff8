import { quoted } from '../errors.js';

/** Longer names, and lists of more names, get no suggestion: comparing them would take long for little. */
const LONGEST_NAME = 60;
const MOST_NAMES = 20_000;

/**
 * A hint such as `did you mean "hub"?`, if one of the names is near the one that was written: the same but for case, or
 * few typing errors away (one in a name of up to five characters, two in a longer one).
 */
export function didYouMean(written: string, names: readonly string[]): string | undefined {
  if (written.length > LONGEST_NAME || names.length > MOST_NAMES) return undefined;
  const lower = fold(written);
  let best: string | undefined;
  let least = written.length <= 2 ? 0.5 : written.length <= 5 ? 1 : 2;
  for (const name of names) {
    if (Math.abs(name.length - written.length) > least || name.length > LONGEST_NAME) continue;
    const distance = fold(name) === lower ? 0.5 : typingErrors(written, name);
    if (distance < least || (distance === least && best === undefined)) [best, least] = [name, distance];
  }
  return best === undefined ? undefined : `did you mean ${quoted(best)}?`;
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, replacements, swaps of neighbours. */
function typingErrors(a: string, b: string): number {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
