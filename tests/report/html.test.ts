// The page is taken apart by a strict reader of its own: every tag and attribute must be one of ours, whatever the names.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/fake-io.js';
import { sized } from '../full-size.js';

const TAGS = new Set(
  (
    'html head meta title style body main h1 h2 dl dt dd ul li div table thead tbody tr th td p figure figcaption ' +
    'svg g path rect text tspan line defs clipPath linearGradient stop'
  ).split(' '),
);
const ATTRIBUTES =
  /^(lang|charset|name|content|http-equiv|class|scope|xmlns(:xlink)?|version|width|height|viewBox|role|aria-[a-z]+|fill(-opacity)?|stroke(-[a-z]+)?|transform|d|x|y|dx|dy|x1|x2|y1|y2|id|clip-path|font-(family|size|weight|style)|text-anchor|opacity|pointer-events|gradientUnits|offset|stop-color|display)$/;

const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** The texts between the tags; every tag and attribute is looked at. */
function textsOf(page: string): string[] {
  const body = page.replace(/^<!DOCTYPE html>\n/, '').replace(/<style>[^<]*<\/style>/g, '');
  const texts: string[] = [];
  let last = 0;
  for (const match of body.matchAll(/<(\/?)([A-Za-z0-9]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const between = body.slice(last, match.index);
    expect(between).not.toMatch(/[<>]/);
    texts.push(decoded(between));
    expect(TAGS, match[0]).toContain(match[2]);
    for (const [, name, value] of match[3]!.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      expect(name, match[0].slice(0, 200)).toMatch(ATTRIBUTES);
      if (!name!.startsWith('xmlns') && !name!.startsWith('aria-')) expect(value).not.toMatch(/^\s*\w+:\/\//);
    }
    last = match.index + match[0].length;
  }
  expect(body.slice(last)).toBe('\n');
  return texts;
}

async function pageOf(model: string): Promise<string> {
  const { code, stdout } = await run(['analyze', model, '--samples', '50', '--format', 'html']);
  expect(code).toBe(0);
  return stdout;
}

const hostile = readdirSync('fixtures/bad/either')
  .map((name) => `fixtures/bad/either/${name}`)
  .filter((path) => !/e05|e20|e21/.test(path))
  .filter((_, i) => i % sized(3, 1) === 0);

describe('the HTML report', () => {
  it.each([...hostile, 'fixtures/mdp/fig1.json', 'fixtures/mdp/gridworld-5x5.json'])(
    'of %s is made of harmless tags and shows all names',
    async (path) => {
      const texts = textsOf(await pageOf(path)).map((text) => text.trim());
      const { states } = JSON.parse(readFileSync(path, 'utf8').replace('\uFEFF', '')) as { states: string[] };
      for (const state of states) expect(texts).toContain(state);
    },
  );

  it('has pictures, tables and provenance, and asks for nothing from outside', async () => {
    const page = await pageOf('fixtures/mdp/fig1.json');
    expect(page.match(/<svg /g)).toHaveLength(2);
    for (const part of ['POWER', 'Optimality probability', 'Provenance', '5bb7e9112dbbf8c8', 'Caveats'])
      expect(page).toContain(part);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/@import|url\((?!#)|<link|<script|<img/);
    expect(page).toMatch(/prefers-color-scheme: ?dark/);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same page again', async () => {
    expect(await pageOf('fixtures/mdp/wait.json')).toBe(await pageOf('fixtures/mdp/wait.json'));
  });
});
