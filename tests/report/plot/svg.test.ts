// Oracles: resvg, a strict XML reader of its own; the JSON Schema that Vega-Lite publishes; Graphviz, which reads the DOT.
import { readFileSync } from 'node:fs';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { Resvg } from '@resvg/resvg-js';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { harmless } from '../../../src/errors.js';
import { visitReport } from '../../../src/exact/visits.js';
import { buildModel } from '../../../src/mdp/build.js';
import { readGrid } from '../../../src/mdp/grid.js';
import { parseDiscount } from '../../../src/number/discount.js';
import { fromRational } from '../../../src/number/ratio.js';
import type { ResultDocument } from '../../../src/report/document.js';
import { graphDot } from '../../../src/report/plot/graph-dot.js';
import type { PictureKind } from '../../../src/report/plot/kinds.js';
import { LINES } from '../../../src/report/plot/palette.js';
import { pictureOf, pictureSvg } from '../../../src/report/plot/picture.js';
import { HOSTILE, optimalityRow, orbitRow, powerRow, resultWith, starOf } from './pictures.js';

const star = starOf(HOSTILE);
const gammas = ['0.1', '2/3'];
const hostile: ResultDocument = resultWith({
  power: gammas.flatMap((gamma) => star.states.map((state, s) => powerRow(state, gamma, 0.5 + s / 100))),
  optimality: gammas.flatMap((gamma) =>
    HOSTILE.slice(0, 8).map((name, i) => optimalityRow('hub', name, gamma, i === 0 ? 0.3 : 0.1)),
  ),
  orbit: [orbitRow(HOSTILE[1]!, HOSTILE[2]!, HOSTILE[3]!)],
});
const room = buildModel(readGrid('S.#\n..T\n'));
const roomResult = resultWith({
  power: room.states.map((state, s) => powerRow(state, '0.9', 0.5 + s / 100)),
  optimality: room.states.flatMap((state, s) =>
    room.actions
      .slice(room.choicePtr[s], room.choicePtr[s + 1])
      .map((action) => optimalityRow(state, action, '0.9', 0.4)),
  ),
});

const sources = (kind: PictureKind) =>
  kind === 'grid'
    ? { document: roomResult, mdp: room, state: 'hub' }
    : { document: hostile, mdp: star, state: 'hub' };
const kinds: readonly PictureKind[] = ['power', 'optimality', 'forest', 'grid', 'graph', 'orbit'];
const draw = (kind: PictureKind, id = 'mdpower'): Promise<string> =>
  pictureSvg(pictureOf(kind, sources(kind)), id);

describe.each(kinds)('an SVG of the kind %s', (kind) => {
  it('is well-formed, and draws something, with names that try to be markup', async () => {
    const svg = await draw(kind);
    const drawn = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
    expect(drawn.width).toBeGreaterThan(100);
    expect(drawn.height).toBeGreaterThan(100);
    // Texts and labels hold what they like; tags are ours.
    for (const [tag] of svg.replace(/ (xmlns(:xlink)?|aria-label)="[^"]*"/g, '').matchAll(/<[^>]*>/g)) {
      expect(tag).not.toMatch(/^<(script|image|foreignObject|a)\b|\son\w+=|href=|="\s*\w+:\/\//);
    }
  });

  it('is the same again, after other pictures too', async () => {
    const first = await draw(kind);
    for (const other of kinds) await draw(other);
    expect(await draw(kind)).toBe(first);
  });

  it('has ids that another picture on the page does not have', async () => {
    const ids = (svg: string): string[] => [...svg.matchAll(/<[^>]* id="([^"]*)"/g)].map(([, id]) => id!);
    const [a, b] = [ids(await draw(kind, 'a')), ids(await draw(kind, 'b'))];
    expect(a.filter((id) => b.includes(id))).toEqual([]);
    const svg = await draw(kind, 'a');
    for (const [, id] of svg.matchAll(/ (?:clip-path|fill|stroke)="url\(#([^)"]*)\)"/g))
      expect(ids(svg)).toContain(id);
  });
});

describe('a Vega-Lite specification', () => {
  const schema = JSON.parse(
    readFileSync('node_modules/vega-lite/build/vega-lite-schema.json', 'utf8'),
  ) as object;
  const ajv = new Ajv({ strict: false, allErrors: false, logger: false, validateFormats: false });
  const validate = ajv.compile(schema);
  it.each(kinds.filter((kind) => kind !== 'graph'))('of the kind %s fits the published schema', (kind) => {
    const picture = pictureOf(kind, sources(kind));
    if (picture.kind !== 'chart') throw new Error('a chart is expected');
    const spec: unknown = JSON.parse(JSON.stringify(picture.chart));
    expect(validate(spec), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
  });
});

describe('a graph in DOT', () => {
  it('has the states and actions of the model, each with its whole name', async () => {
    const picture = pictureOf('graph', sources('graph'));
    if (picture.kind !== 'graph') throw new Error('a graph is expected');
    const graphviz = await Graphviz.load();
    const read = JSON.parse(graphviz.layout(picture.dot, 'dot_json')) as {
      objects: { name: string }[];
      edges: unknown[];
    };
    const states = read.objects.filter(({ name }) => /^s\d+$/.test(name));
    expect(states).toHaveLength(star.stateCount);
    expect(read.edges).toHaveLength(star.choiceCount);
    const svg = await draw('graph');
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
      text!
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#45;', '-')
        .replaceAll('&#160;', ' ')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&')
        .trim(),
    );
    for (const name of HOSTILE.filter((name) => [...name].length <= 24)) {
      expect(texts.map((text) => text.replace(/\s+/g, ' '))).toContain(harmless(name).replace(/\s+/g, ' '));
    }
  });
});

describe('the graph of visits', () => {
  // a leads to x or y, b only to a copy of x: what is drawn is known from the model alone.
  const model = buildModel({
    name: 'fork',
    states: ['s', 'x', 'y', 'far'],
    transitions: {
      s: { a: 'x', b: 'y' },
      x: { stay: 'x', go: 'y' },
      y: { stay: 'y', back: 'x' },
      far: { on: 's' },
    },
    terminal: [],
  });
  const gamma = fromRational(parseDiscount('1/2').exact);
  const document = { ...resultWith({}), visits: [visitReport(model, 0, gamma)] };
  const dot = graphDot(document, model);
  const line = (from: string, to: string): string =>
    dot.split('\n').find((text) => text.startsWith(`  ${from} -> ${to} `))!;

  it('has dotted arrows where only dominated policies go, pale ones where none goes', () => {
    expect(line('s0', 's1')).not.toContain('dotted');
    expect(line('s1', 's1')).not.toContain('dotted');
    // to alternate between x and y is never the only best
    expect(line('s1', 's2')).toContain('dotted');
    expect(line('s2', 's1')).toContain('dotted');
    expect(line('s3', 's0')).toContain(LINES);
  });
});
