import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { openCheckpoint } from '../../src/cli/checkpoint/checkpoint-store.js';
import { type FileOperations, fileOperations } from '../../src/cli/checkpoint/file-operations.js';
import {
  parseConfidence,
  parseSamples,
  parseSeed,
  parseThreads,
  parseTolerance,
} from '../../src/cli/numbers.js';
import { CHECKSUM_BYTES } from '../../src/mdp/binary/layout.js';
import { writeBinaryModel } from '../../src/mdp/binary/write-binary.js';
import { parseDocument } from '../../src/mdp/document.js';
import { readGrid } from '../../src/mdp/grid.js';
import { parseModel } from '../../src/mdp/parse.js';
import { parseDiscountList } from '../../src/number/discount.js';
import { bindAssertions } from '../../src/power/assertion/bind-assertions.js';
import { parseAssertion } from '../../src/power/assertion/parse-assertion.js';
import { parseFailCondition } from '../../src/power/fail-condition.js';
import type { PowerEstimate } from '../../src/power/result.js';
import { FORMATS } from '../../src/report/formats.js';
import { readResult } from '../../src/report/read-result.js';
import { renderResult } from '../../src/report/render.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { parseCertificate } from '../../src/symmetry/parse-certificate.js';
import { verifyCertificate } from '../../src/symmetry/verify.js';
import { run } from '../cli/fake-io.js';
import { estimate, star } from '../power/estimating.js';

/** Something that reads what others wrote: it returns, or throws a UserError. */
export interface Target {
  readonly name: string;
  /** inputs to begin with */
  readonly seeds: () => Promise<readonly Uint8Array[]>;
  readonly read: (bytes: Uint8Array) => unknown;
}

