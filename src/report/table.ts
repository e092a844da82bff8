/** One table, whatever it is printed as: built once by the command, turned to text by a writer. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences printed under the table: method, confidence, what ± means. */
  readonly notes: readonly string[];
}

export interface Column {
  readonly header: string;
  readonly unit?: string;
  readonly align: 'left' | 'right';
  /** of long texts: the share of the width of a page in which they are broken into lines */
  readonly wrap?: number;
}

/** A text, an integer, or a number with its error. */
export type Cell = string | number | Estimate | null;

/** A number that carries its uncertainty: printed to the digits that low and high support. */
export interface Estimate {
  readonly value: number;
  /** null where no interval holds (infinite variance) */
  readonly low: number | null;
  readonly high: number | null;
  /** exact fraction as text */
  readonly exact?: string | null;
}
