// AssemblyScript. POWER samples of eight reward functions, and their sums.

/** best = factor·best + offset(b): POWER samples from max_a P_a h (solve/task.ts). */
export function powers(stateCount: i32, best: usize, factor: f64, offsets: usize): void {
  const f = f64x2.splat(factor);
  const offset0 = v128.load(offsets);
  const offset1 = v128.load(offsets, 16);
  const offset2 = v128.load(offsets, 32);
  const offset3 = v128.load(offsets, 48);
  for (let s = 0; s < stateCount; s++) {
    const at = best + (<usize>s << 6);
    v128.store(at, f64x2.add(f64x2.mul(f, v128.load(at)), offset0));
    v128.store(at, f64x2.add(f64x2.mul(f, v128.load(at, 16)), offset1), 16);
    v128.store(at, f64x2.add(f64x2.mul(f, v128.load(at, 32)), offset2), 32);
    v128.store(at, f64x2.add(f64x2.mul(f, v128.load(at, 48)), offset3), 48);
  }
}

/**
 * Adds the deviations d = x − shift(s) of eight samples, and their squares, to 32 bytes of sums for each state: sums of
 * the even and of the odd columns. A sample equal to the shift adds nothing.
 */
export function accumulate(stateCount: i32, samples: usize, shift: usize, sums: usize): void {
  for (let s = 0; s < stateCount; s++) {
    const at = samples + (<usize>s << 6);
    const from = v128.load_splat<f64>(shift + (<usize>s << 3));
    const d0 = f64x2.sub(v128.load(at), from);
    const d1 = f64x2.sub(v128.load(at, 16), from);
    const d2 = f64x2.sub(v128.load(at, 32), from);
    const d3 = f64x2.sub(v128.load(at, 48), from);
    const into = sums + (<usize>s << 5);
    const first = f64x2.add(f64x2.add(d0, d1), f64x2.add(d2, d3));
    const second = f64x2.add(
      f64x2.add(f64x2.mul(d0, d0), f64x2.mul(d1, d1)),
      f64x2.add(f64x2.mul(d2, d2), f64x2.mul(d3, d3)),
    );
    v128.store(into, f64x2.add(v128.load(into), first));
    v128.store(into, f64x2.add(v128.load(into, 16), second), 16);
  }
}
