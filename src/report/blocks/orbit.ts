import type { Block } from '../block.js';
import type { OrbitRow, Parameters } from '../document.js';
import { formatCount, formatNumber } from '../format.js';
import type { Cell, Table } from '../table.js';
import { confidenceText } from '../tables/power.js';

type Outcome = 'greater' | 'equal' | 'less';

/** The counts of an orbit, one table for each comparison. */
export function orbitBlocks(rows: readonly OrbitRow[], parameters: Parameters): Block[] {
  return rows.map((row) => ({ kind: 'table', table: orbitTable(row, parameters) }));
}

function orbitTable(row: OrbitRow, parameters: Parameters): Table {
  const { elements, complete, undecided } = row;
  const outcomes: readonly (readonly [Outcome, number, number, number])[] = [
    ['greater', row.greater, row.greaterLow, row.greaterHigh],
    ['equal', row.equal, row.equalLow, row.equalHigh],
    ['less', row.less, row.lessLow, row.lessHigh],
  ];
  const answers = orbitAnswers(row);
  const rows: Cell[][] = outcomes.map(([outcome, count, low, high]) => [
    answers[outcome],
    count,
    { value: count / elements, low, high },
  ]);
  if (undecided > 0) rows.push(['undecided', undecided, formatNumber(undecided / elements)]);
  const size = formatCount(BigInt(row.size));
  return {
    title: `${row.gamma === 'average' ? 'average reward' : `γ = ${row.gamma}`}`,
    columns: [
      { header: 'for how many permutations of the reward', align: 'left' },
      { header: 'count', align: 'right' },
      { header: 'share', align: 'right' },
    ],
    rows,
    notes: [
      `${ratioText(row)}${
        complete
          ? `All ${size} distinct permutations were solved.`
          : `${formatCount(elements)} of ${size} distinct permutations were drawn; ± is ` +
            `${confidenceText(parameters.confidence, false)} (Clopper-Pearson).`
      }`,
    ],
  };
}

/** What the three outcomes mean in words. */
export function orbitAnswers({
  kind,
  state,
  action: first,
  other: second,
}: OrbitRow): Record<Outcome, string> {
  const action = first === null || kind === 'power' ? first : oneOf(first);
  const other = kind === 'power' ? second : oneOf(second);
  if (kind === 'optimality') {
    return {
      greater: `${action} is optimal in ${state}, ${other} is not`,
      equal: 'both or neither',
      less: `${other} is optimal in ${state}, ${action} is not`,
    };
  }
  const name = kind === 'power' ? (x: string) => `POWER(${x})` : (x: string) => `Q(${state}, ${x})`;
  const [a, b] = kind === 'power' ? [name(state), name(other)] : [name(action ?? ''), name(other)];
  return { greater: `${a} > ${b}`, equal: `${a} = ${b}`, less: `${a} < ${b}` };
}

/** Several actions are one side together. */
function oneOf(actions: string): string {
  return actions.includes(', ') ? `one of ${actions}` : actions;
}

/** The odds, where there are two sides. */
function ratioText({ greater, less }: OrbitRow): string {
  if (greater === 0 || less === 0) return '';
  const [sides, odds] =
    greater >= less
      ? ['The first outweighs the last', greater / less]
      : ['The last outweighs the first', less / greater];
  return `${sides} ${odds.toFixed(2)} : 1. `;
}
