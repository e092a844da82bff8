// Measures one checkout, built beforehand: `node measure.js ROOT CASE`. Prints CPU microseconds per reward function as JSON:
// drawing, solving, certifying, deciding and summing on one core, start-up apart.
import { performance } from 'node:perf_hooks';
import { loadCase } from './load-case.js';

const [root, text] = process.argv.slice(2);
const test = JSON.parse(text);
const { milliseconds } = test;
const { mdp, job, load } = await loadCase(root, test);
const { blockSolver } = await load('power/block.js');
const { blockColumns } = await load('power/plan.js');

const solve = blockSolver(job);
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
