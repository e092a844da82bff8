import type { Structure } from '../structure.js';
import type { Kernel } from './kernel.js';
import { LANES, type SweepBlock } from './sweep.js';

/** `judge` of the kernel in plain TypeScript, equal to kernel.as/judge.ts bit for bit. */
export function judge(
  { stateCount, statePtr, successor }: Structure,
  { rewards, values, best, low, high }: SweepBlock,
  gamma: number,
  { rewardSize, valueSize }: Pick<Kernel, 'rewardSize' | 'valueSize'>,
  compared: { near: Int32Array; gaps: Float64Array } | undefined,
): void {
  low.fill(Infinity);
  high.fill(-Infinity);
  rewardSize.fill(0);
  valueSize.fill(0);
  compared?.near.fill(0);
  compared?.gaps.fill(Infinity);
  for (let b = 0; b < LANES; b++) {
    const reference = values[b]!;
    let n = 0;
    for (let s = 0; s < stateCount; s++) {
      const at = s * LANES + b;
      const after = [...successor.subarray(statePtr[s], statePtr[s + 1])].map((t) => values[t * LANES + b]!);
      let [top, second] = [-Infinity, -Infinity];
      for (const value of after) {
        second = Math.max(second, Math.min(top, value));
        if (top < value) top = value;
      }
      if (compared !== undefined && after.length > 1) {
        const gap = top - reference - (second - reference);
        if (gap < compared.gaps[b]!) compared.gaps[b] = gap;
        for (const value of after) compared.near[n++]! |= value === top ? 1 << b : 0;
      }
      best[at] = top - reference;
      const value = values[at]! - reference;
      const change = rewards[at]! + gamma * best[at]! - value;
      if (change < low[b]!) low[b] = change;
      if (high[b]! < change) high[b] = change;
      if (rewardSize[b]! < Math.abs(rewards[at]!)) rewardSize[b] = Math.abs(rewards[at]!);
      if (Number.isNaN(change)) valueSize[b] = Number.NaN;
      else if (valueSize[b]! < Math.abs(value)) valueSize[b] = Math.abs(value);
    }
  }
}
