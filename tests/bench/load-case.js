// What both sides of the bench load: a workload, its reward law and what is asked of it.
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** The text of a workload. */
export function workload(root, kind) {
  const command = [`${root}/bin/mdpower.js`, 'generate', kind];
  return execFileSync(process.execPath, command, { maxBuffer: 2 ** 28 });
}

/** A case of bench.js from the checkout at `root`, built beforehand; `load` imports from its dist. */
export async function loadCase(root, { kind, gamma, decide }) {
  const load = (path) => import(pathToFileURL(`${root}/dist/${path}`).href);
  const { parseModel } = await load('mdp/parse.js');
  const { parseDiscount } = await load('number/discount.js');
  const { bisimulation } = await load('mdp/bisimulation.js');
  const { parseReward } = await load('rewards/parse-reward.js');
  const { rewardSource } = await load('rewards/reward-source.js');
  const mdp = parseModel(workload(root, kind));
  const source = rewardSource(parseReward('uniform(0, 1)', mdp.states), mdp, 1n);
  const classes = bisimulation(mdp, source.equalRewardClass).choiceClass;
  const gammas = [{ discount: parseDiscount(gamma), tolerance: 1e-6 }];
  return { load, mdp, source, job: { mdp, source, gammas, ...(decide ? { classes } : {}) } };
}
