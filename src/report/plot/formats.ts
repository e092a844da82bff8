/** Names of all picture formats, as `plot --format` takes them. */
export const PICTURE_FORMATS = ['terminal', 'svg', 'png', 'pdf', 'vega-lite', 'dot'] as const;

export type PictureFormat = (typeof PICTURE_FORMATS)[number];

const bySuffix: readonly (readonly [RegExp, PictureFormat])[] = [
  [/\.svg$/i, 'svg'],
  [/\.png$/i, 'png'],
  [/\.pdf$/i, 'pdf'],
  [/\.vl(\.json)?$/i, 'vega-lite'],
  [/\.(dot|gv)$/i, 'dot'],
  [/\.txt$/i, 'terminal'],
];

/** The picture format that a file name asks for; undefined if its end says nothing. */
export function pictureFormatOfPath(path: string): PictureFormat | undefined {
  return bySuffix.find(([suffix]) => suffix.test(path))?.[1];
}
