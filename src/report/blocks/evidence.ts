import type { EvidenceRow } from '../../exact/claims/evidence.js';
import { type Block, list } from '../block.js';
import type { ResultDocument, SymmetryRow } from '../document.js';
import { formatCount, formatNumber } from '../format.js';
import type { Cell, Table } from '../table.js';
import { shortClaim } from './claim.js';
import { toldFindings } from './findings.js';

/**
 * Orbit counts and i.i.d. values of the claims that the report tells.
 * @param form a sentence for each claim, or tables for a paper
 */
export function evidenceBlocks(document: ResultDocument, form: 'sentences' | 'table'): Block[] {
  const { evidence = [], withoutEvidence = [] } = document;
  const claims = toldFindings(document).map((finding) => ({
    claim: `${finding.theorem}: ${shortClaim(finding)}`,
    rows: evidence.filter((row) => isAbout(row, finding)),
  }));
  const reasons = new Set(
    withoutEvidence.map(({ theorem, gamma, reason }) => `${theorem} at γ = ${gamma}: ${reason}`),
  );
  const without = reasons.size > 0 ? [list('No evidence could be computed', [...reasons])] : [];
  if (form === 'sentences') {
    const sentences = claims.flatMap(({ claim, rows }) =>
      rows.length === 0 ? [] : [`${claim}: ${rows.map(sentence).join('; ')}`],
    );
    return [list('Evidence beside the proofs', [...sentences, METHODS]), ...without];
  }
  const rows = claims.flatMap(({ claim, rows: about }) => about.map((row) => ({ row, claim })));
  const orbits = rows.filter(({ row }) => row.basis === 'orbit');
  const laws = rows.filter(({ row }) => row.basis === 'iid');
  return [
    ...(orbits.length > 0 ? [table(orbitTable(orbits))] : []),
    ...(laws.length > 0 ? [table(lawTable(laws))] : []),
    ...without,
  ];
}

const METHODS =
  'Counts are permutations of a reward function for the claim : for neither side : against it. ' +
  'All is exact, from the definitions, unless marked as sampled.';

function sentence(row: EvidenceRow): string {
  const { gamma, basis, reward, greater, equal, less, first, second, firstExact, secondExact } = row;
  const at = gamma === 'average' ? '' : `γ = ${gamma}, `;
  const numbers =
    basis === 'orbit'
      ? [greater, equal, less].map((count) => formatCount(count!)).join(' : ')
      : `${side(first, firstExact)} ≥ ${side(second, secondExact)}`;
  const doubt = row.agrees && row.method === 'exact' ? '' : ` (${verdict(row)})`;
  return `${at}${reward}: ${row.agrees || basis === 'orbit' ? numbers : numbers.replace('≥', 'against')}${doubt}`;
}

interface Told {
  readonly row: EvidenceRow;
  readonly claim: string;
}

function isAbout(row: EvidenceRow, { theorem, state, action, other }: SymmetryRow): boolean {
  return row.theorem === theorem && row.state === state && row.action === action && row.other === other;
}

function orbitTable(rows: readonly Told[]): Table {
  const sampled = rows.some(({ row }) => row.method === 'sampled');
  return {
    title: 'Beside the proofs: orbits counted',
    columns: [
      { header: 'claim', align: 'left' },
      { header: 'reward', align: 'left' },
      { header: '', align: 'left' },
      { header: 'γ', align: 'right' },
      { header: 'for', align: 'right' },
      { header: 'neither', align: 'right' },
      { header: 'against', align: 'right' },
    ],
    rows: rows.map(({ row, claim }): Cell[] => [
      claim,
      row.reward,
      verdict(row),
      row.gamma,
      row.greater,
      row.equal,
      row.less,
    ]),
    notes: sampled
      ? [`Orbits of over ${formatCount(50_000)} permutations are sampled; every draw is decided exactly.`]
      : ['Every distinct permutation of the reward was decided exactly.'],
  };
}

function lawTable(rows: readonly Told[]): Table {
  return {
    title: `Beside the proofs: i.i.d. rewards, ${rows[0]!.row.reward}`,
    columns: [
      { header: 'claim', align: 'left' },
      { header: 'γ', align: 'right' },
      { header: 'left side', align: 'right' },
      { header: 'right side', align: 'right' },
      { header: '', align: 'left' },
    ],
    rows: rows.map(({ row, claim }): Cell[] => [
      claim,
      row.gamma,
      side(row.first, row.firstExact),
      side(row.second, row.secondExact),
      verdict(row),
    ]),
    notes: ['Values are exact, but for those that are marked as sampled.'],
  };
}

function side(value: number | null, exact: string | null): string {
  if (exact !== null && exact.length <= 12) return exact;
  return value === null ? '' : formatNumber(value);
}

function verdict({ agrees, method, probability }: EvidenceRow): string {
  const how = method === 'sampled' ? 'sampled' : 'exact';
  if (agrees) return how;
  return `${how}, against the claim${probability === null ? '' : ` (if it is true, p = ${probability.toPrecision(2)})`}`;
}

function table(content: Table): Block {
  return { kind: 'table', table: content };
}
