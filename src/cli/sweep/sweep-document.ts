import type { OptimalityRow, PowerRow } from '../../power/result.js';
import type { ResultDocument } from '../../report/document.js';
import { readResult } from '../../report/read-result.js';
import { type ResultRow, withoutBatches } from '../../report/rows.js';
import type { Io } from '../io.js';
import { type Cell, hashOf, MANIFEST, type Manifest, readManifest, sweepError } from './manifest.js';

/** A cell that is done, with its result. */
interface DoneCell {
  readonly cell: Cell;
  readonly result: ResultDocument;
}

/** A result folder that has been read. */
export interface SweepFolder {
  readonly path: string;
  readonly manifest: Manifest;
  readonly cells: readonly DoneCell[];
}

/** Whether a path is the result folder of a sweep. */
export async function isSweepFolder(path: string, io: Io): Promise<boolean> {
  return path !== '-' && io.exists(`${path}/${MANIFEST}`);
}

/** A result folder with all cells that are done, each of the bytes that were written. @throws {UserError} E_SWEEP, E_IO */
export async function readSweep(path: string, io: Io): Promise<SweepFolder> {
  const manifest = readManifest(await io.readFile(`${path}/${MANIFEST}`), `${path}/${MANIFEST}`);
  const cells: DoneCell[] = [];
  for (const cell of manifest.plan.cells) {
    const written = manifest.done[cell.id];
    if (written === undefined) continue;
    const source = `${path}/${cell.file}`;
    const bytes = await io.readFile(source);
    if (hashOf(bytes) !== written) {
      throw sweepError(source, 'this cell is damaged: its hash is not that of the manifest', {
        hint: `mdpower resume ${path} computes it again`,
      });
    }
    cells.push({ cell, result: readResult(bytes, source) });
  }
  return { path, manifest, cells };
}

/** `room, slip 0.1, uniform`, of what differs between the cells of a sweep. */
function labelOf({ model, slip, law }: Cell, all: readonly Cell[]): string {
  const parts = [
    ...(differs(all, 'model') ? [model] : []),
    ...(slip !== null && differs(all, 'slip') ? [`slip ${slip}`] : []),
    ...(differs(all, 'law') ? [law] : []),
  ];
  return parts.length === 0 ? model : parts.join(', ');
}

function differs(cells: readonly Cell[], key: 'model' | 'slip' | 'law'): boolean {
  return cells.some((cell) => cell[key] !== cells[0]![key]);
}

/**
 * A sweep as one result: rows are those of its cells, with the cell in front of the name of the state.
 * @param only the states whose rows are taken; `start`: of every cell its own start, which then has the label of the cell alone
 */
export function sweepDocument(
  { manifest, cells }: SweepFolder,
  only: 'all' | 'start' | readonly string[] = 'all',
): ResultDocument {
  const { plan } = manifest;
  const named = <Row extends { readonly state: string }>(
    { cell, result }: DoneCell,
    rows: readonly Row[] = [],
  ): Row[] => {
    const label = labelOf(cell, plan.cells);
    return rows
      .filter(
        ({ state }) =>
          only === 'all' || (only === 'start' ? state === result.model.start : only.includes(state)),
      )
      .map((row) => ({ ...row, state: only === 'start' ? label : `${label}: ${row.state}` }));
  };
  const power: PowerRow[] = cells.flatMap((done) => named(done, done.result.power));
  const optimality: OptimalityRow[] = cells.flatMap((done) => named(done, done.result.optimality));
  const total = (key: 'states' | 'choices' | 'transitions'): number =>
    plan.cells.reduce((sum, cell) => sum + cell[key], 0);
  const first = cells[0]?.result;
  const laws = [...new Set(plan.cells.map(({ reward }) => reward))];
  const parts = cells.map(({ result }) => result.parameters.samples ?? 0);
  const notes = cells.flatMap((done) =>
    done.result.notes.map((note) => ({
      ...note,
      message: `${labelOf(done.cell, plan.cells)}: ${note.message}`,
    })),
  );
  return {
    mdpower: plan.program,
    command: 'run',
    model: {
      name: plan.name,
      sha256: hashOf(JSON.stringify(plan)),
      states: total('states'),
      choices: total('choices'),
      transitions: total('transitions'),
      start: plan.cells[0] === undefined ? '' : labelOf(plan.cells[0], plan.cells),
    },
    parameters: {
      ...first?.parameters,
      reward: laws.length === 1 ? laws[0]! : `${laws.length} laws`,
      samples: parts.length > 0 ? Math.max(...parts) : 0,
    },
    sweep: { cells: plan.cells.length, done: cells.length },
    complete: manifest.complete,
    notes,
    ...(power.length > 0 && { power }),
    ...(optimality.length > 0 && { optimality }),
  };
}

/** The rows of all cells, tidy: model, slip and law in columns of their own. */
export function sweepRows({ cells }: SweepFolder, rows: 'power' | 'optimality'): ResultRow[] {
  return cells.flatMap(({ cell, result }) =>
    (result[rows] ?? []).map((row) => ({
      model: cell.model,
      slip: cell.slip,
      law: cell.law,
      reward: cell.reward,
      ...withoutBatches(row),
    })),
  );
}
