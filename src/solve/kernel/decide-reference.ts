import { rowValue } from '../policy-iteration.js';
import { comparesAllRows, type Structure } from '../structure.js';
import { judge } from './judge-reference.js';
import type { ClassRows, Kernel } from './kernel.js';
import { shareCounter } from './reduce-reference.js';
import type { ShareSets } from './reduction.js';
import { LANES, type SweepBlock } from './sweep.js';

/** The decisions of the kernel in plain TypeScript, equal to kernel.as/decide.ts bit for bit. */
export function decisions(
  structure: Structure,
  block: SweepBlock,
  bounds: Float64Array,
  gaps: Float64Array,
  shares: ShareSets | undefined,
  sizes: Pick<Kernel, 'rewardSize' | 'valueSize'>,
): Pick<Kernel, 'compare' | 'judge' | 'decide' | 'tally' | 'counts' | 'histogram'> {
  const counts = new Int32Array(structure.rowCount);
  const near = new Int32Array(structure.rowCount);
  const { histogram, tallySets } = shareCounter(shares, near);
  const column = new Float64Array(structure.stateCount);
  const none = new Int32Array(0);
  let classes: ClassRows = { states: none, ptr: none, rows: none, choices: none };
  return {
    counts,
    histogram,
    compare(rows) {
      classes = rows;
      counts.fill(0);
      histogram.fill(0);
    },
    judge(gamma, decides) {
      const areAll = decides && comparesAllRows(structure, classes.rows);
      judge(structure, block, gamma, sizes, areAll ? { near, gaps } : undefined);
      return areAll;
    },
    decide() {
      const { states, ptr, rows } = classes;
      let open = 0;
      near.fill(0);
      gaps.fill(Infinity);
      for (let b = 0; b < LANES; b++) {
        for (let s = 0; s < column.length; s++) column[s] = block.values[s * LANES + b]!;
        for (let i = 0; i < states.length; i++) {
          const best = block.best[states[i]! * LANES + b]!;
          let [first, second] = [Infinity, Infinity];
          for (let n = ptr[i]!; n < ptr[i + 1]!; n++) {
            const distance = best - rowValue(structure, rows[n]!, column);
            if (distance <= bounds[b]!) near[n] = near[n]! | (1 << b);
            second = Math.min(second, Math.max(first, distance));
            first = Math.min(first, distance);
          }
          gaps[b] = Math.min(gaps[b]!, second);
          if (second <= bounds[b]! || first > bounds[b]!) open |= 1 << b;
        }
      }
      return open;
    },
    tally(columns) {
      for (let n = 0; n < classes.rows.length; n++) {
        for (let b = 0; b < LANES; b++) counts[n] = counts[n]! + (((near[n]! & columns) >>> b) & 1);
      }
      tallySets(columns);
    },
  };
}
