import type { Kernel } from './kernel.js';
import type { KernelMemory } from './kernel-memory.js';
import type { KernelExports } from './kernel-wasm.js';
import { SOBOL_WORDS } from './reduction.js';

/** The drawing of the kernel in WebAssembly. Laws and tables are put into its memory when they change. */
export function drawing(
  run: KernelExports,
  { memory, at, doubles }: KernelMemory,
  stateCount: number,
  hasSobol: boolean,
): NonNullable<Kernel['draw']> {
  const laws = doubles(at.laws, 3 * (stateCount + 1));
  let lawsThere: Float64Array | undefined;
  let areUnit = false;
  const tables = new Uint32Array(memory.buffer, at.sobol, hasSobol ? SOBOL_WORDS * stateCount : 0);
  let tablesThere: { of: object; set: number } | undefined;
  return (uniform, first) => {
    if (lawsThere !== uniform.laws) {
      laws.set(uniform.laws);
      lawsThere = uniform.laws;
      areUnit = lawsThere.every((x, i) => (i % 3 === 0 ? x === 0 : x === 1));
    }
    const { keyLow, keyHigh, purpose, sobol } = uniform;
    if (sobol !== undefined) {
      const size = 2 ** sobol.log2Size;
      const index = first % size;
      const set = (first - index) / size;
      if (tablesThere?.of !== sobol || tablesThere.set !== set) {
        sobol.write(set, tables);
        tablesThere = { of: sobol, set };
      }
      run.drawSobol(stateCount, at.laws, at.rewards, at.sobol, index, sobol.log2Size);
      return;
    }
    const firstHigh = Math.floor(first / 2 ** 32);
    if (areUnit) run.drawUnit(stateCount, at.drawing, at.rewards, first, firstHigh, keyLow, keyHigh, purpose);
    else run.draw(stateCount, at.drawing, at.laws, at.rewards, first, firstHigh, keyLow, keyHigh, purpose);
  };
}
