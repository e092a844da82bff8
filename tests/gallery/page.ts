import type { Figure, Finding } from './figure.js';

/** What was made of a figure, for its part of the page. */
export interface MadeFigure {
  readonly figure: Figure;
  readonly findings: readonly Finding[];
  /** by the name of the run: its tables in Markdown */
  readonly tables: Readonly<Record<string, string>>;
  /** the command lines as they were run, but with the folder of the gallery */
  readonly commands: readonly (readonly string[])[];
}

/** The page of the gallery. */
export function galleryPage(figures: readonly MadeFigure[]): string {
  return [
    '# Gallery',
    '',
    'The figures of Turner, Smith, Shah, Critch and Tadepalli, *Optimal Policies Tend to Seek Power* (NeurIPS 2021, ' +
      'arXiv:1912.01683v10), as `mdpower` draws and computes them. Under each: what the paper says, in our words, beside what ' +
      'was found; everything is exact. `npm run gallery` makes this folder anew, and a test holds it against the program, byte ' +
      'by byte. Figures 5, 8 and 9 show no numbers of a small model and are left out.',
    '',
    ...figures.map(({ figure }) => `- [Figure ${figure.number}: ${figure.title}](#${anchor(figure)})`),
    '',
    ...figures.flatMap(section),
  ].join('\n');
}

function section({ figure, findings, tables, commands }: MadeFigure): string[] {
  return [
    `## Figure ${figure.number}: ${figure.title}`,
    '',
    figure.claim,
    '',
    ...(figure.remark === undefined ? [] : [`*${figure.remark}*`, '']),
    ...figure.pictures.flatMap(({ file, alt }) => [`![${alt}](${file}.svg)`, '']),
    '| the paper | mdpower | |',
    '| :--- | :--- | :--- |',
    ...findings.map(
      ({ paper, found, agrees }) =>
        `| ${cell(paper)} | ${cell(found)} | ${agrees ? 'agrees' : '**differs**'} |`,
    ),
    '',
    ...figure.tables.flatMap((name) => {
      const caption = figure.captions?.[name];
      return [...(caption === undefined ? [] : [caption, '']), tables[name]!, ''];
    }),
    '<details><summary>Commands</summary>',
    '',
    '```sh',
    ...commands.map((argv) => `mdpower ${argv.map(word).join(' ')}`),
    '```',
    '',
    '</details>',
    '',
  ];
}

/** GitHub's address of a heading. */
function anchor({ number, title }: Figure): string {
  return `figure ${number}: ${title}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

function cell(text: string): string {
  return text.replace(/[\\|*_<>]/g, (character) => `\\${character}`);
}

function word(text: string): string {
  return /^[\w./,:=+-]+$/.test(text) ? text : `'${text}'`;
}
