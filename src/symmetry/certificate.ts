/**
 * What proves one instance of a theorem about "most reward functions", as plain JSON that can be written by hand. States and
 * actions are named. [P19] is Turner et al. (2021), arXiv:1912.01683; [P22] is Turner & Tadepalli (2022), arXiv:2206.13477.
 */
export interface Certificate {
  /** version of this format */
  readonly certificate: 1;
  /** hash of the exact model (see modelHash) */
  readonly model: string;
  readonly theorem: Theorem;
  readonly state: string;
  /** E.47: where the visits are counted from */
  readonly start?: string;
  /** 6.9, 6.13, E.47, D.11: the action with at least as many options */
  readonly action?: string;
  /** the action it is compared with; 6.6 and 6.12: the other state */
  readonly other?: string;
  /** involutions, one but for D.11: each lists where states move to; the others stay */
  readonly permutations?: readonly Names[];
  /** 6.6, 6.12, 6.13, E.47, D.11: what policies do that is never the only optimum, so that it needs no copy */
  readonly dominated?: readonly Dominated[];
  /** 6.14, D.12: 1-cycles that are avoided */
  readonly avoid?: readonly string[];
  /** D.12: n, for at least n/(n+1) of every orbit; 6.14: 2 if there are two other 1-cycles, for strictness, else 1 */
  readonly copies?: number;
  readonly strict?: Witness;
}

export const THEOREMS = ['6.6', '6.9(1)', '6.9(2)', '6.12', '6.13', '6.14', 'E.47', 'D.11', 'D.12'] as const;

export type Theorem = (typeof THEOREMS)[number];

/** From states by name: to states in a permutation, to exact numbers in a witness. */
export type Names = Readonly<Record<string, string>>;

/**
 * What a policy does. 6.6 and E.47, where nothing is random: its path, the states from the root (E.47: the start) on, ended by the first
 * that comes again. Theorems about average reward: its recurrent distribution ([P19] Def. 6.10), state to exact number.
 */
export interface Named {
  readonly path?: readonly string[];
  readonly distribution?: Names;
}

/** What is a mixture of others, so that no reward function has it as the only optimum. */
export interface Dominated extends Named {
  /** weights sum to 1 */
  readonly mix: readonly (Named & { readonly weight: string })[];
}

/** A reward function for which something that the other side has no copy of is the only optimum. */
export interface Witness {
  /** state to exact number; 0 where left out */
  readonly reward: Names;
  /** exact discount; left out in theorems about average reward */
  readonly gamma?: string;
  /** the optimal values of the states reachable; left out in theorems about average reward; 0 where left out */
  readonly values?: Names;
}

/** One hypothesis of a theorem, and how it was found to hold, or why it does not. */
export interface Step {
  readonly hypothesis: string;
  readonly finding: string;
  readonly holds: boolean;
}

/** All hypotheses in order, up to the first that fails. */
export interface Verification {
  readonly valid: boolean;
  readonly strict: boolean;
  readonly steps: readonly Step[];
}

/** What a theorem compares: states, actions, the ends after actions, or 1-cycles. */
type Kind = 'states' | 'actions' | 'ends' | 'oneCycles';

/** What a certificate is about, and its fields beside `certificate`, `model`, `theorem` and `state`. */
export const FIELDS: Readonly<
  Record<Theorem, { kind: Kind; needed: readonly Field[]; allowed: readonly Field[] }>
> = {
  '6.6': { kind: 'states', needed: ['other', 'permutations'], allowed: ['dominated', 'strict'] },
  '6.9(1)': { kind: 'actions', needed: ['action', 'other', 'permutations'], allowed: ['strict'] },
  '6.9(2)': { kind: 'actions', needed: ['action', 'other', 'permutations'], allowed: ['strict'] },
  'E.47': {
    kind: 'actions',
    needed: ['start', 'action', 'other', 'permutations'],
    allowed: ['dominated', 'strict'],
  },
  '6.12': { kind: 'states', needed: ['other', 'permutations'], allowed: ['dominated', 'strict'] },
  '6.13': { kind: 'ends', needed: ['action', 'other', 'permutations'], allowed: ['dominated', 'strict'] },
  'D.11': { kind: 'ends', needed: ['action', 'other', 'permutations'], allowed: ['dominated'] },
  '6.14': { kind: 'oneCycles', needed: ['avoid', 'copies'], allowed: [] },
  'D.12': { kind: 'oneCycles', needed: ['avoid', 'copies'], allowed: [] },
};

export type Field =
  | 'start'
  | 'action'
  | 'other'
  | 'permutations'
  | 'dominated'
  | 'avoid'
  | 'copies'
  | 'strict';

/** Does the certificate claim the strict form? */
export function isStrict({ theorem, strict, copies }: Certificate): boolean {
  return strict !== undefined || (theorem === '6.14' && copies === 2);
}

/** The file: one field a line, short values inline. */
export function certificateText(certificate: Certificate): string {
  const lines = Object.entries(certificate).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}
