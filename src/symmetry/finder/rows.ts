import type { Mdp } from '../../mdp/model.js';

/** A distinct row of a state: what the search knows of an action. */
export interface Row {
  /** first choice of its class */
  readonly choice: number;
  readonly next: readonly number[];
  /** indices into the exact probabilities of the model, one for each successor */
  readonly probability: readonly number[];
}

/** (S) the distinct rows of every state */
export type Rows = readonly (readonly Row[])[];

export function rowsOf(mdp: Mdp): Rows {
  return Array.from({ length: mdp.stateCount }, (_, s) => {
    const rows: Row[] = [];
    for (let choice = mdp.choicePtr[s]!; choice < mdp.choicePtr[s + 1]!; choice++) {
      if (mdp.choiceClass[choice] !== choice) continue;
      const [from, to] = [mdp.rowPtr[choice]!, mdp.rowPtr[choice + 1]!];
      rows.push({
        choice,
        next: [...mdp.successor.subarray(from, to)],
        probability: [...mdp.exact.index.subarray(from, to)],
      });
    }
    return rows;
  });
}

/** The states that can follow, in one step or more, where `rowsAt` says what can be done; in order of search. */
export function statesAfter(roots: Iterable<Row>, rowsAt: (x: number) => readonly Row[]): Set<number> {
  const found = new Set<number>();
  for (const row of roots) for (const t of row.next) found.add(t);
  for (const x of found) for (const row of rowsAt(x)) for (const t of row.next) found.add(t);
  return found;
}
