import { readFileSync } from 'node:fs';

/** The version of this package, from its package.json. */
export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Versions of the program and of what it runs on, for bug reports and scripts. */
export function versionDetails(): Readonly<Record<string, string>> {
  const { node, v8 } = process.versions;
  return { mdpower: version(), node, v8, platform: process.platform, arch: process.arch };
}
