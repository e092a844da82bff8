/** Run from the TypeScript sources, as tests do, the workers are those of the last build: Node starts compiled files only. */
export function workerAt(name: string): URL {
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/parallel/' : './';
  return new URL(`${folder}${name}.js`, import.meta.url);
}
