/** Disjoint sets of 0 … n−1: parent[x] leads to the root of x, which is the smallest member. */
export function rootOf(parent: Int32Array, member: number): number {
  let root = member;
  while (parent[root] !== root) root = parent[root]!;
  for (let at = member; at !== root; ) {
    const next = parent[at]!;
    parent[at] = root;
    at = next;
  }
  return root;
}

/** Merges the sets of two members; `size`, if given, holds the number of members at each root. */
export function merge(parent: Int32Array, a: number, b: number, size?: Int32Array): void {
  const [rootA, rootB] = [rootOf(parent, a), rootOf(parent, b)];
  if (rootA === rootB) return;
  const [small, large] = rootA < rootB ? [rootA, rootB] : [rootB, rootA];
  parent[large] = small;
  if (size !== undefined) size[small]! += size[large]!;
}

/** Merges every member with its image: afterwards the sets are unions of the permutation's cycles. */
export function mergeByPermutation(parent: Int32Array, permutation: Int32Array, size?: Int32Array): void {
  for (let member = 0; member < permutation.length; member++) {
    if (permutation[member] !== member) merge(parent, member, permutation[member]!, size);
  }
}

/** Int32: the smallest member of each member's orbit under some permutations. */
export function orbitsOf(size: number, permutations: readonly Int32Array[]): Int32Array {
  const parent = Int32Array.from({ length: size }, (_, member) => member);
  for (const permutation of permutations) mergeByPermutation(parent, permutation);
  return parent.map((_, member) => rootOf(parent, member));
}
