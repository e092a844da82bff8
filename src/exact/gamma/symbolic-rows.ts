import type { Mdp } from '../../mdp/model.js';
import { rationalFunctionText } from '../../number/factor-text.js';
import type { Enclosure } from '../../number/roots.js';
import type { GammaFunctions } from './gamma-functions.js';
import { enclosureTexts } from './gamma-text.js';
import type { SymbolicPiece } from './symbolic.js';

/** A result as a function of γ on one interval: found from exact values and confirmed at further ones (symbolic.ts). */
export interface SymbolicRow {
  readonly state: string;
  /** null for POWER, else the action whose probability to be optimal this is */
  readonly action: string | null;
  /** where the piece begins and ends: a fraction, or two decimals with `…` between where it is enclosed only */
  readonly from: string;
  readonly to: string;
  /** such as `2/3 + γ²/12` */
  readonly expression: string;
}

/** POWER of a state as rational functions of γ. @throws {ExactRefusal} there is no exact method, or no such function is found */
export function symbolicPower(mdp: Mdp, functions: GammaFunctions, s: number): SymbolicRow[] {
  return rowsOf(mdp, s, null, functions.power(s));
}

/** P(s, a, γ) of every action of a state as rational functions of γ. @throws {ExactRefusal} see symbolicPower */
export function symbolicOptimality(mdp: Mdp, functions: GammaFunctions, s: number): SymbolicRow[] {
  return functions.rows[s]!.flatMap((row, i) => {
    const pieces = functions.chance(s, i);
    return row.choices.flatMap((choice) => rowsOf(mdp, s, mdp.actions[choice]!, pieces));
  });
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

function boundaryText(place: Enclosure): string {
  const [low, high] = enclosureTexts(place);
  return low === high ? low : `${low}…${high}`;
}
