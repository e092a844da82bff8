import { orbitAnswers } from '../blocks/orbit.js';
import type { OrbitRow, ResultDocument } from '../document.js';
import { formatCount } from '../format.js';
import { shorten } from '../layout.js';
import { CHART_WIDTH, type Chart, chart } from './chart.js';
import { SERIES } from './palette.js';
import { shownName } from './subtitle.js';

/** Three names and the words between them stand in a line of the legend. */
const LONGEST_NAME = 16;
const LEGEND_WIDTH = 560;

/** For which share of the permutations of a reward each side wins: a bar for each discount, the counts in it. */
export function orbitChart(document: ResultDocument): Chart {
  const rows = document.orbit ?? [];
  const { greater, equal, less } = orbitAnswers(withShortNames(rows[0]!));
  const answers = [greater, equal, less, 'undecided'];
  const values = rows.flatMap((row) => {
    const counts = [row.greater, row.equal, row.less, row.undecided];
    let before = 0;
    return counts.map((count, order) => {
      const from = before / row.elements;
      before += count;
      const share = count / row.elements;
      return {
        gamma: row.gamma,
        outcome: answers[order]!,
        from,
        to: before / row.elements,
        middle: from + share / 2,
        label: share > 0.12 ? formatCount(count) : '',
      };
    });
  });
  const shown = answers.filter((answer) =>
    values.some(({ outcome, from, to }) => outcome === answer && to > from),
  );
  const complete = rows.every((row) => row.complete);
  const elements = formatCount(rows[0]!.elements);
  return chart({
    title: `Permutations of a reward on ${shownName(document.model.name)}`,
    subtitle: [
      complete
        ? `all ${elements} distinct permutations, counted`
        : `${elements} permutations drawn of ${formatCount(BigInt(rows[0]!.size))}, seed ${document.parameters.seed}`,
    ],
    description: `Shares of the permutations of one reward function for which each side wins on ${document.model.name}.`,
    width: CHART_WIDTH,
    height: { step: 44 },
    data: { values },
    encoding: {
      y: {
        field: 'gamma',
        type: 'nominal',
        sort: rows.map(({ gamma }) => gamma),
        title: 'discount γ',
        axis: { grid: false },
      },
    },
    layer: [
      {
        mark: { type: 'bar', height: 26 },
        encoding: {
          x: {
            field: 'from',
            type: 'quantitative',
            title: 'share of permutations',
            scale: { domain: [0, 1] },
            axis: { format: '%' },
          },
          x2: { field: 'to' },
          color: {
            field: 'outcome',
            type: 'nominal',
            title: null,
            scale: { domain: shown, range: shown.map((answer) => OUTCOMES[answers.indexOf(answer)]) },
            legend: { orient: 'bottom', columns: 1, labelLimit: LEGEND_WIDTH },
          },
        },
      },
      {
        mark: { type: 'text', color: '#ffffff', fontWeight: 'bold' },
        encoding: { x: { field: 'middle', type: 'quantitative' }, text: { field: 'label' } },
      },
    ],
  });
}

/** Names that leave room for the words between them; of several actions, each. */
function withShortNames(row: OrbitRow): OrbitRow {
  const short = (name: string): string => shorten(name, LONGEST_NAME);
  const each = (names: string): string => names.split(', ').map(short).join(', ');
  const { state, action, other } = row;
  return { ...row, state: short(state), action: action === null ? null : each(action), other: each(other) };
}

const OUTCOMES = [SERIES[0], SERIES[6], SERIES[1], SERIES[7]];
