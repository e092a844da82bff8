import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { ExitCode, UserError } from '../../errors.js';
import { temporaries } from '../temporaries.js';
import {
  type FileOperations,
  readIfThere,
  removeIfThere,
  systemCode,
  writeWhole,
} from './file-operations.js';

/** Who holds a lock. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** when the process was started, in the system's own count; '' where that is not known */
  readonly started: string;
  /** different for every lock that was ever taken */
  readonly token: string;
}

/** A lock that cannot be read is being written, or was left by a process that died while it wrote; then it is older. */
const WRITING_MILLISECONDS = 10_000;
/** Each time somebody else may take the lock that a dead process has left. */
const MOST_ATTEMPTS = 10;

/**
 * Takes `path` as a sign that this process alone works on what it stands for; a sign that a dead process has left is removed.
 *
 * @param what  for messages: `the checkpoint run.ckpt`
 * @returns what gives the lock back
 * @throws {UserError} E_LOCKED: another process holds it; an error of the system, as it is
 */
export function takeLock(path: string, what: string, files: FileOperations): () => void {
  const own: Owner = {
    pid: process.pid,
    host: hostname(),
    started: statusOf(process.pid).started,
    token: `${process.pid}-${Date.now()}-${process.hrtime.bigint()}`,
  };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (create(path, own, files)) {
      temporaries.watch(path, true);
      return () => {
        giveBack(path, own, files);
        temporaries.watch(path, false);
      };
    }
    const bytes = readIfThere(path, files);
    if (bytes === undefined) continue;
    const owner = ownerOf(bytes);
    if (!isDead(owner, path, files)) throw locked(path, what, owner);
    removeDead(path, bytes, files);
  }
  throw locked(path, what, undefined);
}

/** A lock is written before it gets its name, so that whoever is killed meanwhile leaves none that cannot be read. */
function create(path: string, own: Owner, files: FileOperations): boolean {
  const aside = asideOf(path);
  removeIfThere(aside, files);
  writeOwner(aside, own, files);
  try {
    files.link(aside, path);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!WITHOUT_LINKS.includes(systemCode(error) ?? '')) throw error;
    try {
      writeOwner(path, own, files);
    } catch (refused) {
      if (systemCode(refused) === 'EEXIST') return false;
      throw refused;
    }
  } finally {
    files.remove(aside);
  }
  return true;
}

/** What file systems without second names answer. */
const WITHOUT_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

function writeOwner(path: string, own: Owner, files: FileOperations): void {
  const descriptor = files.open(path, 'wx');
  try {
    writeWhole(descriptor, new TextEncoder().encode(`${JSON.stringify(own)}\n`), files);
  } finally {
    files.close(descriptor);
  }
}

/** A name beside a lock that only this process uses. */
function asideOf(path: string): string {
  return `${path}.${process.pid}`;
}

/** Two processes may find the same dead lock: only one moves it away, and whoever moved a new one puts it back. */
function removeDead(path: string, dead: Uint8Array, files: FileOperations): void {
  const aside = asideOf(path);
  try {
    files.rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if (Buffer.compare(files.read(aside), dead) === 0) files.remove(aside);
  else files.rename(aside, path);
}

function giveBack(path: string, own: Owner, files: FileOperations): void {
  const bytes = readIfThere(path, files);
  if (bytes !== undefined && ownerOf(bytes)?.token === own.token) removeIfThere(path, files);
}

function ownerOf(bytes: Uint8Array): Owner | undefined {
  try {
    const owner = JSON.parse(new TextDecoder().decode(bytes)) as Owner;
    const isWhole =
      Number.isSafeInteger(owner.pid) &&
      owner.pid > 0 &&
      [owner.host, owner.started, owner.token].every((text) => typeof text === 'string');
    return isWhole ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Is the owner certainly gone? Of a process of another machine that cannot be known. */
function isDead(owner: Owner | undefined, path: string, files: FileOperations): boolean {
  if (owner === undefined) {
    try {
      return Date.now() - files.modified(path) > WRITING_MILLISECONDS;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    }
  }
  if (owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
  const { state, started } = statusOf(owner.pid);
  // A dead process whose parent has not asked for its end still has its number.
  if (state === 'Z' || state === 'X') return true;
  // The number of a dead process may have been given to another one.
  return started !== '' && owner.started !== '' && started !== owner.started;
}

/** Fields 3 and 22 of /proc/PID/stat: state, and start in ticks since that of the system; '' where they are not known. */
function statusOf(pid: number): { state: string; started: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', started: fields[19] ?? '' };
  } catch {
    return { state: '', started: '' };
  }
}

function locked(path: string, what: string, owner: Owner | undefined): UserError {
  return new UserError(ExitCode.io, {
    code: 'E_LOCKED',
    message: `another run works on ${what}`,
    found: owner === undefined ? path : `process ${owner.pid} on ${owner.host}`,
    hint: `wait for it; if it has ended, remove ${path}`,
  });
}
