import type { ExitCode } from '../../errors.js';
import { parseModel } from '../../mdp/parse.js';
import type { ResultDocument } from '../../report/document.js';
import { jsonText } from '../../report/writers/json.js';
import { openCheckpoint } from '../checkpoint/checkpoint-store.js';
import { optionValues } from '../checkpoint/option-texts.js';
import { type EstimateValues, estimateDocument, estimateMdp } from '../estimate.js';
import type { Io } from '../io.js';
import { estimateOptions, modelOptions, outputOptions } from '../options.js';
import { type Cell, hashOf, type Plan, sweepError } from './manifest.js';

/** What a cell gave: its result as text; or why it was ended before it was done. */
export type CellOutcome = { readonly text: string } | { readonly interrupted: ExitCode };

interface CellRun {
  /** the result folder */
  readonly path: string;
  readonly plan: Plan;
  readonly cell: Cell;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Where a cell is kept while it is computed. */
export function checkpointOf(path: string, cell: Cell): string {
  return `${path}/${cell.file.replace(/json$/, 'ckpt')}`;
}

/** The options of all cells of a plan. */
export function valuesOfPlan({ options }: Plan): EstimateValues {
  const all = { ...estimateOptions, ...modelOptions, ...outputOptions };
  return { ...(optionValues(all, flagged(options)) as EstimateValues), quiet: true, progress: 'never' };
}

/**
 * Computes one cell, from where it was if it was begun. Its text depends on the plan alone.
 * @throws {UserError} E_SWEEP: its model is damaged; and as estimatePower
 */
export async function runCell(
  { path, plan, cell, threads, signal, onProgress }: CellRun,
  io: Io,
): Promise<CellOutcome> {
  const source = `${path}/${cell.modelFile}`;
  const bytes = await io.readFile(source);
  if (hashOf(bytes) !== cell.modelSha256) {
    throw sweepError(source, 'this model of the sweep is damaged: its hash is not that of the manifest', {
      hint: 'mdpower run EXPERIMENT --resume writes it again',
    });
  }
  const mdp = parseModel(bytes, { source, format: 'json' });
  const values = { ...valuesOfPlan(plan), reward: cell.reward, threads };
  const settings = { plan: hashOf(JSON.stringify(plan)), cell: cell.id };
  const request = { command: 'run', arguments: [path], options: {} };
  const estimated = await estimateMdp(
    mdp,
    values,
    {
      decide: plan.command !== 'power',
      signal,
      onProgress,
      openStore: () => openCheckpoint(checkpointOf(path, cell), { request, settings }, io),
    },
    io,
  );
  if (estimated.interrupted !== undefined && !estimated.estimate.complete) {
    return { interrupted: estimated.interrupted };
  }
  const { power, optimality } = estimated.estimate;
  const document: ResultDocument = {
    ...estimateDocument(plan.command, estimated, values),
    ...(plan.command !== 'optimality' && { power }),
    ...(plan.command !== 'power' && { optimality }),
    ...(plan.command === 'analyze' && (await findings(estimated.mdp, estimated.reward, values))),
  };
  return { text: jsonText(document) };
}

async function findings(
  mdp: Parameters<typeof estimateMdp>[0],
  reward: Awaited<ReturnType<typeof estimateMdp>>['reward'],
  values: EstimateValues,
): Promise<Partial<ResultDocument>> {
  const [{ symmetryFindings }, { certifiedFindings }] = await Promise.all([
    import('../symmetry.js'),
    import('../findings.js'),
  ]);
  return { automorphisms: symmetryFindings(mdp, reward, values), ...certifiedFindings(mdp) };
}

/** Flags stand in a plan as the text `true`. */
function flagged(options: Plan['options']): Record<string, string | true> {
  return Object.fromEntries(
    Object.entries(options).map(([key, text]) => [key, text === 'true' ? true : text]),
  );
}
