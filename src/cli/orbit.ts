import { usageError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { type Discount, limitOf } from '../number/discount.js';
import type { Rational } from '../number/rational.js';
import { writtenNumber } from '../number/written-number.js';
import { countOrbit, type OrbitCount } from '../power/orbit.js';
import type { OrbitQuestion } from '../power/orbit-question.js';
import type { OrbitRow, ResultDocument } from '../report/document.js';
import type { RewardSpec } from '../rewards/spec.js';
import { rewardOf } from './estimate.js';
import type { Io } from './io.js';
import { loadModel } from './load.js';
import { choiceNamed, splitNames, stateNamed } from './names.js';
import { startProgress } from './progress.js';
import { documentOf } from './result.js';

interface OrbitValues {
  readonly state: string | undefined;
  readonly action: string | undefined;
  readonly other: string | undefined;
  readonly states: string | undefined;
  readonly by: 'optimality' | 'value';
  readonly average: boolean;
  readonly gamma: readonly Discount[];
  readonly reward: string | undefined;
  readonly samples: number;
  readonly seed: bigint;
  readonly confidence: number;
  readonly progress: 'auto' | 'always' | 'never';
  readonly normalizeRows: boolean;
  readonly quiet: boolean;
}

/** Reads model and reward and counts the orbit at each discount. @throws {UserError} usage, bad input */
export async function countOrbits(path: string, options: OrbitValues, io: Io): Promise<ResultDocument> {
  const mdp = await loadModel(path, options, io);
  const reward = await rewardOf(mdp, options.reward, io);
  const rewards = oneReward(reward);
  const { question, words } = questionOf(mdp, options);
  const progress = await startProgress(options.progress, options.quiet, io);
  if (!options.average) checkDiscounts(options.gamma);
  const criteria = options.average ? (['average'] as const) : options.gamma;
  const rows = criteria.map((criterion): OrbitRow => {
    const { samples, seed, confidence } = options;
    const counted = countOrbit(mdp, rewards, question, {
      criterion,
      samples,
      seed,
      confidence,
      progress: progress.update,
    });
    const gamma = criterion === 'average' ? criterion : criterion.text;
    return { ...words, gamma, reward: reward.text, ...fieldsOf(counted) };
  });
  progress.stop();
  const sampled = rows.some(({ complete }) => !complete);
  const parameters = {
    reward: reward.text,
    gammas: rows.map(({ gamma }) => gamma),
    ...(sampled && { samples: options.samples, seed: String(options.seed), confidence: options.confidence }),
    normalizeRows: options.normalizeRows,
  };
  return { ...documentOf('orbit', mdp, parameters), orbit: rows };
}

/** @throws {UserError} usage, if a discount is a limit */
function checkDiscounts(gammas: readonly Discount[]): void {
  const limit = gammas.find((discount) => limitOf(discount) !== undefined);
  if (limit === undefined) return;
  throw usageError('orbits are counted at discounts between 0 and 1', {
    place: { source: '--gamma' },
    found: limit.text,
    wanted: 'a number with 0 < gamma < 1',
    ...(limitOf(limit) === 1 && {
      hint: '--average counts by the average reward, which POWER becomes at gamma 1',
    }),
  });
}

/** The one reward function that a law stands for. @throws {UserError} usage, if it stands for many */
export function oneReward(law: RewardSpec): readonly Rational[] {
  const texts = valuesOf(law);
  if (texts !== undefined) return texts.map((text) => writtenNumber(text)!);
  throw usageError('the orbit of one reward function is counted, and this law has many', {
    found: law.text,
    wanted: 'one number for each state, such as {"orbit": {"hub": 1, "left": 2}}; states not named have 0',
  });
}

function valuesOf(law: RewardSpec): readonly string[] | undefined {
  if (law.form === 'orbit') return law.reward;
  if (law.form === 'list') return law.functions.length === 1 ? law.functions[0]!.reward : undefined;
  if (law.form === 'features') return undefined;
  const points = law.laws.map((one) =>
    one.kind === 'discrete' && one.atoms.length === 1 ? one.atoms[0]!.value : null,
  );
  return points.includes(null) ? undefined : law.ofState.map((index) => points[index]!);
}

type Words = Pick<OrbitRow, 'kind' | 'state' | 'action' | 'other'>;

function questionOf(
  mdp: Mdp,
  { states, state, action, other, by }: OrbitValues,
): { question: OrbitQuestion; words: Words } {
  if (states !== undefined) {
    const pair = splitNames(states, mdp.states);
    if (pair.length !== 2)
      throw usageError('--states takes two states', { wanted: 'two names with a comma between' });
    const [a, b] = pair.map((name) => stateNamed(mdp, name, '--states')) as [number, number];
    return {
      question: { kind: 'power', state: a, other: b },
      words: { kind: 'power', state: pair[0]!, action: null, other: pair[1]! },
    };
  }
  const at = state === undefined ? mdp.start : stateNamed(mdp, state, '--state');
  const known = mdp.actions.slice(mdp.choicePtr[at], mdp.choicePtr[at + 1]);
  const [actions, others] = [splitNames(action!, known), splitNames(other!, known)];
  return {
    question: {
      kind: by,
      state: at,
      choices: actions.map((name) => choiceNamed(mdp, at, name, '--action')),
      others: others.map((name) => choiceNamed(mdp, at, name, '--other')),
    },
    words: { kind: by, state: mdp.states[at]!, action: actions.join(', '), other: others.join(', ') },
  };
}

function fieldsOf({ shares, size, ...counts }: OrbitCount): Omit<OrbitRow, keyof Words | 'gamma' | 'reward'> {
  const { elements, complete, greater, equal, less, undecided } = counts;
  return {
    size: String(size),
    elements,
    complete,
    greater,
    equal,
    less,
    undecided,
    greaterLow: shares.greater[0],
    greaterHigh: shares.greater[1],
    equalLow: shares.equal[0],
    equalHigh: shares.equal[1],
    lessLow: shares.less[0],
    lessHigh: shares.less[1],
  };
}
