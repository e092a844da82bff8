// `npm run bench`: CPU microseconds per reward function on the seven workloads, and the start-up of the program.
// `npm run bench -- --against PATH` measures another built checkout alternately with this one and prints ratios: on a
// shared machine only ratios of alternating runs mean anything. `--reference` measures a C++ program for AVX2 that solves
// only, alternately too, where there is a compiler. `--rounds N` and `--only NAME` (of a workload) as well.
// `--efficiency` prints instead how many times smaller standard errors are with `--sampler auto` than with plain samples of
// the same program in the same CPU time (efficiency.js).
import { execFileSync, spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compileReference, referenceOf } from './reference.js';

const { values: options } = parseArgs({
  options: {
    against: { type: 'string' },
    reference: { type: 'boolean', default: false },
    efficiency: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
});
const here = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const measure = fileURLToPath(new URL('measure.js', import.meta.url));
if (options.efficiency) {
  printEfficiency();
  process.exit();
}
const checkouts = options.against === undefined ? [here] : [here, options.against];
const kinds = ['graph7', 'grid10', 'grid30', 'slip10', 'slip30', 'sparse2000', 'layered2000'].filter(
  (kind) => options.only === undefined || kind === options.only,
);
const cases = kinds.flatMap((kind) => [
  { kind, gamma: '0.99', decide: false, milliseconds: 1000 },
  { kind, gamma: '0.99', decide: true, milliseconds: 1000 },
  { kind, gamma: '0.9', decide: true, milliseconds: 1000 },
  { kind, gamma: '0.9999', decide: true, milliseconds: 1000 },
]);
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

const print = (cells) =>
  console.log(cells.map((cell, i) => String(cell).padEnd([12, 9, 10, 11, 12, 12, 12, 8][i])).join(''));
const comparing = checkouts.length === 2;
const native = options.reference ? compileReference() : undefined;
if (native?.skipped !== undefined) console.log(`The C++ reference is left out: ${native.skipped}.`);
if (native?.name !== undefined)
  console.log(`Reference: ${native.name}, solving only; ratio = ours / reference.`);
const hasReference = native?.program !== undefined;
print([
  'workload',
  'gamma',
  'decisions',
  'solver',
  'us/function',
  comparing ? 'there' : '',
  comparing ? 'here/there' : '',
  hasReference ? 'C++' : '',
  hasReference ? 'ratio' : '',
]);
for (const test of cases) {
  const found = checkouts.map(() => []);
  const references = [];
  const runReference = hasReference ? await referenceOf(native, here, test) : undefined;
  for (let round = 0; round < Number(options.rounds); round++) {
    checkouts.forEach((root, i) => {
      found[i].push(
        JSON.parse(
          execFileSync(process.execPath, [measure, root, JSON.stringify(test)], { encoding: 'utf8' }),
        ),
      );
    });
    if (runReference !== undefined) references.push(runReference(found[0].at(-1).solver));
  }
  const [ours, theirs] = found.map((runs) => runs.map(({ microseconds }) => microseconds));
  print([
    test.kind,
    test.gamma,
    test.decide ? 'yes' : 'no',
    found[0][0].solver,
    median(ours).toPrecision(3),
    ...(comparing
      ? [median(theirs).toPrecision(3), median(ours.map((own, i) => own / theirs[i])).toFixed(2)]
      : ['', '']),
    ...(hasReference
      ? [median(references).toPrecision(3), median(ours.map((own, i) => own / references[i])).toFixed(2)]
      : []),
  ]);
}
native?.remove?.();

const start = checkouts.map(() => []);
for (let round = 0; round < 5; round++) {
  checkouts.forEach((root, i) => {
    const from = performance.now();
    spawnSync(process.execPath, [
      `${root}/bin/mdpower.js`,
      'analyze',
      `${root}/fixtures/mdp/fig1.json`,
      '--quiet',
    ]);
    start[i].push(performance.now() - from);
  });
}
const seconds = start.map((list) => `${(median(list) / 1000).toFixed(2)} s`);
console.log(
  `analyze on the model of Fig. 1, default settings: ${seconds.join(' here, ')}${comparing ? ' there' : ''}`,
);

/** The workloads and numbers of samples whose standard errors are compared. */
function printEfficiency() {
  const cases = [
    ['fig1', 100_000],
    ['graph7', 100_000],
    ['graph7', 400_000],
    ['grid10', 100_000],
    ['sparse2000', 16_384],
  ].filter(([kind]) => options.only === undefined || kind === options.only);
  const script = fileURLToPath(new URL('efficiency.js', import.meta.url));
  const line = (cells) =>
    console.log(cells.map((cell, i) => String(cell).padEnd([12, 9, 9, 9, 10, 11][i] ?? 0)).join(''));
  line(['workload', 'samples', 'gamma', 'ratio', 'worst', 'CPU ratio', 'sampler']);
  for (const [kind, samples] of cases) {
    const test = { kind, samples, gammas: ['0.9', '0.99'], rounds: Number(options.rounds) };
    const text = execFileSync(process.execPath, [script, here, JSON.stringify(test)], { encoding: 'utf8' });
    for (const { gamma, ratio, worst, work, estimator } of JSON.parse(text)) {
      const how = [
        estimator.sampler,
        ...(estimator.sets === null ? [] : [`${estimator.sets} sets of ${estimator.setSize}`]),
        ...(estimator.averaged ? ['averaged'] : []),
        ...(estimator.controls.length > 0 ? ['control variates'] : []),
      ];
      line([kind, samples, gamma, ratio.toFixed(1), worst.toFixed(1), work.toFixed(2), how.join(', ')]);
    }
  }
  console.log(
    'ratio: standard error of POWER, averaged over states, of plain samples over that of --sampler auto, at equal CPU time\n' +
      '(ratio of standard errors from as many samples, over the root of the ratio of CPU times; pilots counted);\n' +
      'worst: of the state that gains least; CPU ratio: time of auto over that of plain samples.',
  );
}
