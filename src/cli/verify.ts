import { parseDocument } from '../mdp/document.js';
import type { ResultDocument } from '../report/document.js';
import { claimOf } from '../symmetry/meaning.js';
import { parseCertificate } from '../symmetry/parse-certificate.js';
import { verifyCertificate } from '../symmetry/verify.js';
import type { Io } from './io.js';
import { loadModel, loadText } from './load.js';
import { documentOf } from './result.js';

/** The result of `mdpower verify`. @throws {UserError} bad input: the model, or a certificate that cannot be read */
export async function verificationDocument(
  certificatePath: string,
  modelPath: string,
  options: { readonly normalizeRows: boolean },
  io: Io,
): Promise<ResultDocument> {
  const { bytes, source, format } = await loadText(certificatePath, io);
  const certificate = parseCertificate(parseDocument(bytes, source, format));
  const mdp = await loadModel(modelPath, options, io);
  const { valid, strict, steps } = verifyCertificate(mdp, certificate);
  const { theorem } = certificate;
  return {
    ...documentOf('verify', mdp, { normalizeRows: options.normalizeRows }),
    verification: { theorem, claim: claimOf(certificate), valid, strict, steps },
  };
}
