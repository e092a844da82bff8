import type { SymbolicRow } from '../../exact/gamma/symbolic-rows.js';
import type { Table } from '../table.js';

/** Results as functions of γ, a line for each piece. */
export function symbolicTable(rows: readonly SymbolicRow[]): Table {
  const withActions = rows.some(({ action }) => action !== null);
  return {
    title: withActions ? 'Optimality probability as a function of γ' : 'POWER as a function of γ',
    columns: [
      { header: 'state', align: 'left' },
      ...(withActions ? [{ header: 'action', align: 'left' } as const] : []),
      { header: 'γ from', align: 'right' },
      { header: 'to', align: 'right' },
      { header: 'value', align: 'left' },
    ],
    rows: rows.map(({ state, action, from, to, expression }) => [
      state,
      ...(withActions ? [action] : []),
      placeText(from),
      placeText(to),
      expression,
    ]),
    notes: [
      'Found from exact values at rational γ and equal to the exact value at every further γ that was tried; not proved between them.',
    ],
  };
}

/** A fraction as it is, of an enclosed number the digits that both ends have, 12 decimals at most. */
function placeText(place: string): string {
  const [low = '', high] = place.split('…');
  if (high === undefined) return low;
  let same = 0;
  while (same < low.length && low[same] === high[same]) same++;
  return `${low.slice(0, Math.min(same, 14))}…`;
}
