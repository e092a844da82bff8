import { usageError } from '../../errors.js';
import type { ModelContent } from '../binary/write-binary.js';
import type { ModelFile } from '../build.js';
import { readGrid } from '../grid.js';
import { chain, complete, openGrid, star } from './named.js';
import {
  checkSize,
  count,
  type FamilyInput,
  type FamilyOption,
  integer,
  type ModelForm,
  probability,
} from './options.js';
import { packedChain, packedGrid, packedStar } from './packed-named.js';
import {
  layered,
  packedRandom,
  type RandomFamily,
  randomDeterministic,
  randomFile,
  randomSparse,
} from './random.js';
import { workloads } from './workloads.js';

/** A kind of model that can be made: `mdpower generate KIND`. */
export interface Family {
  readonly name: string;
  readonly description: string;
  readonly options: readonly FamilyOption[];
  /** @throws {UserError} usage: a value that the option does not take, or one that is missing */
  build(input: FamilyInput): ModelFile;
  /**
   * The same model in typed arrays, for a binary file, without an object for each row; undefined where models are small and
   * `build` will do.
   */
  pack(input: FamilyInput): ModelContent | undefined;
}

const leaves = count('leaves', 'terminal leaves around the hub', '3');
const length = count('length', 'states in the row', '5');
const states = count('states', 'number of states', '10');
const actions = count('actions', 'actions of each state', '3', 1000);
const successors = count('successors', 'possible successors of each action', '2', 1000);
const layers = count('layers', 'number of layers', '4');
const width = count('width', 'cells in a row of the grid, or states of a layer', '5');
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
    family(
      'star',
      'a hub with terminal leaves',
      [leaves],
      (input) => star(integer(leaves, input)),
      (input) => packedStar(integer(leaves, input)),
    ),
    family(
      'chain',
      'a row of states: stay or go on',
      [length],
      (input) => chain(integer(length, input)),
      (input) => packedChain(integer(length, input)),
    ),
    family(
      'complete',
      'every state reaches every state in one step',
      [{ ...states, maximum: 1000 }],
      (input) => complete(integer({ ...states, maximum: 1000 }, input)),
    ),
    family('grid', 'gridworld: open, or drawn in a file', [width, height, map, slip, noStay], grid, packGrid),
    randomKind('random', 'random stochastic model', [states, actions, successors, seed], random),
    randomKind('random-deterministic', 'random deterministic model', [states, actions, seed], deterministic),
    randomKind('layered', 'random acyclic model in layers', [layers, width, actions, seed], acyclic),
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
  pack: (input: FamilyInput) => ModelContent | undefined = () => undefined,
): Family {
  return { name, description, options, build, pack };
}

function randomKind(
  name: string,
  description: string,
  options: readonly FamilyOption[],
  familyOf: (input: FamilyInput, form: ModelForm) => RandomFamily,
): Family {
  return family(
    name,
    description,
    options,
    (input) => randomFile(familyOf(input, 'text')),
    (input) => packedRandom(familyOf(input, 'packed')),
  );
}

function grid(input: FamilyInput): ModelFile {
  const options = { slip: probability(slip, input), stay: input['no-stay'] !== true };
  const drawn = input.map;
  if (typeof drawn !== 'object') return openGrid(...gridSize(input), options);
  if (input.width !== undefined || input.height !== undefined) {
    throw usageError('--map already says how wide and high the grid is', {
      hint: 'leave out --width and --height',
    });
  }
  return readGrid(drawn.text, drawn.source, options);
}

function packGrid(input: FamilyInput): ModelContent | undefined {
  if (typeof input.map === 'object') return undefined;
  const options = { slip: probability(slip, input), stay: input['no-stay'] !== true };
  return packedGrid(...gridSize(input), options);
}

function gridSize(input: FamilyInput): [width: number, height: number] {
  const [across, down] = [integer(width, input), integer(height, input)];
  checkSize(across * down, 0, 'text');
  return [across, down];
}

function random(input: FamilyInput, form: ModelForm): RandomFamily {
  const sizes = { states: integer(states, input), actions: integer(actions, input) };
  const most = Math.min(sizes.states, successors.maximum!);
  const each = integer({ ...successors, maximum: most, default: String(Math.min(most, 2)) }, input);
  checkSize(sizes.states, sizes.states * sizes.actions * each, form);
  return randomSparse({ ...sizes, successors: each, seed: integer(seed, input) });
}

function deterministic(input: FamilyInput, form: ModelForm): RandomFamily {
  const sizes = { states: integer(states, input), actions: integer(actions, input) };
  checkSize(sizes.states, sizes.states * sizes.actions, form);
  return randomDeterministic({ ...sizes, seed: integer(seed, input) });
}

function acyclic(input: FamilyInput, form: ModelForm): RandomFamily {
  const sizes = { layers: integer(layers, input), width: integer(width, input) };
  const most = Math.min(sizes.width, actions.maximum!);
  const each = integer({ ...actions, maximum: most, default: String(Math.min(most, 3)) }, input);
  checkSize(sizes.layers * sizes.width, sizes.layers * sizes.width * each, form);
  return layered({ ...sizes, actions: each, seed: integer(seed, input) });
}
