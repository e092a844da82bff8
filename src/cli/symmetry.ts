import { usageError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { type Discount, limitOf } from '../number/discount.js';
import { bindAssertions } from '../power/assertion/bind-assertions.js';
import { judgeClaims, planClaims } from '../power/assertion/judge.js';
import type { Assertion } from '../power/assertion/syntax.js';
import { equalPowerOrbits } from '../power/equal-power.js';
import type { AssertionRow } from '../power/result.js';
import { checkSymmetry } from '../power/symmetry-check.js';
import type { AutomorphismSummary, ResultDocument, SelfCheck } from '../report/document.js';
import { rewardSource } from '../rewards/reward-source.js';
import type { RewardSource } from '../rewards/source.js';
import type { RewardSpec } from '../rewards/spec.js';
import { type AutomorphismGroup, automorphismGroup } from '../symmetry/automorphism-group.js';
import { cycleNotation, cyclesOf } from '../symmetry/permutation.js';
import { rewardOf } from './estimate.js';
import { claimEvidence } from './evidence.js';
import { certifiedFindings, scopeOf } from './findings.js';
import type { Io } from './io.js';
import { loadModel } from './load.js';
import { nearMisses } from './near-misses.js';
import { documentOf } from './result.js';
import { encodingSensitivity } from './sensitivity.js';

interface SymmetryValues {
  readonly gamma: readonly Discount[];
  readonly reward: string | undefined;
  readonly seed: bigint;
  readonly normalizeRows: boolean;
  readonly state: string | undefined;
  readonly actions: string | undefined;
  readonly budget: number;
  readonly assertions: readonly Assertion[];
  readonly evidence: boolean;
  readonly almost: boolean;
  readonly duplicate: readonly string[];
  readonly quotient: boolean;
  readonly orbitReward: readonly string[];
  readonly samples: number | undefined;
}

/** The result of `mdpower symmetry`. @throws {UserError} bad input; internal, if a symmetry contradicts the solver */
export async function symmetryDocument(
  path: string,
  options: SymmetryValues,
  io: Io,
): Promise<ResultDocument> {
  const mdp = await loadModel(path, options, io);
  const reward = await rewardOf(mdp, options.reward, io);
  const automorphisms = symmetryFindings(mdp, reward, options);
  const found = certifiedFindings(mdp, scopeOf(mdp, options));
  const certificates = (found.symmetry ?? []).map(({ certificate }) => certificate);
  const evidence = options.evidence ? await claimEvidence(mdp, certificates, reward, options, io) : {};
  const almost = options.almost ? nearMisses(mdp, options, found.symmetry ?? []) : {};
  const encodings = encodingSensitivity(mdp, reward, options);
  const parameters = {
    reward: reward.text,
    gammas: options.gamma.map(({ text }) => text),
    seed: String(options.seed),
    normalizeRows: options.normalizeRows,
  };
  const judged = options.assertions.length === 0 ? {} : { assertions: provedClaims(mdp, reward, options) };
  return {
    ...documentOf('symmetry', mdp, parameters),
    automorphisms,
    ...found,
    ...evidence,
    ...almost,
    ...encodings,
    ...judged,
  };
}

/** What is asserted, as far as it can be proved. @throws {UserError} usage: a claim that needs numbers */
function provedClaims(
  mdp: Mdp,
  reward: RewardSpec,
  { gamma, seed, assertions }: SymmetryValues,
): AssertionRow[] {
  const claims = bindAssertions(mdp, gamma, assertions);
  const plan = planClaims(mdp, rewardSource(reward, mdp, seed), claims);
  if (plan.forms.length === 0) return judgeClaims(plan, []);
  throw usageError('a claim needs numbers, which symmetry does not compute', {
    wanted: "theorems such as '6.9(start, right, left)' and equalities by symmetry",
    hint: 'assert it with mdpower power or analyze',
  });
}

/**
 * The automorphisms of the environment, what follows from them for the reward law, and the check of solver and symmetries
 * against each other.
 * @throws {UserError} internal, if they contradict
 */
export function symmetryFindings(
  mdp: Mdp,
  reward: RewardSpec,
  { gamma, seed }: Pick<SymmetryValues, 'gamma' | 'seed'>,
): AutomorphismSummary {
  const source = rewardSource(reward, mdp, seed);
  const group = automorphismGroup(mdp);
  const equal = equalPowerOrbits(mdp, source, group);
  const names = (states: readonly number[]): string[] => states.map((s) => mdp.states[s]!);
  return {
    order: String(group.order),
    generators: group.generators.map((generator) => ({
      notation: cycleNotation(generator, mdp.states),
      cycles: cyclesOf(generator).map(names),
    })),
    orbits: members(group.orbits).map(names),
    complete: group.complete,
    equalPower:
      equal.basis === 'none'
        ? null
        : members(equal.orbits)
            .filter(({ length }) => length > 1)
            .map(names),
    // The limits have no solver of their own to be checked.
    selfCheck: selfCheck(
      mdp,
      source,
      group,
      gamma.filter((discount) => limitOf(discount) === undefined),
    ),
  };
}

/** The sets of states with the same representative, each ascending, in order of their first states. */
function members(representative: Int32Array): number[][] {
  const sets = new Map<number, number[]>();
  representative.forEach((first, s) => {
    const set = sets.get(first) ?? [];
    set.push(s);
    sets.set(first, set);
  });
  return [...sets.values()];
}

/** Permuted reward functions solved again at every discount; null if there is nothing to permute by. */
function selfCheck(
  mdp: Mdp,
  source: RewardSource,
  group: AutomorphismGroup,
  gammas: readonly Discount[],
): SelfCheck | null {
  if (group.generators.length === 0 || gammas.length === 0) return null;
  const checks = gammas.map((gamma) => checkSymmetry(mdp, source, group, gamma));
  return {
    gammas: gammas.map(({ text }) => text),
    rewardFunctions: checks[0]!.rewardFunctions,
    generators: checks[0]!.generators,
    comparisons: checks.reduce((sum, { comparisons }) => sum + comparisons, 0),
    largestDifference: checks.reduce((most, check) => Math.max(most, check.largestDifference), 0),
    largestBound: checks.reduce((most, check) => Math.max(most, check.largestBound), 0),
  };
}
