import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildModel } from '../../src/mdp/build.js';
import { star } from '../../src/mdp/families/named.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';

/** One published or derived number: a row of the list `expected` in fixtures/expected/*.json. */
export interface ExpectedValue {
  /** a file of fixtures/mdp without .json, or star-k */
  readonly model: string;
  /** as in a model file */
  readonly reward: unknown;
  /** POWER, optimalityProbability (weak), strictOptimalityProbability, …: what the number is */
  readonly quantity: string;
  readonly state: string;
  readonly action?: string;
  /** as text: 0.5; 0 and 1 are the limits */
  readonly gamma: string;
  readonly value: number;
  /** the exact value */
  readonly fraction?: string;
  /** the exact value as an expression in gamma */
  readonly formula?: string;
  readonly status: string;
  readonly source: string;
}

const fixtures = resolve(import.meta.dirname, '../../fixtures');

/** The names of the model fixtures, without .json. */
export const fixtureNames: readonly string[] = readdirSync(join(fixtures, 'mdp'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -5));

/** The model of a fixture; `star-k` for any k. */
export function fixtureModel(name: string): Mdp {
  const leaves = /^star-(\d+)$/.exec(name)?.[1];
  if (leaves !== undefined && !fixtureNames.includes(name)) return buildModel(star(Number(leaves)));
  return parseModel(readFileSync(join(fixtures, 'mdp', `${name}.json`)), { source: `${name}.json` });
}

/** The names of the files of expected values, without .json, that hold a list `expected`. */
export const expectedFiles: readonly string[] = readdirSync(join(fixtures, 'expected'))
  .map((name) => name.slice(0, -5))
  .filter((name) => readExpected(name) !== undefined);

/** All rows of one file. Those of certificates, orbits and bounds have other fields than `ExpectedValue`. */
export function readExpected(file: string): readonly Record<string, unknown>[] | undefined {
  const data: unknown = JSON.parse(readFileSync(join(fixtures, 'expected', `${file}.json`), 'utf8'));
  return (data as { expected?: readonly Record<string, unknown>[] }).expected;
}

/** The numbers of all files: every row with a model, a state, a gamma and a value. */
export const expectedValues: readonly ExpectedValue[] = expectedFiles
  .flatMap((file) => readExpected(file)!)
  .filter((row) => typeof row.value === 'number' && 'reward' in row && 'state' in row)
  .map((row) => row as unknown as ExpectedValue);
