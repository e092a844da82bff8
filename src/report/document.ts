import type { EvidenceRow, WithoutEvidence } from '../exact/claims/evidence.js';
import type { SymbolicRow } from '../exact/gamma/symbolic-rows.js';
import type { SensitivityReport } from '../exact/sensitivity.js';
import type { VisitReport } from '../exact/visits.js';
import type { ModelDescription } from '../mdp/describe.js';
import type { DifferenceRow } from '../power/compare.js';

import type { CrossingReport } from '../power/crossing-row.js';
import type {
  AssertionRow,
  EstimatorSummary,
  GammaEffort,
  OptimalityRow,
  PowerRow,
} from '../power/result.js';

import type { NearMiss } from '../symmetry/almost.js';

import type { Certificate, Step } from '../symmetry/certificate.js';

/**
 * The result of a command as one plain document: what `--format json` prints, and all that any other format is built
 * from, so that a saved result can be printed again. Nothing in it differs between two runs with the same parameters.
 */
export interface ResultDocument {
  /** version of the program */
  readonly mdpower: string;
  readonly command:
    | 'analyze'
    | 'power'
    | 'optimality'
    | 'symmetry'
    | 'orbit'
    | 'visits'
    | 'compare'
    | 'run'
    | 'check'
    | 'verify';
  readonly model: ModelSummary;
  readonly parameters: Parameters;
  /** of results by sampling: false if the run was ended before all samples were drawn */
  readonly complete?: boolean;
  /** what a reader should know beside the numbers: rows normalised, moments unchecked, … */
  readonly notes: readonly Note[];
  readonly power?: readonly PowerRow[];
  readonly optimality?: readonly OptimalityRow[];
  readonly automorphisms?: AutomorphismSummary;
  /** certified instances of the symmetry theorems */
  readonly symmetry?: readonly SymmetryRow[];
  /** what was not searched to the end; where it is empty, only E.47 and D.11 may have more instances */
  readonly symmetryCuts?: readonly string[];
  /** orbit counts and i.i.d. values beside the claims of `symmetry` */
  readonly evidence?: readonly EvidenceRow[];
  readonly withoutEvidence?: readonly WithoutEvidence[];
  /** the least changes that let Prop. 6.9 apply */
  readonly almost?: readonly NearMiss[];
  /** how findings and numbers change with the encoding */
  readonly sensitivity?: SensitivityReport;
  readonly verification?: VerificationSummary;
  readonly orbit?: readonly OrbitRow[];
  readonly symbolic?: readonly SymbolicRow[];
  /** where two states or actions change order as γ goes from 0 to 1 */
  readonly crossings?: CrossingReport;
  readonly visits?: readonly VisitReport[];
  /** what `--assert` claims, one row a comparison and discount */
  readonly assertions?: readonly AssertionRow[];
  readonly comparison?: ComparisonSummary;
  /** of a sweep: its cells, whose rows have the cell before the name of the state */
  readonly sweep?: { readonly cells: number; readonly done: number };
  readonly check?: ModelDescription;
}

/** Two results side by side. `model` and `parameters` of the document are those of A and of the comparison. */
export interface ComparisonSummary {
  readonly a: ComparedSource;
  readonly b: ComparedSource;
  readonly rows: readonly DifferenceRow[];
  /** rows without a partner in the other result */
  readonly onlyA: number;
  readonly onlyB: number;
  /** what `--fail-on` asked, and in how many rows it is so, or may be */
  readonly failOn: {
    readonly condition: string;
    readonly failing: number;
    readonly undecided: number;
  } | null;
}

/** A result that was compared: where it was read, and what it is of. */
export interface ComparedSource {
  readonly source: string;
  readonly model: ModelSummary;
  readonly reward: string;
  readonly samples: number;
  readonly seed: string;
}