const fig1 = parseModel(readFileSync('fixtures/mdp/fig1.json'), { source: 'fig1.json' });
const bytesOf = (texts: readonly string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** All files below a folder with one of these endings. */
function filesOf(folder: string, ending: RegExp): Uint8Array[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`))
    .filter(({ length }) => length < 20_000);
}

const models = (): Uint8Array[] => [
  ...filesOf('fixtures/mdp', /\.json$/),
  ...filesOf('fixtures/bad', /\.json$/),
];

const yamlModel = `# a model
states: [start, hub, "no"]
start: start
transitions:
  start: {go: hub, gamble: {hub: 1/3, "no": '2/3'}}
  hub:
    back: start
terminal: ["no"]
labels: {shutdown: ["no"]}
layout: {start: [0, 0], hub: [1.5, -2]}
reward: {default: uniform(0, 1), states: {hub: "point(1)"}}
`;

const rewards = [
  'uniform(0, 1)',
  'normal(-1/3, 2e-3)',
  'exponential(2)',
  'beta(0.5, 3)',
  'pareto(1, 5/2)',
  'bernoulli(1/3)',
  'discrete(-1:1/4, 0:0.5, 2:25%)',
  'point(0.1)',
  'quantile(u^2 + min(u, 1/2) * sqrt(u) - log(1 + u) / max(2, pi, e))',
  'quantile(abs(sin(u)) + cos(-u) - exp(u))',
  '{"default": "uniform(0, 1)", "states": {"★": "point(0)"}}',
  '{"features": {"★": [1, 0.5], "∅": [0, -1]}, "weights": "normal(0, 1)"}',
  '{"functions": [{"weight": "1/2", "reward": {"★": 1}}, {"weight": 0.5, "reward": {"∅": "1/3"}}]}',
  '{"orbit": {"★": 1, "∅": 2, "r_▷": 2}}',
];

const assertions = [
  'POWER(★) > POWER("∅")',
  'P(★, left) + 2 * P(★, right) / 3 >= 0.3 @ 1/2',
  '-(POWER(★, 0.5) - POWER(r_▷)) * 2 != 1e-3 < STRICT(★, down, 0.9)',
  'POWER("a \\"quoted\\" name") = 0 <= 1',
];

async function results(): Promise<Uint8Array[]> {
  const commands = [
    ['analyze', 'fixtures/mdp/wait.json', '--gamma', '0.5,1', '--samples', '50'],
    ['optimality', 'fixtures/mdp/gamble.json', '--gamma', '0,0.9', '--assert', 'P(start, go) > 0'],
    ['orbit', 'fixtures/mdp/wait.json', '--states', 'wait,hug', '--reward', '{"orbit": {"hug": 1}}'],
    ['visits', 'fixtures/mdp/wait.json', '--state', 'wait'],
    ['check', 'fixtures/mdp/fig1.json'],
    ['power', 'fixtures/mdp/wait.json', '--symbolic'],
  ];
  const written: Uint8Array[] = [];
  for (const command of commands) {
    written.push(Buffer.from((await run([...command, '--quiet', '--format', 'json'])).stdout));
  }
  return written;
}

/** Half of all inputs with a right checksum, so that what stands behind it is reached. */
function halfWithChecksum(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length > CHECKSUM_BYTES && copy[copy.length - 1]! % 2 === 0) {
    const body = copy.subarray(0, copy.length - CHECKSUM_BYTES);
    createHash('sha256').update(body).digest().copy(copy, body.length);
  }
  return copy;
}

/** Of what the checkpoints are. */
const resumable = {
  request: { command: 'power', arguments: ['m.json'], options: {} },
  settings: { seed: '1' },
};

/** Files in memory: one checkpoint, whose text is `bytes`; what is written is handed over. */
function memoryFiles(bytes: Uint8Array | undefined, onWrite: (written: Uint8Array) => void): FileOperations {
  const nothing = (): void => {};
  return {
    ...fileOperations,
    ...{ open: () => 0, sync: nothing, close: nothing, rename: nothing, link: nothing, remove: nothing },
    write: (_, written) => {
      onWrite(written);
      return written.length;
    },
    read: (path) => {
      if (path === 'run.ckpt' && bytes !== undefined) return bytes;
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
  };
}

/** Runs `samples` samples, or what is left of them, with a checkpoint in memory. */
async function runWith(samples: number, files: FileOperations): Promise<PowerEstimate> {
  const store = openCheckpoint('run.ckpt', resumable, { files, now: () => 0 });
  const result = await estimate(star(3), 'uniform(0,1)', ['0.5', '1'], { samples, store });
  store.close();
  return result;
}

/** What a run of so many samples leaves behind when it ends. */
async function checkpointOf(samples: number): Promise<Uint8Array> {
  let last = new Uint8Array(0) as Uint8Array;
  await runWith(
    samples,
    memoryFiles(undefined, (written) => (last = written)),
  );
  return last;
}

/** Goes on from a checkpoint; a result of no run is an error. */
async function resumedFrom(bytes: Uint8Array): Promise<void> {
  const { power, optimality } = await runWith(
    1100,
    memoryFiles(bytes, () => {}),
  );
  for (const row of power) {
    if (![row.power, row.low, row.high].every(Number.isFinite)) throw new Error(JSON.stringify(row));
  }
  for (const row of optimality) {
    const shares = [row.probability, row.strict, row.fractional, row.undecided];
    if (!shares.every((share) => share >= 0 && share <= 1)) throw new Error(JSON.stringify(row));
  }
}

const laidOut = { width: 80, color: true, latex: { standalone: true, uncertainty: 'bracket' } } as const;

export const targets: readonly Target[] = [
  {
    name: 'models in JSON',
    seeds: async () => models(),
    read: (bytes) => parseModel(bytes, { source: 'model.json', format: 'json' }),
  },
  {
    name: 'models in YAML',
    seeds: async () => [Buffer.from(yamlModel), ...models().slice(0, 20)],
    read: (bytes) => parseModel(bytes, { source: 'model.yaml', format: 'yaml' }),
  },
  {
    name: 'models in binary form',
    seeds: async () => [writeBinaryModel(fig1), writeBinaryModel(parseModel(yamlModel, { format: 'yaml' }))],
    read: (bytes) => {
      const copy = halfWithChecksum(bytes);
      const shared = new Uint8Array(new SharedArrayBuffer(copy.length));
      shared.set(copy);
      return parseModel(shared, { source: 'model.mdpb' });
    },
  },
  {
    name: 'reward laws',
    seeds: async () => bytesOf(rewards),
    read: (bytes) => {
      const source = rewardSource(parseReward(textOf(bytes), fig1.states), fig1, 1n);
      const values = new Float64Array(fig1.stateCount * 8);
      source.fill(0, 8, values);
      if (!values.every(Number.isFinite))
        throw new Error(`a reward of ${values.find((v) => !Number.isFinite(v))}`);
      if (parseReward(source.text, fig1.states).text !== source.text) throw new Error('no fixed point');
    },
  },
  {
    name: 'assertions',
    seeds: async () => bytesOf(assertions),
    read: (bytes) =>
      bindAssertions(fig1, parseDiscountList('0.5,0.9'), [
        parseAssertion({ text: textOf(bytes), source: '--assert' }),
      ]),
  },
  {
    name: 'certificates',
    seeds: async () => filesOf('fixtures/certificates', /\.json$/),
    read: (bytes) =>
      verifyCertificate(fig1, parseCertificate(parseDocument(bytes, 'certificate.json', 'json'))),
  },
  {
    name: 'checkpoints',
    seeds: async () => [await checkpointOf(512), await checkpointOf(1024)],
    read: (bytes) => resumedFrom(halfWithChecksum(bytes)),
  },
  {
    name: 'results, and every format of what is read',
    seeds: results,
    read: async (bytes) => {
      const document = readResult(bytes, 'result.json');
      for (const format of FORMATS) await renderResult(document, format, laidOut);
    },
  },
  {
    name: 'lists of gammas, numbers, conditions',
    seeds: async () =>
      bytesOf(['0.5,0.9', '2/3', '0.1:0.9:0.1', '0', '1', '1e-6,0.999999', '95 %', '1e6', 'differs']),
    read: (bytes) => {
      const text = textOf(bytes);
      const readers = [
        parseSamples,
        parseSeed,
        parseThreads,
        parseConfidence,
        parseTolerance,
        parseFailCondition,
      ];
      let first: unknown;
      for (const reader of [...readers, parseDiscountList]) {
        try {
          reader(text);
        } catch (error) {
          first ??= error;
          if ((error as Error).name !== 'UserError') throw error;
        }
      }
      if (first !== undefined) throw first;
    },
  },
  {
    name: 'drawings of gridworlds',
    seeds: async () => filesOf('fixtures/mdp', /\.txt$/),
    read: (bytes) => readGrid(textOf(bytes), 'grid.txt'),
  },
];
