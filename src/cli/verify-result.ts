import { optimalityContradiction, powerContradiction } from '../check/compare-tally.js';
import { type Tally, tallyAgain } from '../check/tally.js';
import { inputError, quoted, type UserError } from '../errors.js';
import { parseDocument } from '../mdp/document.js';
import type { Mdp } from '../mdp/model.js';
import { type Discount, parseDiscountList } from '../number/discount.js';
import { estimatePower } from '../parallel/estimate-power.js';
import type { ResultDocument, VerificationSummary } from '../report/document.js';
import { formatCount, formatQuantity } from '../report/format.js';
import { parseReward } from '../rewards/parse-reward.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSpec } from '../rewards/spec.js';
import { parseCertificate } from '../symmetry/parse-certificate.js';
import { verifyCertificate } from '../symmetry/verify.js';
import type { Io } from './io.js';
import { exactRowsContradiction, firstDifference, rowsContradiction } from './result-contradictions.js';
import { CAN_RUN_AGAIN, runAgain } from './run-again.js';
import { version } from './version.js';

export interface VerifyResultOptions {
  /** reward functions to solve again at each gamma; default: 10,000, or fewer of large models */
  readonly samples: number | undefined;
  readonly quiet: boolean;
}

/** Reward functions solved again where nothing else is said, and multiplications for it. */
const DEFAULT_EFFORT = { samples: 10_000, work: 2e9 } as const;
/** Different reward functions solved in rationals at each gamma: some milliseconds each. */
const MOST_EXACT = 300;

/** Why a result is refused. */
class Contradiction extends Error {}

/**
 * Checks a result against the model, in an order in which each step uses only what the ones before have shown:
 * it is of this program and this model; its parameters and rows can be read; its certificates hold; the program's numbers
 * agree with those of a second solver on the same reward functions; and the program, run again, gives every field.
 *
 * @throws {UserError} bad input: a result of a command that computes nothing from rewards
 */
export async function verifyResult(
  document: ResultDocument,
  mdp: Mdp,
  options: VerifyResultOptions,
  io: Io,
): Promise<VerificationSummary> {
  const { command, parameters } = document;
  if (!(CAN_RUN_AGAIN as readonly string[]).includes(command) || document.symbolic !== undefined) {
    throw notVerifiable(command);
  }
  const steps: VerificationSummary['steps'][number][] = [];
  const check = async (hypothesis: string, test: () => string | Promise<string>): Promise<void> => {
    if (steps.some(({ holds }) => !holds)) return;
    try {
      steps.push({ hypothesis, finding: await test(), holds: true });
    } catch (error) {
      if (!(error instanceof Contradiction) && !isAboutParameters(error)) throw error;
      steps.push({ hypothesis, finding: (error as Error).message, holds: false });
    }
  };
  let law: { spec: RewardSpec; gammas: readonly Discount[]; seed: bigint } | undefined;

  await check('the result is whole, and of this version of the program', () => {
    if (document.mdpower !== version())
      fail(`it is of version ${quoted(document.mdpower)}, this is ${version()}`);
    if (document.notes.some(({ code }) => code === 'W_INTERRUPTED'))
      fail('its run was interrupted: run it again');
    return `mdpower ${version()}`;
  });
  await check('the result is about this model', () => {
    const { sha256, states, choices, transitions, start, name } = document.model;
    if (sha256 !== mdp.sha256) fail(`the model's hash is ${mdp.sha256}, the result names ${sha256}`);
    const isSame =
      name === mdp.name &&
      start === mdp.states[mdp.start] &&
      states === mdp.stateCount &&
      choices === mdp.choiceCount &&
      transitions === mdp.transitionCount;
    if (!isSame) fail('name, sizes or start are not those of the model');
    return 'the same hash, name, sizes and start';
  });
  await check('its parameters have a meaning', () => {
    const spec = parseReward(parameters.reward ?? '', mdp.states);
    const gammas = parseDiscountList((parameters.gammas ?? []).join(','));
    law = { spec, gammas, seed: BigInt(parameters.seed ?? '1') };
    if (law.seed >= 1n << 64n) fail('the seed has more than 64 bits');
    if (spec.text !== parameters.reward) fail('the reward law is not written as the program writes it');
    return `${spec.text}, ${formatQuantity(gammas.length, 'gamma')}`;
  });
  await check('its rows are about states and actions of the model', () => {
    const contradiction = rowsContradiction(mdp, document);
    if (contradiction !== undefined) fail(contradiction);
    const rows = (document.power?.length ?? 0) + (document.optimality?.length ?? 0);
    return `${formatQuantity(rows, 'row')}, none of them twice`;
  });
  if (document.symmetry !== undefined) {
    await check('its certificates hold', () => {
      for (const { certificate } of document.symmetry ?? []) {
        const text = JSON.stringify(certificate);
        if (!verifyCertificate(mdp, parseCertificate(parseDocument(text, 'certificate', 'json'))).valid) {
          fail(`a certificate for ${certificate.theorem} in ${certificate.state} does not`);
        }
      }
      return `${formatQuantity(document.symmetry?.length ?? 0, 'certificate')} checked in exact arithmetic`;
    });
  }
  for (const text of parameters.gammas ?? []) {
    await check(`at gamma ${text} a second solver agrees`, () => {
      const { spec, gammas, seed } = law!;
      const discount = gammas.find((gamma) => gamma.text === text);
      if (discount === undefined) fail('this gamma is listed twice');
      return secondOpinion(document, mdp, spec, discount!, seed, options);
    });
  }
  await check('the program, run again, gives this result', async () => {
    const again = await runAgain(document, mdp, options.quiet, io);
    const difference = firstDifference(document, again, '');
    if (difference !== undefined) fail(difference);
    return 'every field to the last digit, intervals and notes included';
  });
  return {
    theorem: null,
    claim:
      'the result is what this program computes from the model, and its solver is right where it was looked at',
    valid: steps.every(({ holds }) => holds),
    strict: false,
    steps,
  };
}

