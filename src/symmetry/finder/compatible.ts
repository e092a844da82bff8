import type { Row, Rows } from './rows.js';

/** Larger models are searched without the relation. */
const MOST_STATES = 800;

/**
 * A necessary condition for a copy to take x to y, where all rows of x and of what follows must have copies: the greatest
 * relation in which the rows of x can be given different rows of y with the same probabilities and related successors.
 * @returns Uint8 (S·S), related[x·S + y]; null for large models
 */
export function compatibleStates(rows: Rows): Uint8Array | null {
  const size = rows.length;
  if (size > MOST_STATES) return null;
  const related = new Uint8Array(size * size);
  const isRelated = (x: number, y: number): boolean => related[x * size + y] === 1;
  for (let x = 0; x < size; x++) {
    for (let y = 0; y < size; y++) related[x * size + y] = rows[x]!.length <= rows[y]!.length ? 1 : 0;
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (let x = 0; x < size; x++) {
      for (let y = 0; y < size; y++) {
        if (!isRelated(x, y) || x === y || canMatch(rows[x]!, rows[y]!, isRelated)) continue;
        related[x * size + y] = 0;
        changed = true;
      }
    }
  }
  return related;
}

/** Can every row of one state have a row of the other for itself (bipartite matching by augmenting paths)? */
function canMatch(
  rows: readonly Row[],
  targets: readonly Row[],
  isRelated: (x: number, y: number) => boolean,
): boolean {
  const owner = new Int32Array(targets.length).fill(-1);
  const place = (r: number, tried: Set<number>): boolean =>
    targets.some((target, t) => {
      if (tried.has(t) || !fits(rows[r]!, target, isRelated)) return false;
      tried.add(t);
      if (owner[t]! >= 0 && !place(owner[t]!, tried)) return false;
      owner[t] = r;
      return true;
    });
  return rows.every((_, r) => place(r, new Set()));
}

function fits(row: Row, target: Row, isRelated: (x: number, y: number) => boolean): boolean {
  return (
    row.next.length === target.next.length &&
    row.next.every((u, i) =>
      target.next.some((v, j) => row.probability[i] === target.probability[j] && isRelated(u, v)),
    )
  );
}
