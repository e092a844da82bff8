import type { BestRow } from '../exact/best-report.js';
import type { SensitivityReport } from '../exact/sensitivity.js';
import type { DominationRow, VisitReport } from '../exact/visits.js';
import type { ResultDocument } from './document.js';

/** One flat row: field name to value, as in the JSON document. */
export type ResultRow = Readonly<Record<string, string | number | boolean | null>>;

/** Rows of one piece of text: a result of millions of rows is longer than the longest string. */
export const ROWS_OF_PIECE = 10_000;

/** All rows of a result in the order of the document; the first field, `row`, names the table each belongs to. */
export function resultRows(document: ResultDocument): ResultRow[] {
  const {
    power,
    optimality,
    automorphisms,
    symmetry,
    evidence,
    sensitivity,
    almost,
    symbolic,
    crossings,
    orbit,
    visits,
    verification,
    assertions,
    comparison,
    check,
  } = document;
  return [
    ...named('power', power?.map(withoutBatches)),
    ...named('optimality', optimality?.map(withoutBatches)),
    ...named(
      'generator',
      automorphisms?.generators.map(({ notation }, index) => ({ index: index + 1, notation })),
    ),
    ...named(
      'stateOrbit',
      automorphisms?.orbits.flatMap((states, index) => states.map((state) => ({ index: index + 1, state }))),
    ),
    ...named('symmetry', symmetry?.map(scalars)),
    ...named('evidence', evidence),
    ...named(
      'almost',
      almost?.map(({ theorems, changes, ...fields }) => ({
        ...fields,
        theorems: theorems.join(', '),
        changes: changes.join('; '),
      })),
    ),
    ...named('sensitivity', sensitivity === undefined ? [] : sensitivityRows(sensitivity)),
    ...named('symbolic', symbolic),
    ...named('crossing', crossings?.rows),
    ...named('orbit', orbit),
    ...named('visits', visits?.flatMap(visitRows)),
    ...named('step', verification?.steps),
    ...named('assertion', assertions),
    ...named('difference', comparison?.rows),
    ...named('check', check === undefined ? [] : [scalars(check)]),
  ];
}

/**
 * The rows of a result as one table. Rows of a single kind have exactly the fields of the JSON document; where there are
 * several kinds, the column `row` tells them apart.
 */
export function tidyRows(document: ResultDocument): ResultRow[] {
  const rows = resultRows(document);
  return new Set(rows.map(({ row }) => row)).size > 1 ? rows : rows.map(({ row: _, ...fields }) => fields);
}

/** A row without its list of batches, which is for `mdpower compare`. */
export function withoutBatches<Row extends { readonly batches?: unknown }>(row: Row): Omit<Row, 'batches'> {
  const { batches: _, ...fields } = row;
  return fields;
}

/** A flat row for every quantity in every encoding. */
function sensitivityRows({ state, variants, rows }: SensitivityReport): object[] {
  return rows.flatMap(({ quantity, gamma, values }) =>
    values.map((value, i) => ({ state, encoding: variants[i]!.name, quantity, gamma, value })),
  );
}

/** A flat row for every visit distribution and recurrent state distribution of one state. */
function visitRows({ state, visits, recurrent }: VisitReport): object[] {
  const flat = (
    kind: string,
    number: number,
    actions: readonly string[],
    vector: object,
    { dominated, probability, exact }: DominationRow & BestRow,
  ) => ({
    kind,
    state,
    number,
    actions: actions.join(', '),
    vector: JSON.stringify(vector),
    dominated,
    ...(probability !== undefined && { probability, exact }),
  });
  return [
    ...visits.map((row) => flat('F', row.number, row.actions, row.functions, row)),
    ...recurrent.map((row) => flat('RSD', row.number, row.actions, row.distribution, row)),
  ];
}

/** The fields that are one value; lists do not fit into a row. */
function scalars(record: object): object {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value === null || typeof value !== 'object'),
  );
}

function named(row: string, rows: readonly object[] | undefined): ResultRow[] {
  return (rows ?? []).map((fields) => ({ row, ...fields }));
}
