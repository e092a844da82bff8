import type { ResultDocument } from '../../src/report/document.js';

/** Results by the name that the figure gave to the run. */
type Results = Readonly<Record<string, ResultDocument>>;

/** Something that the paper says, and what the tool has to say to it. */
export interface Finding {
  readonly paper: string;
  readonly found: string;
  readonly agrees: boolean;
}

/** One figure of the paper: what is run, drawn, shown, and compared. */
export interface Figure {
  readonly number: number;
  readonly title: string;
  /** what the figure says, in our words */
  readonly claim: string;
  /** what the model here is, where it is not plainly that of the paper */
  readonly remark?: string;
  /** command lines without outputs, by name */
  readonly runs: Readonly<Record<string, readonly string[]>>;
  /** pictures: the end of the file name, of what run or model, further options, what can be seen */
  readonly pictures: readonly Drawing[];
  /** runs whose tables are shown */
  readonly tables: readonly string[];
  /** what stands above the tables of a run */
  readonly captions?: Readonly<Record<string, string>>;
  readonly findings: (results: Results) => readonly Finding[];
}

interface Drawing {
  /** file name without extension */
  readonly file: string;
  /** name of a run whose result is drawn; null for a picture of the model */
  readonly of: string | null;
  readonly model: string;
  readonly options: readonly string[];
  readonly alt: string;
}

/** The exact fraction of POWER in a result. @throws {Error} if it has none */
export function powerOf({ power = [] }: ResultDocument, state: string, gamma: string): string {
  return exactOf(power.find((row) => row.state === state && row.gamma === gamma));
}

/** The exact fraction of an optimality probability in a result. @throws {Error} if it has none */
export function chanceOf(
  { optimality = [] }: ResultDocument,
  state: string,
  action: string,
  gamma: string,
): string {
  return exactOf(
    optimality.find((row) => row.state === state && row.action === action && row.gamma === gamma),
  );
}

function exactOf(row: { readonly exact: string | null } | undefined): string {
  if (row?.exact == null) throw new Error('the result has no exact number here');
  return row.exact;
}

/** The instance of a theorem that a result has for a state or an action and another one; undefined if there is none. */
export function instanceOf(
  { symmetry = [] }: ResultDocument,
  theorem: string,
  first: string,
  other: string,
): NonNullable<ResultDocument['symmetry']>[number] | undefined {
  return symmetry.find(
    (row) => row.theorem === theorem && (row.action ?? row.state) === first && row.other === other,
  );
}

/** A claim about numbers: agrees if the found texts are those of the paper. */
export function same(paper: string, expected: readonly string[], found: readonly string[]): Finding {
  return { paper, found: found.join(', '), agrees: JSON.stringify(expected) === JSON.stringify(found) };
}
