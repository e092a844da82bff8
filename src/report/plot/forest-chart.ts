import { usageError } from '../../errors.js';
import type { ResultDocument } from '../document.js';
import { formatEstimate } from '../format.js';
import { CHART_WIDTH, type Chart, chart, POWER_TITLE } from './chart.js';
import { chartLabel } from './chart-label.js';
import { INK, LINES, SERIES } from './palette.js';
import { shortLabels } from './short-labels.js';
import { shownName, subtitle } from './subtitle.js';

/** A taller picture is not read as a picture. */
const MOST_STATES = 200;

const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'stroke', 'arrow'];

/**
 * The states under each other, POWER with its confidence interval to the right; a mark of its own for each discount. With a
 * single discount the numbers stand beside.
 * @throws {UserError} usage: too many states or discounts
 */
export function forestChart(document: ResultDocument): Chart {
  const rows = document.power ?? [];
  const states = [...new Set(rows.map(({ state }) => chartLabel(state)))];
  const gammas = [...new Set(rows.map(({ gamma }) => gamma))];
  checkSize(states.length, gammas.length);
  const values = rows.map(({ state, gamma, power, low, high, exact }) => ({
    state: chartLabel(state),
    gamma,
    power,
    low: low ?? power,
    high: high ?? power,
    text: formatEstimate({ value: power, low, high, exact }),
  }));
  const several = gammas.length > 1;
  const offset = several ? { yOffset: { field: 'gamma', type: 'nominal', sort: gammas } } : {};
  const scale = { domain: gammas, range: SERIES.slice(0, gammas.length) };
  const color = several
    ? { color: { field: 'gamma', type: 'nominal', title: 'discount γ', scale } }
    : { color: { value: SERIES[0] } };
  const shape = several
    ? {
        shape: {
          field: 'gamma',
          type: 'nominal',
          title: 'discount γ',
          scale: { domain: gammas, range: SHAPES },
        },
      }
    : {};
  const x = {
    type: 'quantitative',
    title: POWER_TITLE,
    scale: { zero: false, nice: true, padding: 8 },
    axis: { tickCount: 7 },
  };
  return chart({
    title: `POWER of ${shownName(document.model.name)}${several ? '' : ` at γ = ${gammas[0]}`}`,
    subtitle: subtitle(document),
    description: `POWER of ${states.length} states of ${document.model.name} with confidence intervals.`,
    width: CHART_WIDTH,
    height: { step: several ? 9 : 22 },
    data: { values },
    encoding: {
      y: {
        field: 'state',
        type: 'nominal',
        sort: states,
        title: document.sweep === undefined ? 'state' : 'cell',
        axis: { grid: true, gridColor: LINES, ticks: false, domain: false, ...shortLabels(states) },
        ...(several ? { scale: { paddingInner: 0.35 } } : {}),
      },
      ...offset,
      ...color,
    },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: several ? 1.5 : 2.5 },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, size: several ? 36 : 48, opacity: 1 },
        encoding: { x: { field: 'power', ...x }, ...shape },
      },
      ...(several
        ? []
        : [
            {
              mark: { type: 'text', align: 'left', baseline: 'middle', color: INK },
              encoding: { x: { value: CHART_WIDTH + 12 }, text: { field: 'text' }, color: { value: INK } },
            },
          ]),
    ],
  });
}

function checkSize(states: number, gammas: number): void {
  if (states <= MOST_STATES && gammas <= SERIES.length) return;
  throw usageError(
    states > MOST_STATES
      ? `${states} states do not fit into one picture`
      : `${gammas} discounts cannot be told apart in one picture`,
    {
      wanted: `at most ${MOST_STATES} states and ${SERIES.length} discounts`,
      hint: 'choose states with --states a,b,c and discounts with --gamma, or draw --kind power',
    },
  );
}
