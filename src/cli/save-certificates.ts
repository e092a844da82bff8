import { join } from 'node:path';
import type { SymmetryRow } from '../report/document.js';
import { formatQuantity } from '../report/format.js';
import { certificateText } from '../symmetry/certificate.js';
import type { Io } from './io.js';
import { say } from './output.js';

/**
 * A file for each certificate, numbered in the order of the rows: `01-6.9-1.json` is for 6.9(1).
 * @throws {UserError} E_IO
 */
export async function saveCertificates(
  rows: readonly SymmetryRow[],
  folder: string,
  { quiet }: { readonly quiet: boolean },
  io: Io,
): Promise<void> {
  const digits = String(rows.length).length;
  for (const [index, { theorem, certificate }] of rows.entries()) {
    const number = String(index + 1).padStart(digits, '0');
    const name = `${number}-${theorem.replace('(', '-').replace(')', '')}.json`;
    await io.writeFile(join(folder, name), certificateText(certificate));
  }
  if (!quiet) await say(`wrote ${formatQuantity(rows.length, 'certificate')} to ${folder}\n`, io);
}