/** Solves the first reward functions at one gamma again and compares. */
async function secondOpinion(
  document: ResultDocument,
  mdp: Mdp,
  spec: RewardSpec,
  discount: Discount,
  seed: bigint,
  options: VerifyResultOptions,
): Promise<string> {
  const { power = [], optimality = [], parameters } = document;
  const decide = document.optimality !== undefined;
  const source = rewardSource(spec, mdp, seed);
  const drawn = [...power, ...optimality].find(
    (row) => row.gamma === discount.text && row.samples > 0,
  )?.samples;
  const { samples, work } =
    options.samples === undefined ? DEFAULT_EFFORT : { samples: options.samples, work: Infinity };
  const effort = { samples: Math.min(samples, drawn ?? samples), work, exactly: MOST_EXACT };
  const tally = tallyAgain(mdp, source, discount, decide, effort);
  if (tally.samples === 0) return 'not looked at: the model is too large for rational arithmetic at a limit';

  const isPlain = (parameters.estimator?.sampler ?? 'random') === 'random';
  const findings = [solvedText(tally, isPlain ? drawn : undefined)];
  const exact = exactRowsContradiction(mdp, document, tally, source.support);
  if (exact.contradiction !== undefined) fail(exact.contradiction);
  if (exact.finding !== undefined) findings.push(exact.finding);
  if (drawn !== undefined) {
    const rows = await estimatePower(mdp, spec, {
      gammas: [discount],
      samples: tally.samples,
      seed,
      decide,
      tolerance: parameters.tolerance ?? undefined,
      sampler: 'random',
    });
    const contradiction =
      powerContradiction(mdp, rows.power, tally) ?? optimalityContradiction(mdp, rows.optimality, tally);
    if (contradiction !== undefined) fail(contradiction);
    findings.push(
      `${decide ? 'means, standard errors and counts' : 'means and standard errors'} agree within the proved bounds`,
    );
  }
  return findings.join('; ');
}

function solvedText({ samples, exactly, error }: Tally, drawn: number | undefined): string {
  const of = drawn === undefined || drawn === samples ? '' : `the first ${formatCount(samples)} of `;
  const rational =
    exactly === 0 ? '' : `, ${exactly === samples ? 'all' : formatCount(exactly)} in rationals`;
  return `${of}${formatQuantity(drawn ?? samples, 'reward function')} solved again${rational}, to ${error.toPrecision(1)}`;
}

function fail(finding: string): never {
  throw new Contradiction(finding);
}

/** Usage and input errors while parameters are read speak of the result. */
function isAboutParameters(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'UserError' && [2, 3].includes((error as UserError).exitCode)
  );
}

function notVerifiable(command: string): UserError {
  return inputError({
    code: 'E_VERIFY_KIND',
    message: `a result of mdpower ${command} cannot be verified`,
    found: quoted(command),
    wanted: `a certificate, or a result of ${CAN_RUN_AGAIN.join(', ')} without --symbolic`,
    hint: 'symmetry --save-certificates writes certificates, which can',
  });
}
