import { dirname, resolve } from 'node:path';
import { UserError } from '../../errors.js';
import type { FamilyInput } from '../../mdp/families/options.js';
import { families } from '../../mdp/families/registry.js';
import type { Mdp } from '../../mdp/model.js';
import { parseModel } from '../../mdp/parse.js';
import { withSlip } from '../../mdp/slip.js';
import { writeModel } from '../../mdp/write-model.js';
import { parseReward } from '../../rewards/parse-reward.js';
import { rewardSource } from '../../rewards/reward-source.js';
import { digitTexts, optionTexts } from '../checkpoint/option-texts.js';
import type { EstimateValues } from '../estimate.js';
import type { Io } from '../io.js';
import { loadModel } from '../load.js';
import { estimateOptions, modelOptions, outputOptions } from '../options.js';
import { version } from '../version.js';
import { type Cell, hashOf, type Plan } from './manifest.js';
import type { Experiment, Slip } from './read-experiment.js';
import type { ModelSource } from './read-model-source.js';

/** A plan with the models it is about, by the names of their files in the result folder. */
export interface PlannedSweep {
  readonly plan: Plan;
  readonly models: ReadonlyMap<string, string>;
}

/**
 * Makes all models of an experiment and lists its cells: models × slips × laws, in the order they are written.
 *
 * @param path of the experiment file; models are found from its folder
 * @throws {UserError} a model or law that cannot be read, or that do not fit each other
 */
export async function planSweep(
  experiment: Experiment,
  path: string,
  bytes: Uint8Array,
  io: Io,
): Promise<PlannedSweep> {
  const folder = path === '-' ? '.' : dirname(path);
  const models = new Map<string, string>();
  const cells: Cell[] = [];
  const values = sweepValues(experiment);
  for (const model of experiment.models) {
    const mdp = await guarded(model.fail, () => modelOf(model.value, model.name, folder, io));
    for (const slip of experiment.slips ?? [undefined]) {
      // Every model of a sweep is a text of its own in the folder, so that the folder needs nothing else.
      const text = writeModel(slip === undefined ? mdp : withSlip(mdp, slip.exact));
      const slipped = parseModel(text, { source: model.name, format: 'json' });
      const modelFile = `models/${numbered(models.size, model.name, slip)}.json`;
      models.set(modelFile, text);
      for (const law of experiment.rewards ?? [undefined]) {
        const reward = await guarded(law?.fail ?? model.fail, async () => {
          const spec = parseReward(law?.value ?? slipped.reward ?? 'uniform(0, 1)', slipped.states);
          rewardSource(spec, slipped, values.seed);
          return spec.text;
        });
        const id = numbered(cells.length, model.name, slip, law?.name);
        cells.push({
          id,
          file: `cells/${id}.json`,
          model: model.name,
          slip: slip?.text ?? null,
          law: law?.name ?? 'default',
          reward,
          modelFile,
          modelSha256: hashOf(text),
          states: slipped.stateCount,
          choices: slipped.choiceCount,
          transitions: slipped.transitionCount,
        });
      }
    }
  }
  const { gamma, ...others } = optionTexts(values) as Record<string, string>;
  const options = { gamma: gamma!, ...digitTexts(others) };
  const name = experiment.name ?? nameOf(path);
  const outputs = experiment.outputs.map(({ file, rows }) => ({ file, rows }));
  const plan = {
    program: version(),
    name,
    experimentSha256: hashOf(bytes),
    command: experiment.command,
    options,
    cells,
    outputs,
  };
  return { plan, models };
}

/** `room-sweep` of `experiments/room-sweep.yaml`: what a sweep is called that has no other name. */
export function nameOf(path: string): string {
  return path === '-' ? 'sweep' : path.replace(/^.*[\\/]/, '').replace(/\.(json|ya?ml)$/i, '') || 'sweep';
}

/** The options of an estimate as an experiment sets them. */
function sweepValues({ gamma, settings }: Experiment): EstimateValues {
  const fallbacks = Object.entries({ ...estimateOptions, ...modelOptions, ...outputOptions }).map(
    ([key, { fallback }]) => [key, fallback],
  );
  return {
    ...Object.fromEntries(fallbacks),
    ...settings,
    ...(gamma && { gamma }),
    quiet: true,
    progress: 'never',
  };
}

async function modelOf(source: ModelSource, name: string, folder: string, io: Io): Promise<Mdp> {
  if (source.kind === 'file') return loadModel(resolve(folder, source.path), { normalizeRows: false }, io);
  const family = families.get(source.family)!;
  const input: Record<string, FamilyInput[string]> = {};
  for (const [key, value] of source.options) {
    const isFile = family.options.some((option) => option.name === key && option.kind === 'file');
    input[key] = isFile ? await textOf(resolve(folder, String(value)), io) : value;
  }
  return parseModel(writeModel(family.build(input)), { source: name, format: 'json' });
}

async function textOf(source: string, io: Io): Promise<{ source: string; text: string }> {
  return { source, text: new TextDecoder().decode(await io.readFile(source)) };
}

async function guarded<T>(fail: (error: UserError) => UserError, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof UserError ? fail(error) : error;
  }
}

/** `003-room-slip-0.1-uniform`: a file name that no name in an experiment can turn into another path. */
function numbered(index: number, model: string, slip: Slip | undefined, law?: string): string {
  const parts = [
    model,
    ...(slip === undefined ? [] : [`slip-${slip.text}`]),
    ...(law === undefined ? [] : [law]),
  ];
  const plain = parts.map((part) =>
    part
      .replace(/[^A-Za-z0-9.]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 30),
  );
  return [String(index + 1).padStart(3, '0'), ...plain.filter((part) => part !== '')].join('-');
}
