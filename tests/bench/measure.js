// Measures one checkout, built beforehand: `node measure.js ROOT CASE`. Prints CPU microseconds per reward function as JSON:
// drawing, solving, certifying, deciding and summing on one core, start-up apart.
import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const [root, text] = process.argv.slice(2);
const { kind, gamma, decide, milliseconds } = JSON.parse(text);
const load = (path) => import(pathToFileURL(`${root}/dist/${path}`).href);
const { parseModel } = await load('mdp/parse.js');
const { parseDiscount } = await load('number/discount.js');
const { bisimulation } = await load('mdp/bisimulation.js');
const { parseReward } = await load('rewards/parse-reward.js');
const { rewardSource } = await load('rewards/reward-source.js');
const { blockSolver } = await load('power/block.js');
const { blockColumns } = await load('power/plan.js');

const model = execFileSync(process.execPath, [`${root}/bin/mdpower.js`, 'generate', kind], {
  maxBuffer: 2 ** 28,
});
const mdp = parseModel(model);
const source = rewardSource(parseReward('uniform(0, 1)', mdp.states), mdp, 1n);
const classes = bisimulation(mdp, source.equalRewardClass).choiceClass;
const gammas = [{ discount: parseDiscount(gamma), tolerance: 1e-6 }];
const solve = blockSolver({ mdp, source, gammas, ...(decide ? { classes } : {}) });
const columns = blockColumns(mdp.stateCount);
let first = 0;
const block = () => {
  const sums = solve(first, columns);
  first += columns;
  return sums[0];
};
// Until the engine has compiled what is hot.
const warm = performance.now();
while (performance.now() - warm < milliseconds / 4) block();
const before = first;
const cpu = process.cpuUsage();
const start = performance.now();
let solver = 'columns';
do solver = block().solver ?? solver;
while (performance.now() - start < milliseconds);
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ solver, microseconds: (user + system) / (first - before) }));
