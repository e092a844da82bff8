// The statistical part of the bench: `node efficiency.js ROOT CASE`, ROOT a built checkout. Prints as JSON how many times
// smaller the standard error of POWER is with `--sampler auto` than with plain samples that take the same CPU time.
//
// Both samplers estimate POWER of all states from as many samples, on one thread, in alternating runs with seeds 1, 2, …;
// pilots, drawing, solving, certifying and adding up are counted, the start of the program is not. With e the standard error,
// averaged over states and (squared) over seeds, and t the CPU time of a run, the ratio is e·√t of plain samples over e·√t of
// `auto`: standard errors of plain samples fall as 1/√t.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { workload } from './load-case.js';

const [root, text] = process.argv.slice(2);
const { kind, gammas, samples, rounds } = JSON.parse(text);
const load = (path) => import(pathToFileURL(`${root}/dist/${path}`).href);
const { parseModel } = await load('mdp/parse.js');
const { parseDiscount } = await load('number/discount.js');
const { parseReward } = await load('rewards/parse-reward.js');
const { estimatePower } = await load('parallel/estimate-power.js');
const fig1 = `${root}/fixtures/mdp/fig1.json`;
const mdp = parseModel(kind === 'fig1' ? readFileSync(fig1) : workload(root, kind));
const reward = parseReward('uniform(0, 1)', mdp.states);

const run = async (gamma, sampler, seed, count) => {
  const options = { gammas: [parseDiscount(gamma)], samples: count, seed, sampler, decide: false };
  const before = process.cpuUsage();
  const { power, estimator } = await estimatePower(mdp, reward, options);
  const { user, system } = process.cpuUsage(before);
  const errors = power.map(({ standardError }) => standardError);
  return { errors, seconds: (user + system) / 1e6, estimator };
};
const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
/** Root mean square over the runs, for each state. */
const errorsOf = (runs) =>
  runs[0].errors.map((_, s) => Math.sqrt(mean(runs.map(({ errors }) => errors[s] ** 2))));

const results = [];
for (const gamma of gammas) {
  const runs = { random: [], auto: [] };
  // Until the engine has compiled what is hot.
  for (const sampler of ['random', 'auto']) await run(gamma, sampler, 1n, samples / 4);
  for (let round = 1; round <= rounds; round++) {
    for (const sampler of ['random', 'auto']) {
      runs[sampler].push(await run(gamma, sampler, BigInt(round), samples));
    }
  }
  const [plain, auto] = ['random', 'auto'].map((sampler) => errorsOf(runs[sampler]));
  const work = Math.sqrt(
    mean(runs.auto.map(({ seconds }) => seconds)) / mean(runs.random.map(({ seconds }) => seconds)),
  );
  results.push({
    gamma,
    estimator: runs.auto[0].estimator,
    ratio: mean(plain) / mean(auto) / work,
    worst: Math.min(...plain.map((error, s) => error / auto[s])) / work,
    work: work ** 2,
    seconds: mean(runs.auto.map(({ seconds }) => seconds)),
  });
}
console.log(JSON.stringify(results));
