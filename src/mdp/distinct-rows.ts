import type { Mdp } from './model.js';

/** A distinct row of a state (Turner et al. 2021, Def. 6.7): successor to index of its exact probability in the model. */
export interface DistinctRow {
  /** the first choice of its class */
  readonly choice: number;
  readonly to: ReadonlyMap<number, number>;
}

const known = new WeakMap<Mdp, DistinctRow[][]>();

/** (S) the distinct rows of each state, made once for a model, which does not change. */
export function distinctRows(mdp: Mdp): readonly (readonly DistinctRow[])[] {
  const { choicePtr, choiceClass, rowPtr, successor, exact } = mdp;
  const rows = known.get(mdp) ?? mdp.states.map(() => [] as DistinctRow[]);
  for (let s = known.has(mdp) ? rows.length : 0; s < rows.length; s++) {
    for (let choice = choicePtr[s]!; choice < choicePtr[s + 1]!; choice++) {
      if (choiceClass[choice] !== choice) continue;
      const to = new Map<number, number>();
      for (let k = rowPtr[choice]!; k < rowPtr[choice + 1]!; k++) to.set(successor[k]!, exact.index[k]!);
      rows[s]!.push({ choice, to });
    }
  }
  known.set(mdp, rows);
  return rows;
}
