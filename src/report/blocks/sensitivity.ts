import type { SensitivityReport } from '../../exact/sensitivity.js';
import type { Block } from '../block.js';
import { formatNumber } from '../format.js';
import type { Cell } from '../table.js';

/** Findings and numbers of one state in several encodings of the environment, side by side. */
export function sensitivityBlocks({ state, variants, rows }: SensitivityReport): Block[] {
  const unknown = rows.some(({ values }) => values.includes(null));
  const wrap = Math.round(50 / variants.length) / 100;
  const table = {
    title: `What depends on the encoding, in ${state}`,
    columns: [
      { header: '', align: 'left' as const, wrap: 0.2 },
      { header: 'γ', align: 'right' as const },
      ...variants.map(({ name }) => ({ header: name, align: 'right' as const, wrap })),
    ],
    rows: [
      ['states', '', ...variants.map(({ states }) => states)],
      ...rows.map(({ quantity, gamma, values }): Cell[] => [quantity, gamma ?? '', ...values.map(cell)]),
    ],
    notes: [
      'An action stands for all that it became: a finding holds if it does for all of them, P is that of one of them.',
      ...(unknown
        ? ['Where nothing stands, there is no exact value, or the action was merged into another.']
        : []),
    ],
  };
  return [{ kind: 'table', table }];
}

function cell(value: string | number | null): Cell {
  return typeof value === 'number' ? formatNumber(value) : value;
}
