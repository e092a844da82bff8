// What is drawn is read back from the SVG: texts, and the size of the picture.
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../src/mdp/build.js';
import type { ResultDocument } from '../../../src/report/document.js';
import type { PictureKind } from '../../../src/report/plot/kinds.js';
import { pictureOf, pictureSvg } from '../../../src/report/plot/picture.js';
import { textWidth } from '../../../src/report/plot/text-width.js';
import { optimalityRow, orbitRow, powerRow, resultWith } from './pictures.js';

const STEM = 'a corridor with a very long name that a program has made: number ';
const NAMES = [`${STEM}1`, `${STEM}2`, 'short', `"quoted\\" ${STEM}3`];

function svgOf(kind: PictureKind, document: ResultDocument): Promise<string> {
  return pictureSvg(pictureOf(kind, { document, mdp: null, state: 'hub' }), 'p');
}

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    text!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  );
}

const document = resultWith({
  power: ['0.1', '0.9'].flatMap((gamma) => NAMES.map((name, i) => powerRow(name, gamma, 0.5 + i / 10))),
  optimality: NAMES.map((name) => optimalityRow('hub', name, '0.9', 0.25)),
});

describe('names that are too long for a picture', () => {
  it.each(['forest', 'power', 'optimality'] as const)(
    'are cut in the middle in the kind %s',
    async (kind) => {
      const texts = textsOf(await svgOf(kind, document));
      expect(texts).toContain('short');
      for (const number of [1, 2, 3]) {
        const label = texts.find((text) => text.endsWith(`number ${number}`));
        expect(label).toContain('…');
        expect(textWidth({}, label)).toBeLessThan(240);
      }
      const whole = JSON.stringify(pictureOf(kind, { document, mdp: null, state: 'hub' }));
      for (const name of NAMES) expect(whole).toContain(JSON.stringify(name));
    },
  );

  it('do not touch the title of their axis', async () => {
    // Both are placed from the same origin, the end of the labels at the axis; the title is turned, so that x is its baseline.
    const svg = await svgOf('forest', document);
    const title = /translate\((-?[\d.]+),[^"]*rotate\(-90\)[^>]*>state</.exec(svg)!;
    const widest = Math.max(
      ...textsOf(svg)
        .filter((text) => text.includes('…'))
        .map((text) => textWidth({}, text)),
    );
    expect(Number(title[1])).toBeLessThan(-widest);
  });

  it('take no more room than is drawn of them', async () => {
    const longer = resultWith({
      power: ['0.1', '0.9'].flatMap((gamma) =>
        NAMES.map((name, i) => powerRow(name.repeat(3), gamma, 0.5 + i / 10)),
      ),
    });
    const width = (svg: string): number => Number(/width="(\d+)/.exec(svg)![1]);
    const widths = [width(await svgOf('forest', document)), width(await svgOf('forest', longer))];
    expect(Math.abs(widths[0]! - widths[1]!)).toBeLessThan(24);
    expect(textWidth({ limit: 100 }, STEM)).toBe(100);
    expect(textWidth({ limit: 100 }, 'short')).toBe(textWidth({}, 'short'));
  });

  it('leave room for both sides of an orbit', async () => {
    const row = orbitRow(`${STEM}4`, `${STEM}5`, `${STEM}6`);
    const texts = textsOf(await svgOf('orbit', resultWith({ orbit: [row] })));
    expect(texts.find((text) => /^a corr.*5 is optimal in .*4, .*6 is not$/.test(text))).toBeDefined();
    expect(texts.find((text) => /^a corr.*6 is optimal in .*4, .*5 is not$/.test(text))).toBeDefined();
  });
});

describe('a graph of many arrows', () => {
  it('is drawn before the test times out', async () => {
    // 60 states, an arrow from each to six others far and near: in ranks, this takes over a minute.
    const states = Array.from({ length: 60 }, (_, s) => `s${s}`);
    const successor = (s: number, step: number): string => states[(s * s + step * step * 7 + step * s) % 60]!;
    const mdp = buildModel({
      name: 'many',
      states,
      transitions: Object.fromEntries(
        states.map((name, s) => [
          name,
          Object.fromEntries([1, 2, 3, 4, 5, 6].map((step) => [`a${step}`, successor(s, step)])),
        ]),
      ),
      terminal: [],
    });
    const result = resultWith({ power: states.map((name) => powerRow(name, '0.9', 0.5)) });
    const picture = pictureOf('graph', { document: result, mdp, state: 's0' });
    if (picture.kind !== 'graph') throw new Error('a graph is expected');
    expect(picture.dot).toContain('layout=neato');
    const texts = textsOf(await pictureSvg(picture, 'p'));
    for (const name of states) expect(texts).toContain(name);
  });
});
