import { fstatSync, readFileSync, statSync } from 'node:fs';

/**
 * Was this standard descriptor closed when the process started (`>&-`)? Node then opens /dev/null for reading and writing
 * in its place, so writes succeed and lose the result. A shell's `> /dev/null` opens it for writing only and is not taken
 * for closed. Known on Linux only; false elsewhere.
 */
export function closedAtStart(descriptor: 0 | 1 | 2 | number): boolean {
  try {
    if (fstatSync(descriptor).rdev !== statSync('/dev/null').rdev) return false;
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & 0o3) === 2;
  } catch {
    return false;
  }
}
