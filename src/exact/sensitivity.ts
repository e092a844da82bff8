import type { Mdp } from '../mdp/model.js';
import type { Discount } from '../number/discount.js';
import type { OptimalityRow } from '../power/result.js';
import type { RewardSpec } from '../rewards/spec.js';
import { type Certificate, isStrict } from '../symmetry/certificate.js';
import { findCertificates } from '../symmetry/find-certificates.js';
import type { Variant } from '../symmetry/variants.js';
import { exactResult } from './exact-result.js';

/** How findings and numbers about one state change with the encoding of the environment. */
export interface SensitivityReport {
  readonly state: string;
  /** the model itself first */
  readonly variants: readonly { readonly name: string; readonly states: number }[];
  readonly rows: readonly SensitivityRow[];
}

export interface SensitivityRow {
  /** `POWER`, `P(action)`, or a theorem with what it compares */
  readonly quantity: string;
  readonly kind: 'finding' | 'number';
  /** null for findings */
  readonly gamma: string | null;
  /** for each variant: `yes`, `yes, strict`, `no`, `2/3 of every orbit`; a number; null where none could be computed */
  readonly values: readonly (string | number | null)[];
}

export interface Encoding extends Variant {
  readonly name: string;
}

/**
 * Findings about the actions of a state, and its exact POWER and optimality probabilities, in several encodings. An action
 * of the first model stands for all that it became: a finding holds if it holds for all of them, a probability is that of
 * one of them (ties shared), and what was avoided is avoided in all copies.
 *
 * @param encodings the model itself first
 */
export function sensitivity(
  encodings: readonly Encoding[],
  state: number,
  law: RewardSpec,
  gammas: readonly Discount[],
  budget: number,
): SensitivityReport {
  const [{ mdp: first }] = encodings as [Encoding];
  const columns = encodings.map((encoding) => ({
    findings: findingsOf(first, encoding, state, budget),
    numbers: numbersOf(first, encoding, state, law, gammas),
  }));
  const findings = new Map(
    columns.flatMap(({ findings: found }) => [...found].map(([key, { about }]) => [key, about])),
  );
  const numbers = columns[0]!.numbers.map(({ quantity, gamma }, i): SensitivityRow => {
    return { quantity, kind: 'number', gamma, values: columns.map((column) => column.numbers[i]!.value) };
  });
  return {
    state: first.states[state]!,
    variants: encodings.map(({ name, mdp }) => ({ name, states: mdp.stateCount })),
    rows: [
      ...[...findings]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([quantity, about]): SensitivityRow => {
          const values = columns.map(
            ({ findings: found }, i) =>
              found.get(quantity)?.verdict ?? (isThere(encodings[i]!, about) ? 'no' : null),
          );
          return { quantity, kind: 'finding', gamma: null, values };
        }),
      ...numbers,
    ],
  };
}

/** What a finding is about: two choices of the first model, or a 1-cycle of it. */
type About = { readonly choices: readonly [number, number] } | { readonly cycle: number };

function isThere({ origin, choiceOrigin }: Variant, about: About): boolean {
  return 'cycle' in about
    ? origin.includes(about.cycle)
    : about.choices.every((c) => choiceOrigin.includes(c));
}

interface Finding {
  readonly verdict: string;
  readonly about: About;
}

