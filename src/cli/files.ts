import { readFile, sizeOf } from './read-file.js';
import {
  appendFile,
  checkWritable,
  exists,
  isEmptyFolder,
  makeFolder,
  removeTemporaries,
  writeFile,
} from './write-file.js';

/** What commands do with files. Paths are as the user gave them. */
export interface FileAccess {
  /** All bytes of a regular file, read once. @throws {UserError} E_IO; E_LIMIT_SIZE above 256 MB, 4 GB for binary models */
  readFile(path: string): Promise<Uint8Array>;
  /** Bytes of a file; undefined if there is none. */
  sizeOf(path: string): Promise<number | undefined>;
  /** True if `path` is there, whatever it is. */
  exists(path: string): Promise<boolean>;
  /** Refuses, before any work is done, a path that could not be written (write-file.ts). */
  checkWritable(path: string, inputs: readonly string[]): Promise<void>;
  /** True if `path` is a folder with nothing in it. */
  isEmptyFolder(path: string): Promise<boolean>;
  /** Removes from folders what `writeFile` left there when it was killed. Nobody else may be writing there. */
  removeTemporaries(folders: readonly string[]): Promise<void>;
  /** Makes a folder, and those above it, where there is none. @throws {UserError} E_IO */
  makeFolder(path: string): Promise<void>;
  /** Replaces the file as a whole (write-file.ts). */
  writeFile(path: string, content: string | Uint8Array | Iterable<string>): Promise<void>;
  /** Adds to the end of a file, which need not exist. @throws {UserError} E_IO */
  appendFile(path: string, text: string): Promise<void>;
}

/** The real files. */
export const files: FileAccess = {
  readFile,
  sizeOf,
  exists,
  isEmptyFolder,
  checkWritable,
  makeFolder,
  removeTemporaries,
  writeFile,
  appendFile,
};
