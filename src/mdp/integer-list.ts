/** A growing list of 32-bit integers: 4 bytes each, where an ordinary array takes 8 and more. */
export interface IntegerList {
  /** entries 0 … length−1 count, the rest is room */
  values: Int32Array;
  length: number;
}

/** An empty list with room for `room` integers. */
export function integerList(room = 16): IntegerList {
  return { values: new Int32Array(room), length: 0 };
}

/** Appends an integer; the room doubles when it is used up. */
export function push(list: IntegerList, value: number): void {
  if (list.length === list.values.length) {
    const larger = new Int32Array(Math.max(16, 2 * list.length));
    larger.set(list.values);
    list.values = larger;
  }
  list.values[list.length++] = value;
}

/** The integers without the room behind them; a view. */
export function filled({ values, length }: IntegerList): Int32Array {
  return values.subarray(0, length);
}
