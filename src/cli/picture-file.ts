import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { usageError } from '../errors.js';

/** Pixels of a PNG for one of the SVG, for sharp letters on screens and paper. */
const ZOOM = 2;

/** The fonts that come with the program, so that a PNG looks the same on every machine. */
function fontFiles(): string[] {
  return [
    import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  ].map((address) => fileURLToPath(address));
}

/** Signs that DejaVu Sans does not have: scripts of East and South Asia, and pictographs. */
const OTHER_SCRIPTS =
  /[\u0900-\u0dff\u0f00-\u109f\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\u{1f000}-\u{3ffff}]/u;

/** An SVG as PNG. @throws {UserError} usage: the optional package that draws it is not installed */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const resvg = await import('@resvg/resvg-js').catch(() => null);
  if (resvg === null) {
    throw usageError('PNG pictures need the package @resvg/resvg-js, which is not installed', {
      hint: 'install it with npm install @resvg/resvg-js, or write an SVG',
    });
  }
  const drawn = new resvg.Resvg(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: {
      fontFiles: fontFiles(),
      // Scripts that these fonts do not have come from those of the machine.
      loadSystemFonts: OTHER_SCRIPTS.test(svg),
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return drawn.render().asPng();
}

/** Programs that turn SVG on standard input to PDF on standard output, in the order they are tried. */
const CONVERTERS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['rsvg-convert', '--format=pdf'],
  ['cairosvg', '-f', 'pdf', '-'],
  ['inkscape', '--pipe', '--export-type=pdf', '--export-filename=-'],
];

/** An SVG as PDF, by a program of this machine. @throws {UserError} usage: there is none that can */
export async function pdfOf(svg: string): Promise<Uint8Array> {
  for (const [program, ...args] of CONVERTERS) {
    const pdf = await piped(program, args, svg);
    if (pdf !== null) return pdf;
  }
  throw usageError('PDF pictures need a program that turns SVG into PDF, and none works here', {
    wanted: CONVERTERS.map(([program]) => program).join(', '),
    hint: 'install one of them (Debian: librsvg2-bin), or write an SVG or PNG',
  });
}

/** What the program makes of the text; null if it is not there, fails, or makes no PDF. */
function piped(program: string, args: readonly string[], input: string): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.on('error', () => resolve(null));
    child.stdin.on('error', () => {}); // the program may end before it has read all
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (code) => {
      const output = Buffer.concat(chunks);
      resolve(code === 0 && output.subarray(0, 5).toString() === '%PDF-' ? output : null);
    });
    child.stdin.end(input);
  });
}
