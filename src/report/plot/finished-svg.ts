import { DARK } from './palette.js';

/**
 * An SVG of a drawing library as we give it out: without prolog and comments, ids of its own, named for readers who cannot see
 * it, and with the colours of text and lines turned light where the reader's background is dark.
 */
export function finishedSvg(svg: string, id: string, description: string): string {
  const body = svg.slice(svg.indexOf('<svg')).replace(/<!--[\s\S]*?-->\s*/g, '');
  const open = /^<svg[^>]*>/.exec(body)![0];
  const named = open
    .replace(/ (class|role|aria-label|id)="[^"]*"/g, '')
    .replace(/>$/, ` class="${id}" role="img" aria-label="${attribute(description)}">`);
  const rest = body.slice(open.length).replace(/<[^>]*>/g, (tag) => withOwnIds(tag, id));
  return `${named}<style>${darkRules(id)}</style>${rest.trimEnd()}\n`;
}

/** Ids and what refers to them, in one tag. */
function withOwnIds(tag: string, id: string): string {
  return tag
    .replace(/ id="([^"]*)"/g, ` id="${id}-$1"`)
    .replace(/ (clip-path|fill|stroke|filter|mask)="url\(#([^")]*)\)"/g, ` $1="url(#${id}-$2)"`)
    .replace(/ (xlink:href|href)="#([^"]*)"/g, ` $1="#${id}-$2"`);
}

function darkRules(id: string): string {
  const rules = DARK.flatMap(([light, dark]) =>
    ['fill', 'stroke'].map((property) => `.${id} [${property}="${light}"]{${property}:${dark}}`),
  );
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`;
}

function attribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
