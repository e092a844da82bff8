import type { BestReport, BestRow } from '../../exact/best-report.js';
import type { StateTexts, VisitReport } from '../../exact/visits.js';
import type { Block } from '../block.js';
import { formatQuantity } from '../format.js';
import { nameList } from '../name-list.js';
import type { Cell, Table } from '../table.js';

/** F(s), RSD(s) and REACH(s, a) of each state. */
export function visitBlocks(reports: readonly VisitReport[]): Block[] {
  return reports.flatMap((report): Block[] => [
    { kind: 'table', table: visitTable(report) },
    { kind: 'table', table: recurrentTable(report) },
    {
      kind: 'list',
      title: `What can be reached from ${report.state}`,
      items: report.reach.map(({ action, states }) => `after ${action}: ${nameList(states)}`),
    },
  ]);
}

function visitTable({ state, gamma, visits, best }: VisitReport): Table {
  const kept = visits.filter(({ dominated }) => !dominated).length;
  return {
    title: `Visit distributions of ${state}`,
    columns: [
      { header: '#', align: 'right' },
      { header: 'first action', align: 'left' },
      { header: 'expected discounted visits', align: 'left' },
      { header: 'non-dominated', align: 'left' },
      ...bestColumn(best),
    ],
    rows: visits.map(({ number, actions, functions, dominated, mixture, ...row }) => [
      number,
      actions.join(', '),
      vectorText(functions),
      proofText(dominated, mixture),
      ...bestCell(best, row),
    ]),
    notes: [
      `|F| = ${visits.length}, |F_nd| = ${kept} (Turner et al. 2021, Def. 3.3 and 3.6), decided exactly at γ = ${gamma}. ` +
        'A dominated one is the mixture shown; each non-dominated one is the only best for a reward that the JSON form gives.',
      ...valueNotes(state, gamma, best),
    ],
  };
}

function recurrentTable({ state, recurrent, best }: VisitReport): Table {
  const kept = recurrent.filter(({ dominated }) => !dominated).length;
  return {
    title: `Recurrent state distributions of ${state}`,
    columns: [
      { header: '#', align: 'right' },
      { header: 'first action', align: 'left' },
      { header: 'distribution', align: 'left' },
      { header: 'non-dominated', align: 'left' },
      ...bestColumn(best),
    ],
    rows: recurrent.map(({ number, actions, distribution, dominated, mixture, ...row }) => [
      number,
      actions.join(', '),
      vectorText(distribution),
      proofText(dominated, mixture),
      ...bestCell(best, row),
    ]),
    notes: [
      `${formatQuantity(recurrent.length, 'recurrent state distribution')}, ${kept} non-dominated (Def. 6.10).`,
      ...averageNotes(state, best),
    ],
  };
}

function bestColumn(best: BestReport | undefined): Table['columns'] {
  return best === undefined ? [] : [{ header: 'P(optimal)', align: 'right' }];
}

/** The fraction, or nothing where there is no exact answer. */
function bestCell(best: BestReport | undefined, { exact }: BestRow): Cell[] {
  return best === undefined ? [] : [exact ?? null];
}

function valueNotes(state: string, gamma: string, best: BestReport | undefined): string[] {
  if (best === undefined || best.value === null) return [];
  const { reward, value, normalizedValue } = best;
  return [
    `Under ${reward} at γ = ${gamma}, exactly: P(optimal) counts ties for all that tie; ` +
      `E V*(${state}) = ${value}, and (1 − γ) E V*(${state}) = ${normalizedValue}.`,
  ];
}

function averageNotes(state: string, best: BestReport | undefined): string[] {
  if (best === undefined || best.averageReward === null) return [];
  return [
    `Under ${best.reward} by average reward, exactly (Def. 6.11); ` +
      `the greatest average reward is ${best.averageReward} in the mean: POWER(${state}, 1).`,
  ];
}

function vectorText(entries: StateTexts): string {
  return Object.entries(entries)
    .map(([state, value]) => `${state}: ${value}`)
    .join('; ');
}

function proofText(dominated: boolean, mixture: Readonly<Record<number, string>> | null): string {
  if (!dominated) return 'yes';
  const parts = Object.entries(mixture ?? {}).map(([number, weight]) => `${weight} of #${number}`);
  return `no: ${parts.join(' + ')}`;
}
