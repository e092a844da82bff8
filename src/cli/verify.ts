import { parseDocument } from '../mdp/document.js';
import type { ResultDocument } from '../report/document.js';
import { claimOf } from '../symmetry/meaning.js';
import { parseCertificate } from '../symmetry/parse-certificate.js';
import { verifyCertificate } from '../symmetry/verify.js';
import type { Io } from './io.js';
import { isResult, type LoadedText, loadModel, loadText } from './load.js';
import { documentOf } from './result.js';

interface VerifyValues {
  readonly normalizeRows: boolean;
  readonly samples: number | undefined;
  readonly quiet: boolean;
}

/** The result of `mdpower verify`. @throws {UserError} bad input: the model, or a file that is neither certificate nor result */
export async function verificationDocument(
  path: string,
  modelPath: string,
  options: VerifyValues,
  io: Io,
): Promise<ResultDocument> {
  const loaded = await loadText(path, io);
  if (isResult(loaded)) return ofResult(loaded, modelPath, options, io);
  const certificate = parseCertificate(parseDocument(loaded.bytes, loaded.source, loaded.format));
  const mdp = await loadModel(modelPath, options, io);
  const { valid, strict, steps } = verifyCertificate(mdp, certificate);
  const { theorem } = certificate;
  return {
    ...documentOf('verify', mdp, { normalizeRows: options.normalizeRows }),
    verification: { theorem, claim: claimOf(certificate), valid, strict, steps },
  };
}

/** A result is checked on the model as it was read for it. */
async function ofResult(
  { bytes, source }: LoadedText,
  modelPath: string,
  options: VerifyValues,
  io: Io,
): Promise<ResultDocument> {
  const { readResult } = await import('../report/read-result.js');
  const { verifyResult } = await import('./verify-result.js');
  // A key that stands twice could say one thing here and another elsewhere.
  parseDocument(bytes, source, 'json');
  const document = readResult(bytes, source);
  const normalizeRows = document.parameters.normalizeRows ?? options.normalizeRows;
  const mdp = await loadModel(modelPath, { normalizeRows }, io);
  const verification = await verifyResult(document, mdp, options, io);
  return { ...documentOf('verify', mdp, { normalizeRows }), verification };
}
