import { createHash } from 'node:crypto';
import { z } from 'zod';
import { inputError, quoted, type UserError } from '../../errors.js';

/** One model with one slip under one law, at all discounts. */
export interface Cell {
  readonly id: string;
  /** its result in the folder */
  readonly file: string;
  /** names in the experiment; slip as written, null: the model as it is */
  readonly model: string;
  readonly slip: string | null;
  readonly law: string;
  /** the law itself, as `--reward` takes it */
  readonly reward: string;
  /** its model in the folder */
  readonly modelFile: string;
  readonly modelSha256: string;
  readonly states: number;
  readonly choices: number;
  readonly transitions: number;
}

/** All that the digits of a sweep depend on, and where its parts are in the folder. */
export interface Plan {
  readonly program: string;
  readonly name: string;
  readonly experimentSha256: string;
  readonly command: 'power' | 'optimality' | 'analyze';
  readonly options: Readonly<Record<string, string>>;
  readonly cells: readonly Cell[];
  readonly outputs: readonly { readonly file: string; readonly rows: 'power' | 'optimality' }[];
}

/** What `manifest.json` says: the plan, and what of it is done. */
export interface Manifest {
  readonly mdpowerSweep: 1;
  readonly plan: Plan;
  /** cell -> hash of its result file */
  readonly done: Readonly<Record<string, string>>;
  /** output -> hash of its file */
  readonly outputs: Readonly<Record<string, string>>;
  readonly complete: boolean;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A name below the folder that this program has made. */
const file = z.string().regex(/^(cells|models)\/[A-Za-z0-9._-]+$/);

const content: z.ZodType<Manifest> = z.strictObject({
  mdpowerSweep: z.literal(1),
  plan: z.strictObject({
    program: z.string(),
    name: z.string(),
    experimentSha256: sha256,
    command: z.enum(['power', 'optimality', 'analyze']),
    options: z.record(z.string(), z.string()),
    cells: z.array(
      z.strictObject({
        id: z.string().regex(/^[A-Za-z0-9._-]+$/),
        file,
        model: z.string(),
        slip: z.string().nullable(),
        law: z.string(),
        reward: z.string(),
        modelFile: file,
        modelSha256: sha256,
        states: z.int(),
        choices: z.int(),
        transitions: z.int(),
      }),
    ),
    outputs: z.array(
      z.strictObject({
        file: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/),
        rows: z.enum(['power', 'optimality']),
      }),
    ),
  }),
  done: z.record(z.string(), sha256),
  outputs: z.record(z.string(), sha256),
  complete: z.boolean(),
});

/** The name of the manifest in a result folder. */
export const MANIFEST = 'manifest.json';

/** A manifest as the text of its file, which ends with the hash of what is before. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, sha256: hashOf(JSON.stringify(manifest)) }, null, 2)}\n`;
}

/** @throws {UserError} E_SWEEP: damaged, or not a manifest */
export function readManifest(bytes: Uint8Array, source: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw sweepError(source, 'this manifest is damaged: it cannot be read');
  }
  if (typeof value !== 'object' || value === null || !('mdpowerSweep' in value)) {
    throw sweepError(source, 'this is not the manifest of a sweep');
  }
  const { sha256: written, ...rest } = value as Record<string, unknown>;
  if (written !== hashOf(JSON.stringify(rest))) {
    throw sweepError(source, 'this manifest is damaged: its hash is wrong', {
      found: quoted(String(written), 20),
      wanted: `SHA-256 ${hashOf(JSON.stringify(rest)).slice(0, 16)}…`,
    });
  }
  const checked = content.safeParse(rest);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  throw sweepError(
    source,
    `this manifest is not of this version of mdpower: ${issue.path.map(String).join('.')}`,
  );
}

/** The SHA-256 of a text or of bytes, lower-case hexadecimal. */
export function hashOf(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A result folder, or a part of it, that cannot be used. */
export function sweepError(
  source: string,
  message: string,
  parts: { found?: string; wanted?: string; hint?: string } = {},
): UserError {
  return inputError({ code: 'E_SWEEP', message, place: { source }, ...parts });
}
