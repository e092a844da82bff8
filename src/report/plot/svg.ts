import type { Chart } from './chart.js';
import { finishedSvg } from './finished-svg.js';
import { DRAWN_FONT, FONTS } from './palette.js';
import { type TextWidth, textWidth } from './text-width.js';

/**
 * A chart as SVG, the same bytes every time. Widths of texts are estimated, not measured, so that they do not depend on the
 * fonts of the machine.
 *
 * @param id a word that no other picture of the same page has
 */
export async function chartSvg(chart: Chart, id: string): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { textMetrics } = vega as unknown as { textMetrics: { width: TextWidth } };
  textMetrics.width = textWidth;
  vega.resetSVGDefIds();
  const silent = {
    level: () => silent,
    error: () => silent,
    warn: () => silent,
    info: () => silent,
    debug: () => silent,
  };
  const { spec } = compile(chart as never, { logger: silent as never });
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.None });
  const svg = await view.toSVG();
  view.finalize();
  return finishedSvg(svg, id, String(chart.description));
}

/** A graph in the DOT language as SVG, laid out by the engine that it names. */
export async function graphSvg(dot: string, id: string, description: string): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  const svg = graphviz
    .layout(dot, 'svg')
    .replace(/<[^>]*>/g, (tag) => tag.replace(`font-family="${DRAWN_FONT}"`, `font-family="${FONTS}"`));
  return finishedSvg(svg, id, description);
}