export interface Note {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export interface ModelSummary {
  readonly name: string;
  /** of the bytes that were read, lower-case hexadecimal */
  readonly sha256: string;
  readonly states: number;
  readonly choices: number;
  readonly transitions: number;
  readonly start: string;
}

/** What was asked for, with all defaults filled in. A command lists what it used. */
export interface Parameters {
  /** canonical text of the reward law */
  readonly reward?: string;
  /** discounts as written */
  readonly gammas?: readonly string[];
  readonly samples?: number;
  /** asked for, where fewer were drawn: whole Sobol sets only, or the intervals were narrow enough before */
  readonly mostSamples?: number;
  /** how samples were to be drawn; `estimator` says how they were */
  readonly sampler?: 'auto' | 'random' | 'sobol';
  /** decimal, because a JSON number would lose digits */
  readonly seed?: string;
  readonly confidence?: number;
  readonly simultaneous?: boolean;
  /** largest certified solver error that was allowed, in units of POWER; null: a tenth of the standard error */
  readonly tolerance?: number | null;
  readonly method?: 'sampled' | 'exact' | 'auto';
  /** what solved the samples at each gamma, chosen by counted work on pilot functions */
  readonly solvers?: readonly GammaEffort['solver'][];
  /** the estimator that was chosen; absent where nothing was sampled */
  readonly estimator?: EstimatorSummary;
  /** the widest interval asked for; absent: the run was to end by its samples */
  readonly untilWidth?: number;
  readonly normalizeRows?: boolean;
}

export interface AutomorphismSummary {
  /** order of the group, exactly */
  readonly order: string;
  readonly generators: readonly Generator[];
  /** every orbit of states, in the order of the model */
  readonly orbits: readonly (readonly string[])[];
  /** false if the search ended early: the group is then at least this large */
  readonly complete: boolean;
  /**
   * Sets of two and more states that have equal POWER at every gamma under this reward law, because a symmetry that keeps
   * the law takes one to the other; null if the law is not known to be kept by any symmetry.
   */
  readonly equalPower: readonly (readonly string[])[] | null;
  readonly selfCheck: SelfCheck | null;
}

/** One instance of a theorem about "most reward functions". */
export interface SymmetryRow {
  /** number in arXiv:1912.01683 (6.6 to E.47) or arXiv:2206.13477 (D.11, D.12) */
  readonly theorem: string;
  readonly state: string;
  /** null where states are compared, or 1-cycles avoided */
  readonly action: string | null;
  /** the other action or state; 6.14 and D.12: what is avoided, joined by `, ` */
  readonly other: string;
  readonly claim: string;
  readonly strict: boolean;
  /** n, where at least n/(n+1) of every orbit are concerned; else null */
  readonly copies: number | null;
  /** unproved: the share of every orbit that the conjecture D.13 would give, where it is more; else null */
  readonly conjecture: string | null;
  /** number of involutions that show it; null if they were not counted */
  readonly involutions: number | null;
  /** in cycle notation; several are separated by blanks */
  readonly permutation: string | null;
  readonly certificate: Certificate;
}

/** What the checker says of a certificate, or of a result. */
export interface VerificationSummary {
  /** null: a result was checked */
  readonly theorem: string | null;
  readonly claim: string;
  readonly valid: boolean;
  readonly strict: boolean;
  /** the hypotheses of the theorem, or what must be so of a result, in order, up to the first that fails */
  readonly steps: readonly Step[];
}

interface Generator {
  /** `(left right)(up down)` */
  readonly notation: string;
  /** the states of each cycle; states that stay where they are are not listed */
  readonly cycles: readonly (readonly string[])[];
}

/** Reward functions were permuted by generators and solved again; all values agreed within the solver's bounds. */
export interface SelfCheck {
  /** the discounts at which it was done */
  readonly gammas: readonly string[];
  readonly rewardFunctions: number;
  /** generators that were tried: all, unless there are very many */
  readonly generators: number;
  /** (gamma, generator, reward function, state) comparisons */
  readonly comparisons: number;
  readonly largestDifference: number;
  /** the largest bound that a difference was held against */
  readonly largestBound: number;
}

/** For how many permutations of one reward function a state beats another, or an action is optimal and another not. */
export interface OrbitRow {
  /** what is compared: POWER of two states, optimality or optimal value of two actions */
  readonly kind: 'power' | 'optimality' | 'value';
  readonly state: string;
  /** null where states are compared; several actions are joined by `, ` */
  readonly action: string | null;
  readonly other: string;
  /** the discount as text, or `average` */
  readonly gamma: string;
  /** canonical text of the unpermuted reward function */
  readonly reward: string;
  /** distinct permutations of the reward, exactly */
  readonly size: string;
  /** elements looked at: all of them if `complete`, else that many draws */
  readonly elements: number;
  readonly complete: boolean;
  readonly greater: number;
  readonly equal: number;
  readonly less: number;
  readonly undecided: number;
  /** limits of the shares of the orbit; the share itself if `complete` and nothing is undecided */
  readonly greaterLow: number;
  readonly greaterHigh: number;
  readonly equalLow: number;
  readonly equalHigh: number;
  readonly lessLow: number;
  readonly lessHigh: number;
}
