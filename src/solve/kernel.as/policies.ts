// AssemblyScript. Howard's policy iteration for eight reward functions at once, each with its own policy; the chains are
// solved by elimination in a band. solve/kernel/policies-reference.ts is the readable reference, equal bit for bit.

/**
 * Improves the policies by `values` and evaluates them, until no row is better by more than `noise`·max |V|, or `most`
 * rounds are done. A column at rest is computed again by the same operations, so it does not depend on its neighbours.
 *
 * @param order      i32 (S): the state at each position; `position` is its inverse
 * @param bandwidth  w: successors of a state stand at most w positions from it
 * @param matrix     f64 (S·(2w+1)·8), scratch: entry (i, j) of row i at place j − i + w
 * @param right      f64 (S·8), scratch
 * @param policy     f64 (S·8): row numbers
 * @returns rounds; `most` + 1 if policies were still changing
 */
export function iteratePolicies(
  stateCount: i32,
  statePtr: usize,
  rowPtr: usize,
  successor: usize,
  probability: usize,
  order: usize,
  position: usize,
  bandwidth: i32,
  matrix: usize,
  right: usize,
  policy: usize,
  rewards: usize,
  values: usize,
  gamma: f64,
  noise: f64,
  most: i32,
): i32 {
  for (let s = 0; s < stateCount; s++) {
    const first = f64x2.splat(<f64>load<i32>(statePtr + (<usize>s << 2)));
    for (let half: usize = 0; half < 64; half += 16) v128.store(policy + (<usize>s << 6) + half, first);
  }
  for (let round = 0; round <= most; round++) {
    const slack = round === 0 ? 0 : noise;
    const changed = improve(stateCount, statePtr, rowPtr, successor, probability, policy, values, slack);
    if (round > 0 && !changed) return round;
    if (round === most) break;
    fill(stateCount, rowPtr, successor, probability, order, position, bandwidth, matrix, right, policy, rewards, gamma);
    eliminate(stateCount, bandwidth, matrix, right);
    substitute(stateCount, order, bandwidth, matrix, right, values);
  }
  return most + 1;
}

function improve(
  stateCount: i32,
  statePtr: usize,
  rowPtr: usize,
  successor: usize,
  probability: usize,
  policy: usize,
  values: usize,
  noise: f64,
): bool {
  let changed = f64x2.splat(0);
  for (let half: usize = 0; half < 64; half += 16) {
    let largest = f64x2.splat(0);
    for (let s = 0; s < stateCount; s++) {
      largest = f64x2.pmax(largest, f64x2.abs(v128.load(values + (<usize>s << 6) + half)));
    }
    const slack = f64x2.mul(f64x2.splat(noise), largest);
    let r = 0;
    let k = 0;
    for (let s = 0; s < stateCount; s++) {
      const at = policy + (<usize>s << 6) + half;
      const lastRow = load<i32>(statePtr + (<usize>s << 2), 4);
      const own = v128.load(at);
      let current = f64x2.splat(0);
      let best = f64x2.splat(-Infinity);
      let bestRow = own;
      for (; r < lastRow; r++) {
        const end = load<i32>(rowPtr + (<usize>r << 2), 4);
        let sum = f64x2.splat(0);
        for (; k < end; k++) {
          const from = values + <usize>load<i32>(successor + (<usize>k << 2)) + half;
          sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(probability + (<usize>k << 3)), v128.load(from)));
        }
        const row = f64x2.splat(<f64>r);
        current = v128.bitselect(sum, current, f64x2.eq(row, own));
        bestRow = v128.bitselect(row, bestRow, f64x2.lt(best, sum));
        best = f64x2.pmax(best, sum);
      }
      const better = f64x2.lt(f64x2.add(current, slack), best);
      changed = v128.or(changed, better);
      v128.store(at, v128.bitselect(bestRow, own, better));
    }
  }
  return v128.any_true(changed);
}

/** The matrix I − gamma·P of each column's policy, and its right side. */
function fill(
  stateCount: i32,
  rowPtr: usize,
  successor: usize,
  probability: usize,
  order: usize,
  position: usize,
  bandwidth: i32,
  matrix: usize,
  right: usize,
  policy: usize,
  rewards: usize,
  gamma: f64,
): void {
  const width = <usize>(2 * bandwidth + 1) << 6;
  memory.fill(matrix, 0, width * <usize>stateCount);
  for (let i = 0; i < stateCount; i++) {
    const s = <usize>load<i32>(order + (<usize>i << 2)) << 6;
    const row = matrix + <usize>i * width;
    memory.copy(right + (<usize>i << 6), rewards + s, 64);
    for (let b: usize = 0; b < 64; b += 8) {
      const diagonal = row + (<usize>bandwidth << 6) + b;
      store<f64>(diagonal, 1);
      const r = rowPtr + (<usize>load<f64>(policy + s + b) << 2);
      const end = load<i32>(r, 4);
      for (let k = load<i32>(r); k < end; k++) {
        const j = load<i32>(position + (<usize>(load<i32>(successor + (<usize>k << 2)) >> 6) << 2));
        const at = row + (<usize>(j - i + bandwidth) << 6) + b;
        store<f64>(at, load<f64>(at) - gamma * load<f64>(probability + (<usize>k << 3)));
      }
    }
  }
}

