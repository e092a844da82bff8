import { type Relaxing, rowScales } from '../relaxation.js';
import type { Structure } from '../structure.js';
import { LANES, type SweepBlock } from './sweep.js';

/** The Gauss–Seidel sweeps of the kernel in plain TypeScript, equal to kernel.as/relax.ts bit for bit. */
export function relaxing(structure: Structure, block: SweepBlock): Relaxing {
  const { stateCount } = structure;
  const lanes = (): Float64Array => new Float64Array(LANES);
  const [changes, products, squares, factors] = [lanes(), lanes(), lanes(), lanes()];
  const scales = new Float64Array(structure.rowCount);
  return {
    changes,
    products,
    squares,
    factors,
    relax(gamma) {
      rowScales(structure, gamma, scales);
      for (let s = 0; s < stateCount; s++) relaxState(structure, block, scales, gamma, s, changes);
      changes.fill(0);
      for (let s = stateCount - 1; s >= 0; s--) relaxState(structure, block, scales, gamma, s, changes);
    },
    step() {
      const { values, best: before, next: difference } = block;
      products.fill(0);
      squares.fill(0);
      for (let i = 0; i < values.length; i++) {
        const b = i % LANES;
        const change = values[i]! - before[i]!;
        products[b] = products[b]! + change * difference[i]!;
        squares[b] = squares[b]! + difference[i]! * difference[i]!;
        difference[i] = change;
        before[i] = values[i]!;
      }
    },
    extrapolate() {
      const { values, best: before, next: difference } = block;
      for (let i = 0; i < values.length; i++) {
        values[i] = values[i]! + factors[i % LANES]! * difference[i]!;
        before[i] = values[i]!;
      }
    },
  };
}

function relaxState(
  { statePtr, rowPtr, successor, probability }: Structure,
  { rewards, values }: SweepBlock,
  scales: Float64Array,
  gamma: number,
  s: number,
  changes: Float64Array,
): void {
  for (let b = 0; b < LANES; b++) {
    const at = s * LANES + b;
    const base = rewards[at]! - values[at]!;
    let best = -Infinity;
    for (let r = statePtr[s]!; r < statePtr[s + 1]!; r++) {
      let sum = 0;
      for (let k = rowPtr[r]!; k < rowPtr[r + 1]!; k++) {
        const term = probability[k]! * values[successor[k]! * LANES + b]!;
        sum = k === rowPtr[r] ? term : sum + term;
      }
      const change = scales[r]! * (base + gamma * sum);
      if (best < change) best = change;
    }
    values[at] = values[at]! + best;
    if (changes[b]! < Math.abs(best)) changes[b] = Math.abs(best);
  }
}
