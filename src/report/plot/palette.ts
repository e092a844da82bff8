/**
 * Eight hues that stay apart for every common colour blindness (after Okabe and Ito 2008, "Color Universal Design"; yellow,
 * orange and sky blue darkened, black made grey), each with a contrast of at least 3 to white and to near-black.
 */
export const SERIES: readonly string[] = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#c26a9c',
  '#b87a00',
  '#2e93cc',
  '#7d8590',
  '#8f8600',
];

/** Colours of everything that is not data, for a light background; `DARK` has their partners. */
export const INK = '#1f2328';
export const MUTED = '#59636e';
export const LINES = '#d8dce1';
export const PAGE = '#fdfdfd';
export const WALL = '#8b949e';

/** Light colour to the one that takes its place on a dark background. Colours of data stay. */
export const DARK: readonly (readonly [light: string, dark: string])[] = [
  [INK, '#e6e8eb'],
  [MUTED, '#a3adb8'],
  [LINES, '#3a4048'],
  [PAGE, '#16181c'],
];

/** Fonts by preference; the first is the one that PNG pictures are set in. */
export const FONTS = 'DejaVu Sans, Verdana, Helvetica, Arial, sans-serif';

/** The font that Graphviz sets out its labels for, in a name that it knows. */
export const DRAWN_FONT = 'DejaVu Sans';

/** Nine steps of the colour map viridis (van der Walt and Smith 2015): even in lightness, safe for colour blindness. */
const VIRIDIS: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** The colour of a share of the range, 0 dark violet to 1 yellow, as `#rrggbb`. */
export function scaleColor(share: number): string {
  const last = VIRIDIS.length - 1;
  const at = Math.min(1, Math.max(0, share)) * last;
  const step = Math.min(last - 1, Math.floor(at));
  const [from, to] = [VIRIDIS[step]!, VIRIDIS[step + 1]!];
  const mixed = from.map((channel, index) => Math.round(channel + (at - step) * (to[index]! - channel)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** The ends of viridis for a Vega colour scale. */
export const SCALE_RANGE: readonly string[] = VIRIDIS.map((_, index) =>
  scaleColor(index / (VIRIDIS.length - 1)),
);

/** Black or white, whichever is read better on `scaleColor(share)`. */
export function inkOnScale(share: number): '#000000' | '#ffffff' {
  return share > 0.44 ? '#000000' : '#ffffff';
}