/** Each comparison of two actions, or of 1-cycles, that holds in all its copies. */
function findingsOf(first: Mdp, encoding: Encoding, state: number, budget: number): Map<string, Finding> {
  const { mdp, origin, choiceOrigin } = encoding;
  const s = encoding.image[state]!;
  const originOf = (action: string): number => {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++)
      if (mdp.actions[c] === action) return choiceOrigin[c]!;
    throw new RangeError(`no action ${action}`);
  };
  const copiesOf = (choice: number): number => {
    let count = 0;
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) if (choiceOrigin[c] === choice) count++;
    return count;
  };
  const groups = new Map<string, { wanted: number; about: About; found: Certificate[] }>();
  const note = (key: string, wanted: number, about: About, certificate: Certificate): void => {
    const group = groups.get(key) ?? { wanted, about, found: [] };
    group.found.push(certificate);
    groups.set(key, group);
  };
  for (const { certificate } of findCertificates(mdp, { state: s, budget }).instances) {
    const { theorem, action, other, avoid } = certificate;
    if (certificate.state !== mdp.states[s] || theorem === 'E.47') continue;
    if (action !== undefined) {
      const [a, b] = [originOf(action), originOf(other!)];
      const key = `${theorem}: ${first.actions[a]} over ${first.actions[b]}`;
      if (a !== b) note(key, copiesOf(a) * copiesOf(b), { choices: [a, b] }, certificate);
    } else if (theorem === 'D.12') {
      const avoided = avoid!.map((name) => mdp.states.indexOf(name));
      const origins = [...new Set(avoided.map((x) => origin[x]!))];
      const isWhole =
        origins.length === 1 && avoided.length === origin.filter((x) => x === origins[0]).length;
      if (isWhole)
        note(`D.12: avoiding ${first.states[origins[0]!]}`, 1, { cycle: origins[0]! }, certificate);
    }
  }
  const holding = [...groups].filter(([, { wanted, found }]) => found.length >= wanted);
  return new Map(holding.map(([key, { found, about }]) => [key, { verdict: verdictOf(found), about }]));
}

function verdictOf(found: readonly Certificate[]): string {
  const copies = Math.min(
    ...found.map(({ theorem, permutations = [], copies: n = 1 }) =>
      theorem === 'D.11' ? permutations.length : n,
    ),
  );
  if (['D.11', 'D.12'].includes(found[0]!.theorem)) return `${copies}/${copies + 1} of every orbit`;
  return found.every(isStrict) ? 'yes, strict' : 'yes';
}

interface Quantity {
  readonly quantity: string;
  readonly gamma: string;
  readonly value: number | null;
}

function numbersOf(
  first: Mdp,
  encoding: Encoding,
  state: number,
  law: RewardSpec,
  gammas: readonly Discount[],
): Quantity[] {
  const { mdp, choiceOrigin } = encoding;
  const s = encoding.image[state]!;
  const own = lawIn(encoding, law);
  const exact = own === undefined ? undefined : exactResult(mdp, own, { gammas, states: [s] });
  const actions = new Set(choiceOrigin.subarray(mdp.choicePtr[s]!, mdp.choicePtr[s + 1]!));
  const wanted: number[] = [];
  for (let c = first.choicePtr[state]!; c < first.choicePtr[state + 1]!; c++) wanted.push(c);
  const chance = (choice: number, gamma: string): number | null => {
    const rows = exact?.optimality.filter((row) => row.gamma === gamma) ?? [];
    // An action that was merged into another has that one's chance, and none of its own.
    if (rows.length === 0 || !actions.has(choice)) return null;
    const isCopy = ({ action }: OptimalityRow): boolean => {
      for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
        if (mdp.actions[c] === action) return choiceOrigin[c] === choice;
      }
      return false;
    };
    return rows.filter(isCopy).reduce((sum, { fractional }) => sum + (fractional ?? 0), 0);
  };
  return gammas.flatMap(({ text: gamma }) => [
    {
      quantity: `POWER(${first.states[state]})`,
      gamma,
      value: exact?.power.find((row) => row.gamma === gamma)?.power ?? null,
    },
    ...wanted.map((c) => ({ quantity: `P(${first.actions[c]})`, gamma, value: chance(c, gamma) })),
  ]);
}

/** The law in which a state has the reward law of the one that it stands for, independent of it; undefined if there is none. */
function lawIn({ origin }: Variant, law: RewardSpec): RewardSpec | undefined {
  if (law.form !== 'independent') return undefined;
  return { ...law, ofState: [...origin].map((s) => law.ofState[s]!) };
}
