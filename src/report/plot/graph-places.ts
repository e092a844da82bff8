import type { Mdp } from '../../mdp/model.js';
import { largest } from '../largest.js';
import { displayWidth } from '../layout.js';

/** Inches to the right and up, as Graphviz counts. */
export type Place = readonly [x: number, y: number];

export interface GraphPlaces {
  /** (S) */
  readonly states: readonly Place[];
  /** (C) where a random choice parts; undefined for a sure one */
  readonly choices: readonly (Place | undefined)[];
  /** The middle of the arrow between two states, aside where there is one back; undefined for a loop. */
  between(state: number, successor: number): Place | undefined;
  /** The side of a state, as Graphviz names it, that is farthest from its arrows to and from other states. */
  freeSide(state: number): 'n' | 'e' | 's' | 'w';
  /** The middle of the dashed arrow from a random choice of a state to a successor. */
  parted(state: number, choice: number, successor: number): Place;
}

/** The nearest two states are drawn so far apart, or farther where names are long. */
const NEAREST = 1.7;
/** Random choices need more room: for their boxes and probabilities. */
const NEAREST_RANDOM = 2.9;
/** Names do not push states farther apart than this. */
const FARTHEST = 4;
/** Width of a character, and what a node takes beside its name. */
const CHARACTER = 0.095;
const AROUND = 0.9;
/** But no picture becomes larger than this, if states lie very unevenly. */
const LARGEST = 24;

/**
 * Where the model's layout puts states, and the points at which random choices part: half way to where they lead on average.
 * Null where a state has no place, or two have the same.
 */
export function graphPlaces(mdp: Mdp): GraphPlaces | null {
  const given = mdp.layout.filter((place) => place !== null);
  if (given.length < mdp.stateCount || given.length < 2) return null;
  const { nearest, widest } = distances(given);
  if (nearest === 0) return null;
  const random = mdp.transitionCount > mdp.choiceCount;
  const room = Math.min(FARTHEST, AROUND + CHARACTER * (longest(mdp.states) + longest(mdp.actions)));
  const scale = Math.min(Math.max(random ? NEAREST_RANDOM : NEAREST, room) / nearest, LARGEST / widest);
  const states = given.map(([x, y]): Place => [x * scale, -y * scale]);
  const choices = choicePlaces(mdp, states);
  const arrows = sureArrows(mdp);
  return {
    states,
    choices,
    between: (state, successor) => {
      if (state === successor) return undefined;
      const aside = arrows.has(successor * mdp.stateCount + state) ? ASIDE : 0;
      return middle(states[state]!, states[successor]!, aside);
    },
    freeSide: (state) => freeSide(mdp, states, state),
    parted: (state, choice, successor) =>
      middle(choices[choice]!, states[successor]!, state === successor ? ASIDE : 0),
  };
}

/** How far an arrow bends aside for the one that leads back, in inches. */
const ASIDE = 0.24;

/** state · S + successor for every choice that surely leads from one to the other. */
function sureArrows({ stateCount, choicePtr, rowPtr, successor }: Mdp): Set<number> {
  const arrows = new Set<number>();
  for (let s = 0; s < stateCount; s++) {
    for (let c = choicePtr[s]!; c < choicePtr[s + 1]!; c++) {
      if (rowPtr[c + 1]! - rowPtr[c]! === 1) arrows.add(s * stateCount + successor[rowPtr[c]!]!);
    }
  }
  return arrows;
}

function longest(names: readonly string[]): number {
  return largest(names.map(displayWidth));
}

function distances(places: readonly (readonly [number, number])[]): { nearest: number; widest: number } {
  let nearest = Number.POSITIVE_INFINITY;
  let widest = 0;
  places.forEach(([x, y], i) => {
    for (const [u, v] of places.slice(i + 1)) {
      const distance = Math.sqrt((x - u) ** 2 + (y - v) ** 2);
      nearest = Math.min(nearest, distance);
      widest = Math.max(widest, distance);
    }
  });
  return { nearest, widest };
}

function choicePlaces(mdp: Mdp, states: readonly Place[]): (Place | undefined)[] {
  const places: (Place | undefined)[] = new Array(mdp.choiceCount).fill(undefined);
  states.forEach(([x, y], s) => {
    let earlier = 0;
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      const [from, to] = [mdp.rowPtr[c]!, mdp.rowPtr[c + 1]!];
      if (to - from < 2) continue;
      // Where it leads on average when it leads away.
      let [right, up, away] = [0, 0, 0];
      for (let k = from; k < to; k++) {
        if (mdp.successor[k] === s) continue;
        const [u, v] = states[mdp.successor[k]!]!;
        right += mdp.probability[k]! * (u - x);
        up += mdp.probability[k]! * (v - y);
        away += mdp.probability[k]!;
      }
      right /= away;
      up /= away;
      const length = Math.sqrt(right ** 2 + up ** 2);
      const [dx, dy] = length < 0.2 ? [0, 1] : [right / length, up / length];
      // Left of the straight line, where sure arrows run, so that the way back lies on its other side.
      const aside = BESIDE * (1 + earlier);
      const along = Math.max(BEFORE, length / 2);
      places[c] = [x + dx * along - dy * aside, y + dy * along + dx * aside];
      earlier++;
    }
  });
  return places;
}

/** A random choice parts so far from its state, and so far beside the line to where it leads, at least. */
const BEFORE = 0.9;
const BESIDE = 0.4;

/** The middle of the way from `from` to `to`, `aside` inches to the left of it. */
function middle([x, y]: Place, [u, v]: Place, aside: number): Place {
  const length = Math.max(0.001, Math.sqrt((u - x) ** 2 + (v - y) ** 2));
  return [(x + u) / 2 - ((v - y) / length) * aside, (y + v) / 2 + ((u - x) / length) * aside];
}

const SIDES = [
  ['e', 1, 0],
  ['w', -1, 0],
  ['n', 0, 1],
  ['s', 0, -1],
] as const;

function freeSide(mdp: Mdp, states: readonly Place[], state: number): 'n' | 'e' | 's' | 'w' {
  const [x, y] = states[state]!;
  const neighbours = [...states.keys()].filter(
    (other) => other !== state && (leadsTo(mdp, state, other) || leadsTo(mdp, other, state)),
  );
  // The cosine of the angle to the nearest arrow, for each side.
  const nearness = SIDES.map(([, right, up]) =>
    neighbours.reduce((nearest, other) => {
      const [dx, dy] = [states[other]![0] - x, states[other]![1] - y];
      return Math.max(nearest, (dx * right + dy * up) / Math.sqrt(dx ** 2 + dy ** 2));
    }, -1),
  );
  return SIDES[nearness.indexOf(Math.min(...nearness))]![0];
}

function leadsTo({ choicePtr, rowPtr, successor }: Mdp, from: number, to: number): boolean {
  return successor.subarray(rowPtr[choicePtr[from]!], rowPtr[choicePtr[from + 1]!]).includes(to);
}
