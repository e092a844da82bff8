/**
 * The library behind the `mdpower` command; the command uses nothing that is not here. Everything is pure and synchronous
 * but `estimatePower`, which may start worker threads.
 */

export { type Diagnostic, ExitCode, type Place, UserError } from './errors.js';
export { type ExactRequest, type ExactResult, exactResult, type Refused } from './exact/exact-result.js';
// Exact answers
export { type Crossing, crossings } from './exact/gamma/crossings.js';
export { type SymbolicPiece, symbolicPieces } from './exact/gamma/symbolic.js';
export type { ExactLaw, Marginal } from './exact/laws/exact-law.js';
export { lawOfSpec } from './exact/laws/law-of-spec.js';
export { exactRows, type Rows } from './exact/policies/rows.js';
export { type ExactQuestion, exactSolver } from './exact/solvers/exact-solver.js';
export { type NormalSolver, normalSolver } from './exact/solvers/normal-solver.js';
export type { ExactSolver } from './exact/solvers/state-values.js';
export {
  type DominationRow,
  type RecurrentRow,
  type StateTexts,
  type VisitReport,
  type VisitRow,
  visitReport,
} from './exact/visits.js';
// Models
export { bisimulation } from './mdp/bisimulation.js';
export { buildModel, type ModelFile, modelText } from './mdp/build.js';
export { describeModel, type ModelDescription } from './mdp/describe.js';
export { parseDocument } from './mdp/document.js';
export { type EndComponents, maximalEndComponents } from './mdp/end-components.js';
export { type Family, families } from './mdp/families/registry.js';
export { oneCycles, reachableFrom, terminalStates } from './mdp/graph.js';
export { readGrid } from './mdp/grid.js';
export type { Mdp } from './mdp/model.js';
export { type ParseOptions, parseModel } from './mdp/parse.js';
export { modelSchema } from './mdp/schema.js';
export type { SourceDocument } from './mdp/syntax.js';
export { writeModel } from './mdp/write-model.js';
// Numbers
export { type Discount, parseDiscount, parseDiscountList } from './number/discount.js';
export { rationalFunctionText } from './number/factor-text.js';
export type { Ratio } from './number/ratio.js';
export { type Rational, rational, rationalText } from './number/rational.js';
// POWER and optimality probability
export type { EstimateOptions } from './parallel/estimate-options.js';
export { estimatePower } from './parallel/estimate-power.js';
export { bindAssertions, type Claim } from './power/assertion/bind-assertions.js';
export { type JudgePlan, judgeClaims, planClaims } from './power/assertion/judge.js';
export { parseAssertion } from './power/assertion/parse-assertion.js';
export type { Assertion, AssertionText } from './power/assertion/syntax.js';
export { type ComparedResult, type Comparison, compareResults, type DifferenceRow } from './power/compare.js';
export { equalPowerOrbits } from './power/equal-power.js';
export { type FailCondition, parseFailCondition } from './power/fail-condition.js';
export type { LinearForm } from './power/linear-form.js';
export { countOrbit, type OrbitCount, type OrbitOptions } from './power/orbit.js';
export type { AssertionRow, FormEstimate, OptimalityRow, PowerEstimate, PowerRow } from './power/result.js';
export { checkSymmetry, type SymmetryCheck } from './power/symmetry-check.js';
// Results
export { renderDiagnostic } from './report/diagnostic.js';
export type { ResultDocument } from './report/document.js';
export { FORMATS, type Format } from './report/formats.js';
export { readResult } from './report/read-result.js';
export { renderResult } from './report/render.js';
export { resultSchema } from './report/schema.js';
export { assertionSummary } from './report/summary.js';
export { junitText } from './report/writers/junit.js';
// Rewards
export { parseReward } from './rewards/parse-reward.js';
export { rewardSource } from './rewards/reward-source.js';
export type { RewardSource } from './rewards/source.js';
export type { RewardSpec } from './rewards/spec.js';
// Solving
export { type RewardBlock, type Solution, Status } from './solve/solution.js';
export { solveBlock } from './solve/solve-block.js';
// Symmetry
export { type AutomorphismGroup, automorphismGroup } from './symmetry/automorphism-group.js';
export type { Certificate, Verification } from './symmetry/certificate.js';
export { type Findings, findCertificates } from './symmetry/find-certificates.js';
export { claimOf } from './symmetry/meaning.js';
export { modelHash } from './symmetry/model-hash.js';
export { parseCertificate } from './symmetry/parse-certificate.js';
export { cycleNotation, cyclesOf, isAutomorphism, type Permutation } from './symmetry/permutation.js';
export { verifyCertificate } from './symmetry/verify.js';
