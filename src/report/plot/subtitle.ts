import type { ResultDocument } from '../document.js';
import { formatCount, formatPercent } from '../format.js';

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

/** A law may be a long document; a picture is no place for it. */
function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= 48 ? text : `${characters.slice(0, 47).join('')}…`;
}
