import { comparesAllRows, type Structure } from '../structure.js';
import type { ClassRows, Kernel } from './kernel.js';
import type { KernelMemory } from './kernel-memory.js';
import type { KernelExports } from './kernel-wasm.js';
import { LANES, type SweepBlock } from './sweep.js';

/** What the kernel in WebAssembly finds of the values: certificates, and which rows may be optimal. */
export function judging(
  run: KernelExports,
  { at, integers }: KernelMemory,
  structure: Structure,
  block: SweepBlock,
  histogram: Int32Array,
  tallySets: (columns: number) => void,
): Pick<Kernel, 'compare' | 'judge' | 'decide' | 'tally' | 'counts'> {
  const { stateCount, rowCount } = structure;
  const counts = integers(at.counts, rowCount);
  let classesThere: ClassRows | undefined;
  let compared = { states: 0, rows: 0, areAll: false };
  return {
    counts,
    compare(classes) {
      counts.fill(0);
      histogram.fill(0);
      if (classesThere === classes) return;
      const { states, ptr, rows } = classes;
      integers(at.states, states.length).set(states.map((s) => 8 * LANES * s));
      integers(at.classPtr, ptr.length).set(ptr);
      integers(at.tested, rows.length).set(rows);
      compared = { states: states.length, rows: rows.length, areAll: comparesAllRows(structure, rows) };
      classesThere = classes;
    },
    judge(gamma, decides) {
      const values = block.values.byteOffset;
      const { statePtr, successor, rewards, best, near, extremes, rewardSize, gaps } = at;
      if (decides && compared.areAll) {
        run.judgeAndCompare(
          stateCount,
          statePtr,
          successor,
          rewards,
          values,
          best,
          near,
          extremes,
          rewardSize,
          gaps,
          gamma,
        );
        return true;
      }
      run.judge(stateCount, statePtr, successor, rewards, values, best, extremes, rewardSize, gamma);
      return false;
    },
    decide() {
      return run.decide(
        compared.states,
        at.states,
        at.classPtr,
        at.tested,
        at.rowPtr,
        at.successor,
        at.probability,
        block.values.byteOffset,
        at.best,
        at.near,
        at.bounds,
        at.gaps,
      );
    },
    tally(columns) {
      run.tally(compared.rows, at.near, counts.byteOffset, columns);
      tallySets(columns);
    },
  };
}
