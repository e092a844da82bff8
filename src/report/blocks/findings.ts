import { type Block, facts, heading, list } from '../block.js';
import type { ResultDocument, SymmetryRow, VerificationSummary } from '../document.js';
import { formatCount } from '../format.js';
import type { Table } from '../table.js';
import { shortClaim } from './claim.js';

/** As many findings of one theorem are told in a report; the machine formats have them all. */
const MOST_OF_THEOREM = 2;
/** Longer permutations are cut. */
const LONGEST = 120;

/** What a short claim says at length. */
const MEANING =
  '"≥" means: of every distribution over reward functions (bounded, in 6.6, 6.9(1) and 6.12) at least as many permutations ' +
  'have ">" as have "<", at every γ. Strict: for continuous bounded i.i.d. rewards it is ">" (at 0 < γ < 1).';

/** What no certificate says (THEORY, caveats 1, 2, 4, 9). */
const LIMITS =
  'Certificates speak of optimal policies, not of trained ones, and of two sides at a time: comparisons cannot be chained. ' +
  'Symmetry is sufficient, not necessary, and permutations of a distribution are counted, each once.';

/**
 * Certified instances of the theorems, those about the start first, then how complete the list is.
 * @param form sentences, or a table for a paper
 */
export function findingBlocks(document: ResultDocument, form: 'sentences' | 'table'): Block[] {
  const { symmetry = [] } = document;
  const told = toldFindings(document);
  const remarks = remarksOn(document, symmetry.length - told.length);
  const title = 'Certified for most reward functions';
  if (form === 'table' && told.length > 0)
    return [{ kind: 'table', table: findingTable(title, told, remarks) }];
  return [
    list(title, [
      ...told.map((row) => `${labelOf(row)}: ${shortClaim(row)}${permutationOf(row)}`),
      ...remarks,
    ]),
  ];
}

/** What `mdpower verify` tells: each hypothesis, how it was checked, and the verdict. */
export function verificationBlocks({ theorem, claim, valid, strict, steps }: VerificationSummary): Block[] {
  return [
    heading(theorem === null ? 'A result' : `Certificate for ${theorem}${strict ? ', strict' : ''}`),
    list(
      theorem === null ? 'Checks' : 'Hypotheses',
      steps.map(({ hypothesis, finding, holds }) => `${holds ? '' : 'FAILS: '}${hypothesis}: ${finding}`),
    ),
    valid
      ? facts([
          ['verdict', 'valid'],
          ...(theorem === null
            ? ([['shown', claim]] as const)
            : ([
                ['proved', claim],
                ['caveats', LIMITS],
              ] as const)),
        ])
      : facts([['verdict', 'not valid']]),
  ];
}

function remarksOn({ command, symmetry = [], symmetryCuts = [] }: ResultDocument, rest: number): string[] {
  const more = `${formatCount(rest)} more with --format json, which has the certificates of all.`;
  return [
    symmetry.length === 0 ? 'None was found.' : MEANING,
    ...(rest > 0 ? [more] : []),
    symmetryCuts.length === 0
      ? 'The search for what was asked was complete.'
      : `Not searched to the end: ${symmetryCuts.join('; ')}.`,
    // `analyze` has its own list of caveats.
    ...(command === 'symmetry' ? [LIMITS] : []),
  ];
}

function findingTable(title: string, rows: readonly SymmetryRow[], notes: readonly string[]): Table {
  return {
    title,
    columns: [
      { header: 'theorem', align: 'left' },
      { header: 'claim', align: 'left' },
      { header: 'strict', align: 'left' },
      { header: 'permutation', align: 'left' },
    ],
    rows: rows.map((row) => [row.theorem, shortClaim(row), row.strict ? 'yes' : 'no', cyclesOf(row)]),
    notes,
  };
}

/** Cycles with blanks between, where lines may break; commas between several permutations. */
function cyclesOf({ permutation }: SymmetryRow): string {
  if (permutation === null) return '';
  return cut(permutation).replaceAll(') (', '), (').replaceAll(')(', ') (');
}

/** The first of each theorem: those about the start first, strict ones first, without those that move nothing. */
export function toldFindings({ symmetry: rows = [], model }: ResultDocument): SymmetryRow[] {
  const rank = (row: SymmetryRow): number => (row.state === model.start ? 0 : 2) + (row.strict ? 0 : 1);
  const byTheorem = new Map<string, SymmetryRow[]>();
  for (const row of rows) {
    if (row.permutation === '()' || row.theorem === '6.14') continue;
    byTheorem.set(row.theorem, [...(byTheorem.get(row.theorem) ?? []), row]);
  }
  return [...byTheorem]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) => same.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_OF_THEOREM));
}

function labelOf({ theorem, strict }: SymmetryRow): string {
  return `${theorem}${strict ? ', strict' : ''}`;
}

function permutationOf({ permutation }: SymmetryRow): string {
  if (permutation === null) return '';
  return `, by ${cut(permutation)}`;
}

function cut(permutation: string): string {
  return permutation.length > LONGEST ? `${[...permutation].slice(0, LONGEST).join('')}…` : permutation;
}
