import { buildModel } from '../../../src/mdp/build.js';
import type { Mdp } from '../../../src/mdp/model.js';
import type { OptimalityRow, PowerRow } from '../../../src/power/result.js';
import type { OrbitRow, ResultDocument } from '../../../src/report/document.js';

/** Names that try to be markup in SVG, DOT, HTML labels or Vega expressions. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '"/><image href="file:///etc/passwd"/>',
  '</text>]]>&xxe;&amp;',
  'x"]; evil [label="y',
  '\\N \\n \\" \\',
  '-->',
  'url(#mdpower-clip0)',
  "datum['x']; {expr: 1}",
  '★ ℓ_◁ 界',
];

/** A star whose leaves, and the actions to them, have these names; on a grid if `cross` is set. */
export function starOf(names: readonly string[]): Mdp {
  return buildModel({
    name: names[0]!,
    states: ['hub', ...names],
    transitions: { hub: Object.fromEntries(names.map((name) => [name, name])) },
    terminal: [...names],
  });
}

export function powerRow(state: string, gamma: string, power: number, halfWidth = 0.01): PowerRow {
  return {
    state,
    gamma,
    power,
    low: power - halfWidth,
    high: power + halfWidth,
    standardError: halfWidth / 2,
    solverError: 0,
    samples: 100,
    method: 'sampled',
    exact: null,
    interval: 't',
  };
}

export function optimalityRow(
  state: string,
  action: string,
  gamma: string,
  probability: number,
  fractional: number = probability,
): OptimalityRow {
  return {
    state,
    action,
    gamma,
    probability,
    low: Math.max(0, probability - 0.05),
    high: Math.min(1, probability + 0.05),
    strict: fractional,
    fractional,
    undecided: 0,
    samples: 100,
    method: 'sampled',
    exact: null,
  };
}

/** Of six permutations, the action is optimal alone in three, the other in one. */
export function orbitRow(state: string, action: string, other: string): OrbitRow {
  return {
    kind: 'optimality',
    state,
    action,
    other,
    gamma: '0.9',
    reward: '{}',
    size: '6',
    elements: 6,
    complete: true,
    greater: 3,
    equal: 2,
    less: 1,
    undecided: 0,
    greaterLow: 0.5,
    greaterHigh: 0.5,
    equalLow: 1 / 3,
    equalHigh: 1 / 3,
    lessLow: 1 / 6,
    lessHigh: 1 / 6,
  };
}

/** A result with these rows. */
export function resultWith(rows: Pick<ResultDocument, 'power' | 'optimality' | 'orbit'>): ResultDocument {
  return {
    mdpower: '0.1.0',
    command: 'analyze',
    model: {
      name: HOSTILE[0]!,
      sha256: '0'.repeat(64),
      states: 1,
      choices: 1,
      transitions: 1,
      start: 'hub',
    },
    parameters: { reward: 'uniform(0, 1)', samples: 100, seed: '1', confidence: 0.95 },
    notes: [],
    ...rows,
  };
}
