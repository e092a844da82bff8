/**
 * Whether two data have the same form: the same keys, kinds, and lengths of lists and typed arrays. Keys that are undefined
 * count as absent.
 */
export function haveSameForm(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return typeof a === typeof b && (a === null) === (b === null);
  }
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (ArrayBuffer.isView(a)) return a.byteLength === (b as ArrayBufferView).byteLength;
  const [x, y] = [present(a), present(b)];
  return (
    x.length === y.length && x.every(([key, value], i) => key === y[i]![0] && haveSameForm(value, y[i]![1]))
  );
}

/** The entries of a list or record by their keys in order. */
function present(data: object): [string, unknown][] {
  return Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
