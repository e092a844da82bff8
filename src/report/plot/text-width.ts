/** What Vega asks for the width of a text mark. */
export type TextWidth = (item: TextItem, text: unknown) => number;

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  /** Vega cuts the text there; 0 or none for never */
  readonly limit?: number;
}

/** Widths of DejaVu Sans in thousandths of an em, rounded up, by groups of characters. */
const WIDTHS: readonly (readonly [characters: string, width: number])[] = [
  ["iljI|'", 300],
  ['.,:;!()[]/\\ftr -', 400],
  ['"*_sczJL?TFE', 560],
  ['abdeghknopquvxyABCKPRSVXYZ0123456789γ$', 680],
  ['DGHNOQUw', 800],
  ['mMW%@&+=<>±~^', 990],
];

const byCharacter: ReadonlyMap<string, number> = new Map(
  WIDTHS.flatMap(([characters, width]) => [...characters].map((character) => [character, width] as const)),
);
/** A character that is in no group: symbols and other scripts, wide ones among them. */
const OTHER = 1000;

/**
 * The width of a text in pixels, by a table instead of a measurement, so that it is the same on every machine: a little more
 * than DejaVu Sans takes.
 */
export const textWidth: TextWidth = ({ fontSize = 11, fontWeight, limit = 0 }, text) => {
  const lines = Array.isArray(text) ? text : [text];
  const widths = lines.map((line) =>
    [...String(line ?? '')].reduce((sum, character) => sum + (byCharacter.get(character) ?? OTHER), 0),
  );
  const width = (Math.max(0, ...widths) * fontSize * (fontWeight === 'bold' ? 1.12 : 1)) / 1000;
  return limit > 0 ? Math.min(width, limit) : width;
};
