import type { Mdp } from '../mdp/model.js';
import { rationalFunctionText } from '../number/factor-text.js';
import { equals, type Ratio, ratioText } from '../number/ratio.js';
import type { Enclosure } from '../number/roots.js';
import type { RewardSpec } from '../rewards/spec.js';
import { exactSolver } from './exact-solver.js';
import { lawOfSpec } from './law-of-spec.js';
import { exactRows } from './rows.js';
import type { ExactSolver } from './state-values.js';
import { type SymbolicPiece, symbolicPieces } from './symbolic.js';

/** A result as a function of γ on one interval: found from exact values and confirmed at further ones (symbolic.ts). */
export interface SymbolicRow {
  readonly state: string;
  /** null for POWER, else the action whose probability to be optimal this is */
  readonly action: string | null;
  /** where the piece begins and ends: a fraction, or two of them with `…` between if only they are known */
  readonly from: string;
  readonly to: string;
  /** such as `2/3 + γ²/12` */
  readonly expression: string;
}

/** POWER of a state as rational functions of γ. @throws {ExactRefusal} there is no exact method, or no such function is found */
export function symbolicPower(mdp: Mdp, reward: RewardSpec, s: number): SymbolicRow[] {
  const solver = solverOf(mdp, reward);
  return rowsOf(
    mdp,
    s,
    null,
    symbolicPieces((gamma) => solver(gamma).power(s)),
  );
}

/** P(s, a, γ) of every action of a state as rational functions of γ. @throws {ExactRefusal} see symbolicPower */
export function symbolicOptimality(mdp: Mdp, reward: RewardSpec, s: number): SymbolicRow[] {
  const solver = solverOf(mdp, reward);
  return exactRows(mdp)[s]!.flatMap((row, i) => {
    const pieces = symbolicPieces((gamma) => solver(gamma).chances(s)[i]!.weak);
    return row.choices.flatMap((choice) => rowsOf(mdp, s, mdp.actions[choice]!, pieces));
  });
}

function solverOf(mdp: Mdp, reward: RewardSpec): (gamma: Ratio) => ExactSolver {
  const rows = exactRows(mdp);
  const law = lawOfSpec(reward);
  return (gamma) => exactSolver({ rows, law, gamma });
}

function rowsOf(mdp: Mdp, s: number, action: string | null, pieces: readonly SymbolicPiece[]): SymbolicRow[] {
  return pieces.map(({ from, to, value }) => ({
    state: mdp.states[s]!,
    action,
    from: boundaryText(from),
    to: boundaryText(to),
    expression: rationalFunctionText(value, 'γ'),
  }));
}

function boundaryText({ low, high }: Enclosure): string {
  return equals(low, high) ? ratioText(low) : `${ratioText(low)}…${ratioText(high)}`;
}
