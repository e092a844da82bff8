import type { StateTexts, VisitReport } from '../../exact/visits.js';
import type { Block } from '../block.js';
import { formatQuantity } from '../format.js';
import { nameList } from '../name-list.js';
import type { Table } from '../table.js';

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

function visitTable({ state, gamma, visits }: VisitReport): Table {
  const kept = visits.filter(({ dominated }) => !dominated).length;
  return {
    title: `Visit distributions of ${state}`,
    columns: [
      { header: '#', align: 'right' },
      { header: 'first action', align: 'left' },
      { header: 'expected discounted visits', align: 'left' },
      { header: 'non-dominated', align: 'left' },
    ],
    rows: visits.map(({ number, actions, functions, dominated, mixture }) => [
      number,
      actions.join(', '),
      vectorText(functions),
      proofText(dominated, mixture),
    ]),
    notes: [
      `|F| = ${visits.length}, |F_nd| = ${kept} (Turner et al. 2021, Def. 3.3 and 3.6), decided exactly at γ = ${gamma}. ` +
        'A dominated one is the mixture shown; each non-dominated one is the only best for a reward that the JSON form gives.',
    ],
  };
}

function recurrentTable({ state, recurrent }: VisitReport): Table {
  const kept = recurrent.filter(({ dominated }) => !dominated).length;
  return {
    title: `Recurrent state distributions of ${state}`,
    columns: [
      { header: '#', align: 'right' },
      { header: 'first action', align: 'left' },
      { header: 'distribution', align: 'left' },
      { header: 'non-dominated', align: 'left' },
    ],
    rows: recurrent.map(({ number, actions, distribution, dominated, mixture }) => [
      number,
      actions.join(', '),
      vectorText(distribution),
      proofText(dominated, mixture),
    ]),
    notes: [
      `${formatQuantity(recurrent.length, 'recurrent state distribution')}, ${kept} non-dominated (Def. 6.10).`,
    ],
  };
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
