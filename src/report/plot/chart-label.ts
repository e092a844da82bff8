/**
 * A name as a value of a Vega-Lite chart. Vega looks values up in plain objects, so that `toString` finds a function there:
 * what every object has is put in quotes, and with it what is such a name in quotes, so that different names stay different.
 */
export function chartLabel(name: string): string {
  const bare = name.replace(/^"+|"+$/g, '');
  return bare in Object.prototype ? `"${name}"` : name;
}
