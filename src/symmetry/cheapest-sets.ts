/**
 * Sets of things by ascending sum of costs, the empty set first; of equal sums the one that was thought of first.
 * @param costs ascending, nonnegative
 * @param most  sets of at most so many
 * @yields ascending indices
 */
export function* cheapestSets(costs: readonly number[], most: number): Generator<readonly number[]> {
  yield [];
  const open = costs.length === 0 || most === 0 ? [] : [{ sum: costs[0]!, chosen: [0] as readonly number[] }];
  while (open.length > 0) {
    const next = takeLeast(open);
    yield next.chosen;
    const last = next.chosen.at(-1)!;
    if (last + 1 >= costs.length) continue;
    const { sum, chosen } = next;
    put(open, { sum: sum - costs[last]! + costs[last + 1]!, chosen: [...chosen.slice(0, -1), last + 1] });
    if (chosen.length < most) put(open, { sum: sum + costs[last + 1]!, chosen: [...chosen, last + 1] });
  }
}

interface Entry {
  readonly sum: number;
  readonly chosen: readonly number[];
}

/** A binary heap, the least sum first. */
function put(heap: Entry[], entry: Entry): void {
  heap.push(entry);
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (heap[parent]!.sum <= heap[i]!.sum) return;
    [heap[parent], heap[i]] = [heap[i]!, heap[parent]!];
    i = parent;
  }
}

function takeLeast(heap: Entry[]): Entry {
  const [least] = heap as [Entry];
  const last = heap.pop()!;
  if (heap.length === 0) return least;
  heap[0] = last;
  for (let i = 0; ; ) {
    const [left, right] = [2 * i + 1, 2 * i + 2];
    let smallest = i;
    if (left < heap.length && heap[left]!.sum < heap[smallest]!.sum) smallest = left;
    if (right < heap.length && heap[right]!.sum < heap[smallest]!.sum) smallest = right;
    if (smallest === i) return least;
    [heap[i], heap[smallest]] = [heap[smallest]!, heap[i]!];
    i = smallest;
  }
}
