import type { Structure } from '../structure.js';
import type { ClassRows } from './kernel.js';

/** One row for each class of each state that has several: the class is as good as any of its rows. */
export function classRows({ mdp, stateCount, rowOfChoice }: Structure, classes: Int32Array): ClassRows {
  const states: number[] = [];
  const ptr = [0];
  const rows: number[] = [];
  const choices: number[] = [];
  for (let s = 0; s < stateCount; s++) {
    const representatives: number[] = [];
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      if (classes[c] === c) representatives.push(c);
    }
    if (representatives.length === 1) continue;
    for (const c of representatives) {
      choices.push(c);
      rows.push(rowOfChoice[c]!);
    }
    states.push(s);
    ptr.push(rows.length);
  }
  return {
    states: Int32Array.from(states),
    ptr: Int32Array.from(ptr),
    rows: Int32Array.from(rows),
    choices: Int32Array.from(choices),
  };
}
