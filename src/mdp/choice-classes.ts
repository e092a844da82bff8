/** The rows of a model: `choicePtr` (S+1), `rowPtr` (C+1), `successor` and `index` (K), equal probabilities having equal index. */
interface Rows {
  readonly choicePtr: Int32Array;
  readonly rowPtr: Int32Array;
  readonly successor: Int32Array;
  readonly index: Int32Array;
}

/** States with more choices than this look their rows up by hash instead of comparing all of them. */
const FEW_CHOICES = 16;

/** Writes into `classes` (C) the first choice of the same state with exactly the same row. */
export function fillChoiceClasses({ choicePtr, rowPtr, successor, index }: Rows, classes: Int32Array): void {
  const sameRow = (a: number, b: number): boolean => {
    const [i, j] = [rowPtr[a]!, rowPtr[b]!];
    const length = rowPtr[a + 1]! - i;
    if (length !== rowPtr[b + 1]! - j) return false;
    for (let k = 0; k < length; k++) {
      if (successor[i + k] !== successor[j + k] || index[i + k] !== index[j + k]) return false;
    }
    return true;
  };
  const hash = (c: number): number => {
    let mixed = 0;
    for (let k = rowPtr[c]!; k < rowPtr[c + 1]!; k++) {
      mixed = (Math.imul(mixed ^ successor[k]!, 0x9e3779b1) + index[k]!) | 0;
    }
    return mixed;
  };
  for (let s = 0; s + 1 < choicePtr.length; s++) {
    const [first, end] = [choicePtr[s]!, choicePtr[s + 1]!];
    if (end - first <= FEW_CHOICES) {
      for (let c = first; c < end; c++) {
        let other = first;
        while (other < c && !sameRow(other, c)) other++;
        classes[c] = other;
      }
      continue;
    }
    const byHash = new Map<number, number[]>();
    for (let c = first; c < end; c++) {
      const candidates = byHash.get(hash(c)) ?? [];
      const known = candidates.find((candidate) => sameRow(candidate, c));
      classes[c] = known ?? c;
      if (known === undefined) byHash.set(hash(c), [...candidates, c]);
    }
  }
}
