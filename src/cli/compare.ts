import { ExitCode, inputError } from '../errors.js';
import { type ComparedResult, compareResults, type DifferenceRow } from '../power/compare.js';
import { type FailCondition, parseFailCondition } from '../power/fail-condition.js';
import type { ComparedSource, ResultDocument } from '../report/document.js';
import { readResult } from '../report/read-result.js';
import type { Io } from './io.js';
import { isSweepFolder, readSweep, sweepDocument } from './sweep/sweep-document.js';
import { version } from './version.js';

interface CompareValues {
  readonly confidence: number;
  readonly failOn: string | undefined;
}

/** Two result files compared, as a document. @throws {UserError} bad input, or a condition that means nothing */
export async function comparisonDocument(
  paths: readonly [string, string],
  { confidence, failOn }: CompareValues,
  io: Io,
): Promise<ResultDocument> {
  const condition = failOn === undefined ? undefined : parseFailCondition(failOn);
  const [a, b] = [await loadResult(paths[0], io), await loadResult(paths[1], io)];
  const { rows, onlyA, onlyB } = compareResults(comparedOf(a), comparedOf(b), confidence);
  if (rows.length === 0) {
    throw inputError({
      code: 'E_NOTHING_TO_COMPARE',
      message: `${paths[0]} and ${paths[1]} share no row`,
      wanted: 'POWER or optimality rows of states with the same names, at the same discounts',
    });
  }
  return {
    mdpower: version(),
    command: 'compare',
    model: a.model,
    parameters: { confidence },
    notes: [],
    comparison: {
      a: sourceOf(paths[0], a),
      b: sourceOf(paths[1], b),
      rows,
      onlyA,
      onlyB,
      failOn: condition === undefined ? null : verdictOf(condition, rows),
    },
  };
}

/** 1 if any row is as the condition says, 4 if that is open for any, else 0. */
export function comparisonExitCode({ comparison }: ResultDocument): ExitCode {
  const { failing = 0, undecided = 0 } = comparison?.failOn ?? {};
  return failing > 0 ? ExitCode.gateFailed : undecided > 0 ? ExitCode.undecided : ExitCode.done;
}

type Verdict = NonNullable<NonNullable<ResultDocument['comparison']>['failOn']>;

function verdictOf(condition: FailCondition, rows: readonly DifferenceRow[]): Verdict {
  const outcomes = rows.map((row) => condition.outcome(row));
  const count = (outcome: string): number => outcomes.filter((found) => found === outcome).length;
  return { condition: condition.text.trim(), failing: count('fails'), undecided: count('undecided') };
}

async function loadResult(path: string, io: Io): Promise<ResultDocument> {
  if (await isSweepFolder(path, io)) return sweepDocument(await readSweep(path, io));
  const bytes = path === '-' ? await io.readStdin() : await io.readFile(path);
  return readResult(bytes, path === '-' ? 'standard input' : path);
}

/** Samples are determined by the model and all parameters but discounts, which rows name, precision, and the interval's. */
function comparedOf({ model, parameters, power = [], optimality = [] }: ResultDocument): ComparedResult {
  const { reward, samples, seed, method, normalizeRows, estimator } = parameters;
  const { sampler = 'random', setSize = null, sets = null, averaged = false } = estimator ?? {};
  const points = [sampler, setSize, sets, averaged];
  return {
    power,
    optimality,
    computation: JSON.stringify([model.sha256, reward, samples, seed, method, normalizeRows, points]),
    seed: seed ?? '',
    sets,
  };
}

function sourceOf(source: string, { model, parameters }: ResultDocument): ComparedSource {
  const { reward = '', samples = 0, seed = '' } = parameters;
  return { source, model, reward, samples, seed };
}
