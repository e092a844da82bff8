import { usageError } from '../../errors.js';
import type { Mdp } from '../../mdp/model.js';
import type { ResultDocument } from '../document.js';
import type { Chart } from './chart.js';
import { forestChart } from './forest-chart.js';
import { graphDot } from './graph-dot.js';
import { gridChart } from './grid-chart.js';
import { gridMap } from './grid-map.js';
import type { PictureKind } from './kinds.js';
import { optimalityChart } from './optimality-chart.js';
import { orbitChart } from './orbit-chart.js';
import { powerChart } from './power-chart.js';
import { chartSvg, graphSvg } from './svg.js';

/** What a picture is made of. */
export interface PictureSource {
  readonly document: ResultDocument;
  /** the model, where it is at hand: grid and graph need it */
  readonly mdp: Mdp | null;
  /** whose actions the kind `optimality` shows */
  readonly state: string;
}

export type Picture =
  | { readonly kind: 'chart'; readonly chart: Chart }
  | { readonly kind: 'graph'; readonly dot: string; readonly description: string };

/** A graph of more states is not drawn unless it is asked for. */
const READABLE_STATES = 40;

/**
 * The kind that shows a result, or a model that is yet to be solved, best: a gridworld as its map, a small model as a graph;
 * otherwise curves over several discounts, or states under each other at one.
 */
export function bestKind(
  document: ResultDocument | null,
  mdp: Mdp | null,
  canDrawGraph: boolean,
): PictureKind {
  if (document?.orbit !== undefined) return 'orbit';
  if (document?.visits !== undefined) return 'graph';
  if (document !== null && document.power === undefined && document.optimality !== undefined)
    return 'optimality';
  if (mdp !== null && gridMap(mdp) !== null) return 'grid';
  if (mdp !== null && canDrawGraph && mdp.stateCount <= READABLE_STATES) return 'graph';
  return new Set(document?.power?.map(({ gamma }) => gamma)).size > 1 ? 'power' : 'forest';
}

/**
 * The picture of a result.
 * @throws {UserError} usage: the result does not have what this kind shows, or too much of it
 */
export function pictureOf(kind: PictureKind, source: PictureSource): Picture {
  checkRows(kind, source);
  const { document, mdp, state } = source;
  switch (kind) {
    case 'power':
      return { kind: 'chart', chart: powerChart(document) };
    case 'forest':
      return { kind: 'chart', chart: forestChart(document) };
    case 'optimality':
      return { kind: 'chart', chart: optimalityChart(document, state) };
    case 'orbit':
      return { kind: 'chart', chart: orbitChart(document) };
    case 'grid':
      return { kind: 'chart', chart: gridChart(document, modelFor(kind, mdp)) };
    case 'graph':
      return {
        kind: 'graph',
        dot: graphDot(document, modelFor(kind, mdp)),
        description:
          document.power === undefined
            ? `Graph of ${document.model.name}: what policies from a state do.`
            : `Graph of ${document.model.name} with states coloured by POWER.`,
      };
  }
}

/** The picture as SVG; `id` sets it apart from others on a page. */
export function pictureSvg(picture: Picture, id: string): Promise<string> {
  return picture.kind === 'chart'
    ? chartSvg(picture.chart, id)
    : graphSvg(picture.dot, id, picture.description);
}

/** @throws {UserError} usage, if there is nothing to draw */
export function checkRows(kind: PictureKind, { document, state }: PictureSource): void {
  const rows =
    kind === 'orbit'
      ? document.orbit
      : kind === 'graph' && document.visits !== undefined && document.power === undefined
        ? document.visits
        : kind === 'optimality'
          ? document.optimality?.filter((row) => row.state === state)
          : document.power;
  if (rows !== undefined && rows.length > 0) return;
  throw usageError(`the result has nothing for --kind ${kind}`, {
    hint:
      kind === 'orbit'
        ? 'draw it from a result of mdpower orbit'
        : kind === 'optimality'
          ? 'draw it from a result of mdpower optimality or analyze, or from the model itself; --state chooses the state'
          : 'draw it from a result of mdpower power or analyze, or from the model itself',
  });
}

function modelFor(kind: PictureKind, mdp: Mdp | null): Mdp {
  if (mdp !== null) return mdp;
  throw usageError(`--kind ${kind} needs the model`, {
    hint: 'name its file with --model, or draw from the model itself',
  });
}
