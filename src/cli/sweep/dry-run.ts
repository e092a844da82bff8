import { parseModel } from '../../mdp/parse.js';
import { computePower } from '../../parallel/compute-power.js';
import { blockColumns } from '../../power/plan.js';
import { facts, heading } from '../../report/block.js';
import { formatDuration, formatQuantity } from '../../report/format.js';
import type { Table } from '../../report/table.js';
import { terminalText } from '../../report/writers/terminal.js';
import { parseReward } from '../../rewards/parse-reward.js';
import { wantsColor, widthOf } from '../color.js';
import type { Io } from '../io.js';
import { megabytes } from '../limits.js';
import type { Cell } from './manifest.js';
import type { PlannedSweep } from './plan-sweep.js';
import { valuesOfPlan } from './run-cell.js';

/** Blocks that are solved to see how long one takes. */
const PILOT_BLOCKS = 2;
/** What a thread needs besides its arrays, in bytes: an engine of its own. Measured on Node 20. */
const THREAD_BYTES = 30e6;
/** Arrays of S × B doubles that a solver keeps at a time: rewards, values, and what it iterates on. */
const ARRAYS = 8;

/** What a cell is and is likely to take. */
interface Forecast {
  readonly cell: Cell;
  readonly milliseconds: number;
  readonly bytes: number;
}

/**
 * Says what a sweep would do: sizes, memory, and time by solving two blocks of every cell. Writes nothing.
 */
export async function dryRun(
  { plan, models }: PlannedSweep,
  options: { readonly threads: number; readonly color: 'auto' | 'always' | 'never' },
  io: Io,
): Promise<void> {
  const values = valuesOfPlan(plan);
  const samples = values.samples ?? 100_000;
  const threads = options.threads === 0 ? io.processors : options.threads;
  const forecasts: Forecast[] = [];
  for (const cell of plan.cells) {
    const mdp = parseModel(models.get(cell.modelFile)!, { source: cell.model, format: 'json' });
    const columns = blockColumns(mdp.stateCount);
    const pilot = Math.min(samples, PILOT_BLOCKS * columns);
    const run = (count: number): Promise<unknown> =>
      computePower(mdp, parseReward(cell.reward, mdp.states), {
        method: values.method === 'auto' && values.samples !== undefined ? 'sampled' : values.method,
        gammas: values.gamma,
        samples: count,
        seed: values.seed,
        tolerance: values.tolerance,
        decide: plan.command !== 'power',
      });
    // The first run pays for what is done once: the program is loaded and compiled, pilots choose a solver.
    const before = io.now();
    await run(Math.min(samples, columns));
    const between = io.now();
    await run(pilot);
    const once = between - before;
    const each = Math.max(0, io.now() - between) / Math.max(1, pilot);
    const bytes = ARRAYS * 8 * mdp.stateCount * columns + 8 * mdp.choiceCount * columns;
    forecasts.push({
      cell,
      milliseconds: once + (each * Math.max(0, samples - pilot)) / threads,
      bytes: io.memoryUsed() + threads * (THREAD_BYTES + bytes),
    });
  }
  const time = forecasts.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const memory = Math.max(...forecasts.map(({ bytes }) => bytes));
  const blocks = [
    heading(`${plan.name}: what would be done`),
    facts([
      [
        'cells',
        `${plan.cells.length}, ${formatQuantity(samples, 'reward function')} each (seed ${values.seed})`,
      ],
      ['discounts', values.gamma.map(({ text }) => text).join(', ')],
      ['models', formatQuantity(models.size, 'file')],
      ['time', `about ${formatDuration(time)} on ${formatQuantity(threads, 'thread')}`],
      ['memory', `about ${megabytes(memory)}`],
      ['outputs', plan.outputs.length === 0 ? 'cells only' : plan.outputs.map(({ file }) => file).join(', ')],
    ]),
    { kind: 'table' as const, table: forecastTable(forecasts) },
  ];
  const style = { width: widthOf(io.stdout, io.env), color: wantsColor(options.color, io.stdout, io.env) };
  await io.stdout.write(terminalText(blocks, style));
}

function forecastTable(forecasts: readonly Forecast[]): Table {
  return {
    title: 'Cells',
    columns: [
      { header: 'cell', align: 'left' },
      { header: 'states', align: 'right' },
      { header: 'choices', align: 'right' },
      { header: 'transitions', align: 'right' },
      { header: 'memory', align: 'right' },
      { header: 'time', align: 'right' },
    ],
    rows: forecasts.map(({ cell, milliseconds, bytes }) => [
      cell.id,
      cell.states,
      cell.choices,
      cell.transitions,
      megabytes(bytes),
      formatDuration(milliseconds),
    ]),
    notes: ['Time is from two blocks of every cell; memory is that of the whole process.'],
  };
}