/** Gaussian elimination without exchanges: the rows are diagonally dominant. */
function eliminate(stateCount: i32, bandwidth: i32, matrix: usize, right: usize): void {
  const width = <usize>(2 * bandwidth + 1) << 6;
  const one = f64x2.splat(1);
  for (let i = 0; i < stateCount; i++) {
    const pivot = matrix + <usize>i * width + (<usize>bandwidth << 6);
    const x = right + (<usize>i << 6);
    const last = min(stateCount - 1, i + bandwidth);
    const scale0 = f64x2.div(one, v128.load(pivot));
    const scale1 = f64x2.div(one, v128.load(pivot, 16));
    const scale2 = f64x2.div(one, v128.load(pivot, 32));
    const scale3 = f64x2.div(one, v128.load(pivot, 48));
    v128.store(pivot, scale0);
    v128.store(pivot, scale1, 16);
    v128.store(pivot, scale2, 32);
    v128.store(pivot, scale3, 48);
    for (let j = i + 1; j <= last; j++) {
      const entry = matrix + <usize>j * width + (<usize>(bandwidth - (j - i)) << 6);
      const f0 = f64x2.mul(v128.load(entry), scale0);
      const f1 = f64x2.mul(v128.load(entry, 16), scale1);
      const f2 = f64x2.mul(v128.load(entry, 32), scale2);
      const f3 = f64x2.mul(v128.load(entry, 48), scale3);
      if (!v128.any_true(v128.or(v128.or(f0, f1), v128.or(f2, f3)))) continue;
      const count = <usize>(last - i) << 6;
      for (let c: usize = 64; c <= count; c += 64) {
        const to = entry + c;
        const from = pivot + c;
        v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(f0, v128.load(from))));
        v128.store(to, f64x2.sub(v128.load(to, 16), f64x2.mul(f1, v128.load(from, 16))), 16);
        v128.store(to, f64x2.sub(v128.load(to, 32), f64x2.mul(f2, v128.load(from, 32))), 32);
        v128.store(to, f64x2.sub(v128.load(to, 48), f64x2.mul(f3, v128.load(from, 48))), 48);
      }
      const y = right + (<usize>j << 6);
      v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(f0, v128.load(x))));
      v128.store(y, f64x2.sub(v128.load(y, 16), f64x2.mul(f1, v128.load(x, 16))), 16);
      v128.store(y, f64x2.sub(v128.load(y, 32), f64x2.mul(f2, v128.load(x, 32))), 32);
      v128.store(y, f64x2.sub(v128.load(y, 48), f64x2.mul(f3, v128.load(x, 48))), 48);
    }
  }
}

/** Back substitution; the solution goes to the rows of the states. */
function substitute(stateCount: i32, order: usize, bandwidth: i32, matrix: usize, right: usize, values: usize): void {
  const width = <usize>(2 * bandwidth + 1) << 6;
  for (let i = stateCount - 1; i >= 0; i--) {
    const pivot = matrix + <usize>i * width + (<usize>bandwidth << 6);
    const x = right + (<usize>i << 6);
    const count = <usize>min(stateCount - 1 - i, bandwidth) << 6;
    let x0 = v128.load(x);
    let x1 = v128.load(x, 16);
    let x2 = v128.load(x, 32);
    let x3 = v128.load(x, 48);
    for (let c: usize = 64; c <= count; c += 64) {
      x0 = f64x2.sub(x0, f64x2.mul(v128.load(pivot + c), v128.load(x + c)));
      x1 = f64x2.sub(x1, f64x2.mul(v128.load(pivot + c, 16), v128.load(x + c, 16)));
      x2 = f64x2.sub(x2, f64x2.mul(v128.load(pivot + c, 32), v128.load(x + c, 32)));
      x3 = f64x2.sub(x3, f64x2.mul(v128.load(pivot + c, 48), v128.load(x + c, 48)));
    }
    x0 = f64x2.mul(x0, v128.load(pivot));
    x1 = f64x2.mul(x1, v128.load(pivot, 16));
    x2 = f64x2.mul(x2, v128.load(pivot, 32));
    x3 = f64x2.mul(x3, v128.load(pivot, 48));
    v128.store(x, x0);
    v128.store(x, x1, 16);
    v128.store(x, x2, 32);
    v128.store(x, x3, 48);
    const at = values + (<usize>load<i32>(order + (<usize>i << 2)) << 6);
    v128.store(at, x0);
    v128.store(at, x1, 16);
    v128.store(at, x2, 32);
    v128.store(at, x3, 48);
  }
}
