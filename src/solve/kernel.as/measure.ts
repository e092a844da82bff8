// AssemblyScript. Values less those of state 0, and the sizes that certificates need. solve/kernel/kernel-reference.ts is the readable
// reference, equal bit for bit.

/** Subtracts row 0 from all rows. What is small rounds little. */
export function centre(stateCount: i32, values: usize): void {
  const reference0 = v128.load(values);
  const reference1 = v128.load(values, 16);
  const reference2 = v128.load(values, 32);
  const reference3 = v128.load(values, 48);
  for (let s = 0; s < stateCount; s++) {
    const at = values + (<usize>s << 6);
    v128.store(at, f64x2.sub(v128.load(at), reference0));
    v128.store(at, f64x2.sub(v128.load(at, 16), reference1), 16);
    v128.store(at, f64x2.sub(v128.load(at, 32), reference2), 32);
    v128.store(at, f64x2.sub(v128.load(at, 48), reference3), 48);
  }
}

/** largest (8): greatest |x| of every column; NaN if one is NaN, which pmax overlooks. */
export function sizes(stateCount: i32, rows: usize, largest: usize): void {
  let size0 = f64x2.splat(0);
  let size1 = size0;
  let size2 = size0;
  let size3 = size0;
  let wrong0 = size0;
  let wrong1 = size0;
  let wrong2 = size0;
  let wrong3 = size0;
  const end = rows + (<usize>stateCount << 6);
  for (; rows !== end; rows += 64) {
    let x = v128.load(rows);
    wrong0 = v128.or(wrong0, f64x2.ne(x, x));
    size0 = f64x2.pmax(size0, f64x2.abs(x));
    x = v128.load(rows, 16);
    wrong1 = v128.or(wrong1, f64x2.ne(x, x));
    size1 = f64x2.pmax(size1, f64x2.abs(x));
    x = v128.load(rows, 32);
    wrong2 = v128.or(wrong2, f64x2.ne(x, x));
    size2 = f64x2.pmax(size2, f64x2.abs(x));
    x = v128.load(rows, 48);
    wrong3 = v128.or(wrong3, f64x2.ne(x, x));
    size3 = f64x2.pmax(size3, f64x2.abs(x));
  }
  // All bits set is not a number.
  v128.store(largest, v128.or(size0, wrong0));
  v128.store(largest, v128.or(size1, wrong1), 16);
  v128.store(largest, v128.or(size2, wrong2), 32);
  v128.store(largest, v128.or(size3, wrong3), 48);
}
