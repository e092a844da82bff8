import type { ResultDocument } from '../document.js';
import type { PictureKind } from './kinds.js';
import { choiceSeries } from './optimality-series.js';
import { SERIES } from './palette.js';
import { pictureOf, pictureSvg } from './picture.js';
import { MOST_SERIES, powerSeries } from './series.js';

/** More states under each other are better read in the table. */
const MOST_STATES = 60;

interface ReportPicture {
  readonly svg: string;
  readonly caption: string;
}

/** The pictures that a report of this result has, as far as they can be read: POWER, the actions of the start, orbits. */
export async function reportPictures(document: ResultDocument): Promise<ReportPicture[]> {
  const source = { document, mdp: null, state: document.model.start };
  const pictures = kindsFor(document).map(async ([kind, caption], index) => ({
    svg: await pictureSvg(pictureOf(kind, source), `picture${index + 1}`),
    caption,
  }));
  return Promise.all(pictures);
}

function kindsFor(document: ResultDocument): (readonly [PictureKind, string])[] {
  const { power = [], optimality = [], orbit = [], model } = document;
  const kinds: (readonly [PictureKind, string])[] = [];
  const isSampled = power.some(({ method }) => method === 'sampled');
  const gammas = new Set(power.map(({ gamma }) => gamma)).size;
  const states = new Set(power.map(({ state }) => state)).size;
  if (gammas > 1 && powerSeries(power).length <= MOST_SERIES) {
    kinds.push([
      'power',
      `POWER against the discount${isSampled ? '; the bands are the confidence intervals' : ''}.`,
    ]);
  } else if (states > 0 && states <= MOST_STATES && gammas <= SERIES.length) {
    kinds.push([
      'forest',
      `POWER of the states${isSampled ? '; the bars are the confidence intervals' : ''}.`,
    ]);
  }
  const choices = choiceSeries(optimality, model.start).length;
  if (choices > 1 && choices <= SERIES.length) {
    kinds.push(['optimality', `Which action of ${model.start} is optimal, for how many reward functions.`]);
  }
  if (orbit.length > 0) {
    kinds.push(['orbit', 'For how many permutations of the reward function each side wins.']);
  }
  return kinds;
}
