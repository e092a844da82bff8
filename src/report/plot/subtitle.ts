import type { ResultDocument } from '../document.js';
import { formatCount, formatPercent } from '../format.js';
import { shorten } from '../layout.js';

/** Longer names are cut in the middle. */
const LONGEST_NAME = 40;

/** How the numbers of a picture were got, in a line or two. */
export function subtitle({ parameters }: ResultDocument, ...more: readonly string[]): string[] {
  const { reward, samples, seed, confidence } = parameters;
  const parts = [
    ...(reward === undefined ? [] : [`rewards ${shortened(reward)}`]),
    ...(samples === undefined ? [] : [`${formatCount(samples)} samples, seed ${seed}`]),
    ...(samples === undefined || confidence === undefined ? [] : [`${formatPercent(confidence)} intervals`]),
  ];
  return [parts.join('; '), ...more].filter((line) => line !== '');
}

/** A name in a title: whole, unless it would make the picture wider than what it shows. */
export function shownName(name: string): string {
  return shorten(name, LONGEST_NAME);
}

/** A law may be a long document; a picture is no place for it. */
function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= 48 ? text : `${characters.slice(0, 47).join('')}…`;
}
