import { harmless } from '../errors.js';
import { formatCount, formatEstimate } from './format.js';
import type { Cell } from './table.js';

/** What a cell shows to a person. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return harmless(cell);
  return typeof cell === 'number' ? formatCount(cell) : formatEstimate(cell);
}
