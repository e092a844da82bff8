import type { Cell, Column, Estimate, Table } from '../table.js';

interface GammaRow {
  readonly gamma: string;
}

/**
 * Rows of a result turned so that every discount is a column: one line per distinct key, in the order of the rows.
 *
 * @param keys    the key columns and the text of a row in each
 * @param estimate the number that stands in the row's discount column
 */
export function gammaTable<Row extends GammaRow>(
  rows: readonly Row[],
  keys: readonly (readonly [header: string, text: (row: Row) => string])[],
  estimate: (row: Row) => Estimate,
): Pick<Table, 'columns' | 'rows'> {
  const gammas = [...new Set(rows.map((row) => row.gamma))];
  const lines = new Map<string, Cell[]>();
  for (const row of rows) {
    const key = keys.map(([, text]) => text(row));
    const id = JSON.stringify(key);
    const line = lines.get(id) ?? [...key, ...gammas.map(() => null)];
    line[keys.length + gammas.indexOf(row.gamma)] = estimate(row);
    lines.set(id, line);
  }
  const columns: Column[] = [
    ...keys.map(([header]) => ({ header, align: 'left' }) as const),
    ...gammas.map((gamma) => ({ header: `γ = ${gamma}`, align: 'right' }) as const),
  ];
  return { columns, rows: [...lines.values()] };
}
