import { quoted, usageError } from '../../errors.js';
import { ONE, type Rational, ZERO } from '../../number/rational.js';
import { writtenNumber } from '../../number/written-number.js';
import type { ModelFile } from '../build.js';
import { readGrid } from '../grid.js';
import { chain, complete, openGrid, star } from './named.js';
import { layered, randomDeterministic, randomSparse } from './random.js';
import { workloads } from './workloads.js';

/** An option of a family, as `mdpower generate KIND --NAME VALUE` takes it. */
export interface FamilyOption {
  readonly name: string;
  readonly description: string;
  /** `flag` options take no value; a `file` is read by the caller, who gives its text */
  readonly kind: 'integer' | 'probability' | 'flag' | 'file';
  /** used if the option is not given; without it an integer has to be given */
  readonly default?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What is given for the options: the text of a value, true for a flag, name and text of a file. */
export type FamilyInput = Readonly<
  Record<string, string | true | { readonly source: string; readonly text: string } | undefined>
>;

/** A kind of model that can be made: `mdpower generate KIND`. */
export interface Family {
  readonly name: string;
  readonly description: string;
  readonly options: readonly FamilyOption[];
  /** @throws {UserError} usage: a value that the option does not take, or one that is missing */
  build(input: FamilyInput): ModelFile;
}

const LARGEST = 1_000_000;

const leaves = count('leaves', 'terminal leaves around the hub', '3');
const length = count('length', 'states in the row', '5');
const states = count('states', 'number of states', '10');
const actions = count('actions', 'actions of each state', '3', 1000);
const successors = count('successors', 'possible successors of each action', '2', 1000);
const layers = count('layers', 'number of layers', '4');
const layerWidth = count('width', 'states of each layer', '5');
const width = count('width', 'cells in a row', '5');
const height = count('height', 'cells in a column', '5');
const seed: FamilyOption = {
  name: 'seed',
  description: 'the same seed gives the same model',
  kind: 'integer',
  default: '1',
  minimum: 0,
  maximum: 2 ** 32 - 1,
};
const slip: FamilyOption = {
  name: 'slip',
  description: 'probability that the action is replaced by a uniformly drawn one',
  kind: 'probability',
  default: '0',
};
const map: FamilyOption = {
  name: 'map',
  description: 'drawing of the grid: # wall, . floor, S start, A-Z terminal',
  kind: 'file',
};
const noStay: FamilyOption = { name: 'no-stay', description: 'without the action stay', kind: 'flag' };

/** Every kind of model that can be made, by name. */
export const families: ReadonlyMap<string, Family> = new Map(
  [
    family('star', 'a hub with terminal leaves', [leaves], (input) => star(integer(leaves, input))),
    family('chain', 'a row of states: stay or go on', [length], (input) => chain(integer(length, input))),
    family(
      'complete',
      'every state reaches every state in one step',
      [{ ...states, maximum: 1000 }],
      (input) => complete(integer({ ...states, maximum: 1000 }, input)),
    ),
    family('grid', 'gridworld: open, or drawn in a file', [width, height, map, slip, noStay], grid),
    family('random', 'random stochastic model', [states, actions, successors, seed], (input) => {
      const size = integer(states, input);
      const most = { ...successors, maximum: Math.min(size, 1000), default: String(Math.min(size, 2)) };
      return randomSparse({
        states: size,
        actions: integer(actions, input),
        successors: integer(most, input),
        seed: integer(seed, input),
      });
    }),
    family('random-deterministic', 'random deterministic model', [states, actions, seed], (input) =>
      randomDeterministic({
        states: integer(states, input),
        actions: integer(actions, input),
        seed: integer(seed, input),
      }),
    ),
    family('layered', 'random acyclic model in layers', [layers, layerWidth, actions, seed], (input) => {
      const size = integer(layerWidth, input);
      const most = { ...actions, maximum: Math.min(size, 1000), default: String(Math.min(size, 3)) };
      return layered({
        layers: integer(layers, input),
        width: size,
        actions: integer(most, input),
        seed: integer(seed, input),
      });
    }),
    ...Object.entries(workloads).map(([name, { description, build }]) =>
      family(name, description, [], build),
    ),
  ].map((entry) => [entry.name, entry]),
);

function family(
  name: string,
  description: string,
  options: readonly FamilyOption[],
  build: (input: FamilyInput) => ModelFile,
): Family {
  return { name, description, options, build };
}

function grid(input: FamilyInput): ModelFile {
  const options = { slip: probability(slip, input), stay: input['no-stay'] !== true };
  const drawn = input.map;
  if (typeof drawn !== 'object') return openGrid(integer(width, input), integer(height, input), options);
  if (input.width !== undefined || input.height !== undefined) {
    throw usageError('--map already says how wide and high the grid is', {
      hint: 'leave out --width and --height',
    });
  }
  return readGrid(drawn.text, drawn.source, options);
}

function count(name: string, description: string, standard: string, maximum: number = LARGEST): FamilyOption {
  return { name, description, kind: 'integer', default: standard, minimum: 1, maximum };
}

function integer(option: FamilyOption, input: FamilyInput): number {
  const { minimum = 0, maximum = LARGEST } = option;
  const text = String(input[option.name] ?? option.default);
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= minimum && value <= maximum)) {
    throw usageError(`--${option.name} takes an integer`, {
      found: quoted(text),
      wanted: `${minimum} … ${maximum}`,
    });
  }
  return value;
}

function probability(option: FamilyOption, input: FamilyInput): Rational {
  const text = String(input[option.name] ?? option.default);
  const value = text.length <= 100 && !/[eE]/.test(text) ? writtenNumber(text) : undefined;
  if (value === undefined || value.compare(ZERO) < 0 || value.compare(ONE) > 0) {
    throw usageError(`--${option.name} takes a probability`, {
      found: quoted(text),
      wanted: 'a number from 0 to 1, such as 0.1 or 1/10',
    });
  }
  return value;
}
