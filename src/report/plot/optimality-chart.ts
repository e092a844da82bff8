import { usageError } from '../../errors.js';
import type { ResultDocument } from '../document.js';
import { CHART_HEIGHT, CHART_WIDTH, type Chart, chart, GAMMA_AXIS, gammaNumber } from './chart.js';
import { choiceSeries } from './optimality-series.js';
import { PAGE, SERIES } from './palette.js';
import { shortLabels } from './short-labels.js';
import { shownName, subtitle } from './subtitle.js';

/**
 * Which action of one state is optimal, as shares of the reward functions stacked over gamma; ties are shared equally among
 * the tied actions, so that the shares sum to 1. A bar, where there is a single discount.
 * @throws {UserError} usage: more actions than colours
 */
export function optimalityChart(document: ResultDocument, state: string): Chart {
  const series = choiceSeries(document.optimality ?? [], state);
  if (series.length > SERIES.length) {
    throw usageError(`${series.length} actions cannot be told apart in one picture`, {
      wanted: `a state with at most ${SERIES.length} distinct actions`,
      hint: 'another state can be chosen with --state',
    });
  }
  const labels = series.map(({ label }) => label);
  const values = series.flatMap(({ label, rows }, order) =>
    rows.map(({ gamma, fractional }) => ({
      action: label,
      order,
      gamma: gammaNumber(gamma),
      text: `γ = ${gamma}`,
      share: fractional,
    })),
  );
  const single = new Set(values.map(({ gamma }) => gamma)).size === 1;
  return chart({
    title: `Optimal actions in ${shownName(state)}`,
    subtitle: subtitle(document, 'reward functions with several optimal actions are shared among them'),
    description: `Share of reward functions for which each action of ${state} is optimal, stacked, against the discount gamma.`,
    width: single ? 120 : CHART_WIDTH,
    height: CHART_HEIGHT,
    data: { values },
    mark: single
      ? { type: 'bar', stroke: PAGE, strokeWidth: 1 }
      : { type: 'area', stroke: PAGE, strokeWidth: 1, line: false },
    encoding: {
      x: single
        ? { field: 'text', type: 'nominal', title: 'discount per step', axis: { labelAngle: 0 } }
        : GAMMA_AXIS,
      y: {
        field: 'share',
        type: 'quantitative',
        stack: 'zero',
        title: 'share of reward functions',
        scale: { domain: [0, 1] },
        axis: { format: '%' },
      },
      color: {
        field: 'action',
        type: 'nominal',
        title: 'optimal action',
        scale: { domain: labels, range: SERIES.slice(0, labels.length) },
        sort: labels,
        legend: { symbolType: 'square', ...shortLabels(labels) },
      },
      order: { field: 'order', type: 'quantitative', sort: 'descending' },
    },
  });
}
