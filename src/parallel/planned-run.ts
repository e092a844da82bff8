import { bisimulation } from '../mdp/bisimulation.js';
import type { Mdp } from '../mdp/model.js';
import { type Batches, emptyBatches } from '../power/batches.js';
import { type BlockSums, emptySums } from '../power/block.js';
import { chooseEstimator, type Sampler } from '../power/estimator.js';
import { checkForm, emptyFormSums, formsNeedDecisions } from '../power/linear-form.js';
import { membersOfSets } from '../power/orbits.js';
import { planSamples, type SamplePlan } from '../power/plan.js';
import { choicesOf, type GammaSums, type RowContext } from '../power/rows.js';
import { emptySetMeans } from '../power/set-means.js';
import { gammaJobs, type SampleJob } from '../power/solved-samples.js';
import { powerSupport } from '../power/support.js';
import type { Points } from '../rewards/points.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSource } from '../rewards/source.js';
import type { RewardSpec } from '../rewards/spec.js';
import { checkOptions, checkSampler } from './check-options.js';
import type { EstimateOptions } from './estimate-options.js';
import { runPilots } from './pilots.js';
import { breathe } from './run-blocks.js';

/** A run before its first block: what is drawn and solved, and where the sums go. */
export interface PlannedRun {
  readonly law: RewardSource;
  readonly job: SampleJob;
  readonly points: Points;
  readonly plan: SamplePlan;
  /** samples of a Sobol set; undefined: samples are independent */
  readonly setSize: number | undefined;
  /** the empty sums of each gamma */
  readonly parts: readonly GammaSums[];
  /** what rows, and batches if they are wanted, are about */
  readonly reported: Pick<Batches, 'states' | 'choices'>;
  readonly context: Omit<RowContext, 'confidence'>;
}

/**
 * Checks the options, runs the pilots that choose the estimator, and plans the blocks.
 * @throws {UserError} an option has no meaning, or the law does not fit the model or the sampler
 */
export async function plannedRun(
  mdp: Mdp,
  reward: RewardSpec,
  options: EstimateOptions,
): Promise<PlannedRun> {
  checkOptions(mdp, options);
  const { gammas, seed, threads = 1, signal, forms = [] } = options;
  const decided = options.decide ?? true;
  for (const form of forms) checkForm(mdp, form, gammas.length);
  const states = options.states ?? mdp.states.map((_, s) => s);

  const law = rewardSource(reward, mdp, seed);
  const classes = bisimulation(mdp, law.equalRewardClass).choiceClass;
  checkSampler(reward, law, options);
  await breathe(signal);
  const asked = { mdp, reward, seed, classes, samples: options.samples, tolerance: options.tolerance };
  const sampler = samplerOf(options);
  const pilots = await runPilots(asked, sampler, gammas, threads, signal);
  const estimator = chooseEstimator(asked, sampler, pilots);
  const { points, orbits, controls } = estimator;
  const gammaList = [];
  for (const discount of gammas) {
    await breathe(signal);
    gammaList.push(estimator.gammaJob(discount));
  }
  const job: SampleJob = {
    mdp,
    source: rewardSource(reward, mdp, seed, points),
    plainSource: law,
    gammas: gammaList,
    ...(decided || formsNeedDecisions(forms) ? { classes } : {}),
    ...(forms.length > 0 ? { forms } : {}),
    orbits,
    controls,
  };

  const setSize = points.kind === 'sobol' ? 2 ** points.log2Size : undefined;
  const samples = setSize === undefined ? options.samples : setSize * Math.floor(options.samples / setSize);
  const plan = planSamples(mdp.stateCount, samples, setSize);
  const reported = { states, choices: decided ? states.flatMap((s) => choicesOf(mdp, s)) : [] };
  const isBatched = options.batches && options.untilWidth === undefined;
  const parts = gammaJobs(job).map((atGamma, i): GammaSums => {
    const [gamma] = atGamma.gammas;
    const none = (): BlockSums => emptySums(atGamma);
    return {
      job: gamma,
      support: powerSupport(mdp, law, gamma.discount),
      sums: i === 0 && forms.length > 0 ? { ...none(), forms: emptyFormSums(forms.length) } : none(),
      sets: setSize === undefined || gamma.plain ? undefined : emptySetMeans(setSize, none),
      orbits: atGamma.orbits,
      ...(isBatched && { batches: emptyBatches(plan, setSize, reported) }),
    };
  });
  const choiceSets = orbits && membersOfSets(orbits.ofChoice);
  const context = { mdp, source: law, states, decided, classes, choiceSets };
  return { law, job, points, plan, setSize, parts, reported, context };
}

/** Linear forms need independent samples, and so does a run that ends by its widths. */
function samplerOf({ sampler = 'auto', untilWidth, forms = [] }: EstimateOptions): Sampler | 'independent' {
  if (forms.length > 0) return 'random';
  return untilWidth !== undefined && sampler === 'auto' ? 'independent' : sampler;
}
