import { FONTS, INK, LINES, MUTED, PAGE } from './palette.js';
import { LABEL_LIMIT } from './short-labels.js';

/** A Vega-Lite specification with its data: plain JSON that can be restyled by hand. */
export type Chart = Readonly<Record<string, unknown>>;

/** Size of the plotting area of a chart with two axes, in pixels. */
export const CHART_WIDTH = 460;
export const CHART_HEIGHT = 300;

interface ChartParts {
  readonly title: string;
  readonly subtitle: readonly string[];
  /** what the picture shows, for readers who cannot see it */
  readonly description: string;
  readonly [key: string]: unknown;
}

/** A chart in the house style: title inside, thin grid, no frame, all texts in one font. */
export function chart({ title, subtitle, description, ...parts }: ChartParts): Chart {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    title: { text: title, subtitle },
    background: PAGE,
    padding: 16,
    ...parts,
    config: {
      font: FONTS,
      title: {
        anchor: 'start',
        frame: 'group',
        color: INK,
        fontSize: 15,
        fontWeight: 'bold',
        subtitleColor: MUTED,
        subtitleFontSize: 11,
        subtitlePadding: 5,
        offset: 14,
      },
      view: { stroke: null },
      axis: {
        labelColor: INK,
        titleColor: INK,
        labelFontSize: 11,
        titleFontSize: 12,
        titleFontWeight: 'normal',
        titlePadding: 10,
        maxExtent: LABEL_LIMIT + 20,
        labelLimit: LABEL_LIMIT,
        titleLimit: 0,
        labelFlush: false,
        gridColor: LINES,
        domainColor: MUTED,
        tickColor: MUTED,
      },
      legend: {
        labelColor: INK,
        titleColor: INK,
        labelFontSize: 11,
        titleFontSize: 12,
        titleFontWeight: 'normal',
        labelLimit: LABEL_LIMIT,
        titleLimit: 0,
        gradientStrokeColor: null,
      },
      text: { color: INK, fontSize: 11 },
    },
  };
}

/** The axis of discounts. */
export const GAMMA_AXIS = {
  field: 'gamma',
  type: 'quantitative',
  title: 'discount γ per step',
  scale: { domain: [0, 1] },
} as const;

/** What the unit of POWER is. */
export const POWER_TITLE = 'POWER (units of reward per step)';

/** The number that a discount's text means: `0.9`, `2/3`. */
export function gammaNumber(text: string): number {
  const [numerator, denominator = '1'] = text.split('/');
  return Number(numerator) / Number(denominator);
}
