import type { ResultDocument } from '../document.js';
import {
  CHART_HEIGHT,
  CHART_WIDTH,
  type Chart,
  chart,
  GAMMA_AXIS,
  gammaNumber,
  POWER_TITLE,
} from './chart.js';
import { checkSeriesCount, powerSeries, seriesScales } from './series.js';
import { shortLabels } from './short-labels.js';
import { shownName, subtitle } from './subtitle.js';

/**
 * POWER against gamma, a curve with its confidence band for each state. States with the same digits share a curve.
 * @throws {UserError} usage: too many curves
 */
export function powerChart(document: ResultDocument): Chart {
  const series = powerSeries(document.power ?? []);
  checkSeriesCount(series.length);
  const labels = series.map(({ label }) => label);
  const { colors, dashes } = seriesScales(series.length);
  const values = series.flatMap(({ label, rows }) =>
    rows
      .map(({ gamma, power, low, high }) => ({
        state: label,
        gamma: gammaNumber(gamma),
        power,
        low: low ?? power,
        high: high ?? power,
      }))
      .sort((a, b) => a.gamma - b.gamma),
  );
  const color = {
    field: 'state',
    type: 'nominal',
    title: document.sweep === undefined ? 'state' : 'cell',
    scale: { domain: labels, range: colors },
    legend: {
      symbolType: 'stroke',
      symbolSize: 300,
      symbolOpacity: 1,
      symbolStrokeWidth: 2.5,
      ...shortLabels(labels),
    },
  };
  const solid = series.length <= colors.length && dashes.every(({ length }) => length === 0);
  return chart({
    title: `POWER of ${shownName(document.model.name)}`,
    subtitle: subtitle(document),
    description: `POWER against the discount gamma for ${labels.length} states or groups of states of ${document.model.name}.`,
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    data: { values },
    encoding: { x: GAMMA_AXIS, color },
    layer: [
      {
        mark: { type: 'area', opacity: 0.22 },
        encoding: {
          y: { field: 'low', type: 'quantitative', title: POWER_TITLE, scale: { zero: false } },
          y2: { field: 'high' },
        },
      },
      {
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          y: { field: 'power', type: 'quantitative', title: POWER_TITLE },
          ...(solid
            ? {}
            : { strokeDash: { field: 'state', type: 'nominal', scale: { domain: labels, range: dashes } } }),
        },
      },
      {
        mark: { type: 'point', filled: true, size: 22, opacity: 1 },
        encoding: {
          y: { field: 'power', type: 'quantitative', title: POWER_TITLE },
        },
      },
    ],
  });
}
