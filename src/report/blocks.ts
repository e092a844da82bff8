import { type Block, list } from './block.js';
import { almostBlocks } from './blocks/almost.js';
import { checkBlocks } from './blocks/check.js';
import { compareBlocks } from './blocks/compare.js';
import { evidenceBlocks } from './blocks/evidence.js';
import { findingBlocks, verificationBlocks } from './blocks/findings.js';
import { headBlocks, noteBlocks } from './blocks/head.js';
import { orbitBlocks } from './blocks/orbit.js';
import { sensitivityBlocks } from './blocks/sensitivity.js';
import { symmetryBlocks } from './blocks/symmetry.js';
import { visitBlocks } from './blocks/visits.js';
import type { ResultDocument } from './document.js';
import type { Table } from './table.js';
import { assertionTable } from './tables/assertions.js';
import { crossingTable } from './tables/crossings.js';
import { averageTable, optimalityTable, tiesTable } from './tables/optimality.js';
import { powerTable } from './tables/power.js';
import { symbolicTable } from './tables/symbolic.js';

/** What no table of POWER says by itself (Turner et al. 2021, section 7; THEORY, caveats). */
const CAVEATS: readonly string[] = [
  'These are statements about optimal policies under a distribution of reward functions, not about trained systems.',
  'Symmetries are sufficient, not necessary: where none is found, nothing follows.',
  'Permutations of a distribution are counted, each once; nobody draws reward functions so.',
  'Nothing here speaks of harm to others.',
  'Comparisons hold for two states or two actions at a time; they cannot be chained.',
];

/**
 * A result as a report for people, in this order: what was computed, POWER, optimality, symmetry, orbit, notes, caveats.
 *
 * @param elapsed   how long it took, if that is to be said
 * @param findings  how certified findings are told
 */
export function blocksOf(
  document: ResultDocument,
  elapsed: string | undefined,
  findings: 'sentences' | 'table',
): Block[] {
  const {
    command,
    power,
    optimality,
    automorphisms,
    symmetry,
    symbolic,
    crossings,
    orbit,
    assertions,
    visits,
    verification,
    check,
    parameters,
  } = document;
  if (document.comparison !== undefined) return compareBlocks(document.comparison, parameters);
  if (check !== undefined) return [...checkBlocks(check), ...noteBlocks(document)];
  if (verification !== undefined) return [...verificationBlocks(verification), ...noteBlocks(document)];
  return [
    ...headBlocks(document, elapsed),
    ...(power === undefined ? [] : [block(powerTable(power, parameters))]),
    ...(optimality === undefined
      ? []
      : [
          block(optimalityTable(optimality, parameters)),
          block(averageTable(optimality)),
          block(tiesTable(optimality)),
        ]),
    ...(automorphisms === undefined ? [] : symmetryBlocks(automorphisms)),
    ...(symbolic === undefined ? [] : [block(symbolicTable(symbolic))]),
    ...(crossings === undefined ? [] : [block(crossingTable(crossings))]),
    ...(symmetry === undefined ? [] : findingBlocks(document, findings)),
    ...(document.evidence === undefined ? [] : evidenceBlocks(document, findings)),
    ...(document.almost === undefined ? [] : almostBlocks(document.almost)),
    ...(document.sensitivity === undefined ? [] : sensitivityBlocks(document.sensitivity)),
    ...(orbit === undefined ? [] : orbitBlocks(orbit, parameters)),
    ...(visits === undefined ? [] : visitBlocks(visits)),
    ...(assertions === undefined ? [] : [block(assertionTable(assertions, parameters))]),
    ...noteBlocks(document),
    ...(command === 'analyze' ? [list('Caveats', CAVEATS)] : []),
  ].filter((entry) => entry !== null);
}

/** The table, or what is said under it where it would be empty. */
function block(table: Table | null): Block | null {
  if (table === null) return null;
  return table.rows.length > 0 ? { kind: 'table', table } : list(table.title, table.notes);
}
