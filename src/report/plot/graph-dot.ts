import { usageError } from '../../errors.js';
import type { Mdp } from '../../mdp/model.js';
import { rationalText } from '../../number/rational.js';
import type { ResultDocument } from '../document.js';
import { displayWidth, shorten } from '../layout.js';
import { BOX, dotLines, dotMarkup, dotText, WORDS } from './dot.js';
import { type GraphLook, powerLook, visitsLook } from './graph-look.js';
import { type GraphPlaces, graphPlaces, type Place } from './graph-places.js';
import { DRAWN_FONT, INK, MUTED, PAGE, scaleColor } from './palette.js';

/** A drawing of a larger graph is not read. */
const MOST_STATES = 120;
/**
 * The layout in ranks takes time that grows without bound with the arrows (1 s for 180 arrows of a random model, 13 s for 270,
 * over 10 minutes for 540): of more arrows, near states are set near each other, which 1080 arrows take 3 s for.
 */
const MOST_RANKED_ARROWS = 180;
/** Longer names are cut in the middle. */
const LONGEST_NAME = 24;
/** Names of several actions on one arrow are set in lines of about this width. */
const LINE = 12;
/** More lines than these are counted. */
const MOST_LINES = 4;
/** Steps of the colour bar. */
const BAR_STEPS = 24;
/** Width of a step. */
const BAR_STEP = 10;

/**
 * The model as a graph in the DOT language: states coloured by POWER, or arrows by what visits them, an arrow for each action, through a box to its
 * successors with their probabilities where it is random. Uses the layout of the model where every state has a place.
 * @throws {UserError} usage: too many states
 */
export function graphDot(document: ResultDocument, mdp: Mdp): string {
  if (mdp.stateCount > MOST_STATES) {
    throw usageError(`a graph of ${mdp.stateCount} states cannot be read`, {
      wanted: `at most ${MOST_STATES} states`,
      hint: 'draw --kind forest, or --kind grid for a gridworld',
    });
  }
  const look = (document.power === undefined && document.visits !== undefined ? visitsLook : powerLook)(
    document,
    mdp,
  );
  const places = graphPlaces(mdp);
  const arrows = mdp.states.flatMap((_, s) => choiceLines(mdp, s, look, places));
  const arrowCount = arrows.filter((line) => /^ {2}\w+ -> /.test(line)).length;
  return [
    'digraph mdp {',
    `  graph [layout=${layoutOf(places, arrowCount)}, bgcolor=${dotText(PAGE)}, pad=0.25, fontname=${dotText(DRAWN_FONT)}, labelloc=t, labeljust=l, outputorder=edgesfirst, label=${legend(look)}];`,
    `  node [shape=ellipse, style=filled, penwidth=0, margin="0.11,0.06", fontname=${dotText(DRAWN_FONT)}, fontsize=12];`,
    `  edge [color=${dotText(MUTED)}, fontcolor=${dotText(INK)}, fontname=${dotText(DRAWN_FONT)}, fontsize=10, arrowsize=0.7, penwidth=1.1];`,
    ...mdp.states.map((name, s) => stateLine(name, s, look, places?.states[s])),
    ...arrows,
    '}',
    '',
  ].join('\n');
}

/** The engine of Graphviz, with what it needs to know. */
function layoutOf(places: GraphPlaces | null, arrows: number): string {
  if (places !== null) return 'neato, splines=true';
  return arrows <= MOST_RANKED_ARROWS
    ? 'dot, rankdir=LR, nodesep=0.35, ranksep=0.7'
    : 'neato, overlap=prism, splines=line';
}

function stateLine(name: string, s: number, look: GraphLook, place: Place | undefined): string {
  const { number, fill, ink } = look.state(s);
  const lines = [shorten(name, LONGEST_NAME), ...(number === null ? [] : [number])];
  const start = s === look.outlined ? `, penwidth=2.5, color=${dotText(INK)}` : '';
  return (
    `  s${s} [label=${dotLines(lines)}, fillcolor=${dotText(fill)}, ` +
    `fontcolor=${dotText(ink)}${start}${positionText(place)}];`
  );
}

/** Actions that surely lead to the same state share an arrow; a random one is a box where its arrow parts. */
function choiceLines(mdp: Mdp, s: number, look: GraphLook, places: GraphPlaces | null): string[] {
  const sure = new Map<string, { successor: number; style: string; actions: string[] }>();
  const lines: string[] = [];
  for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
    const [from, to] = [mdp.rowPtr[c]!, mdp.rowPtr[c + 1]!];
    const action = shorten(mdp.actions[c]!, LONGEST_NAME);
    const style = look.choice(c);
    if (to - from === 1) {
      const successor = mdp.successor[from]!;
      const shared = sure.get(`${successor} ${style}`);
      if (shared === undefined) sure.set(`${successor} ${style}`, { successor, style, actions: [action] });
      else shared.actions.push(action);
      continue;
    }
    lines.push(
      `  c${c} [label=${dotText(action)}, ${BOX}${positionText(places?.choices[c])}];`,
      `  s${s} -> c${c} [arrowhead=none${style === '' ? '' : `, ${style}`}];`,
    );
    const dashed = style.includes('style=') ? style : ['style=dashed', style].filter(Boolean).join(', ');
    for (let k = from; k < to; k++) {
      const successor = mdp.successor[k]!;
      const probability = [probabilityText(mdp, k)];
      lines.push(arrow(`c${c}`, `s${successor}`, probability, dashed, '', places?.parted(s, c, successor)));
    }
  }
  for (const { successor, style, actions } of sure.values()) {
    const side = places?.freeSide(s);
    const loop = side !== undefined && successor === s ? `headport=${side}, tailport=${side}` : '';
    lines.push(arrow(`s${s}`, `s${successor}`, inLines(actions), style, loop, places?.between(s, successor)));
  }
  return lines;
}

/** The names of actions, a few lines of about equal width; the rest are counted. */
function inLines(actions: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [i, name] of actions.entries()) {
    const word = i + 1 < actions.length ? `${name},` : name;
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= LINE)
      lines[lines.length - 1] = `${last} ${word}`;
    else if (lines.length < MOST_LINES) lines.push(word);
    else return [...lines, `and ${actions.length - i} more`];
  }
  return lines;
}

/**
 * An arrow with its label. Graphviz sets the labels of pinned states across lines; there the label is a node of its own, in
 * the middle of the arrow, that covers what runs under it.
 */
function arrow(
  from: string,
  to: string,
  label: readonly string[],
  style: string,
  loop: string,
  place: Place | undefined,
): string {
  const looks = [style, loop].filter((part) => part !== '').join(', ');
  if (place === undefined) {
    const room = label.map((line) => ` ${line} `);
    return `  ${from} -> ${to} [label=${dotLines(room)}${looks === '' ? '' : `, ${looks}`}];`;
  }
  const node = `${from}_${to}${style.includes('dotted') ? '_dotted' : ''}`;
  const color = style === '' ? '' : style.replace(/^/, ', ');
  return [
    `  ${node} [label=${dotLines(label)}, ${WORDS}${positionText(place)}];`,
    `  ${from} -> ${node} [arrowhead=none${color}]; ${node} -> ${to} [${looks}];`,
  ].join('\n');
}

/** The exact fraction, or about three digits where that is long. */
function probabilityText({ exact, probability }: Mdp, transition: number): string {
  const text = rationalText(exact.values[exact.index[transition]!]!);
  return text.length <= 7 ? text : `≈ ${Number(probability[transition]!.toPrecision(3))}`;
}

function positionText(place: Place | undefined): string {
  return place === undefined ? '' : `, pos="${place[0].toFixed(3)},${place[1].toFixed(3)}!"`;
}

/** Title, how the numbers were got, and a bar of the colours with their ends, as an HTML-like label. */
function legend({ title, lines, range }: GraphLook): string {
  const line = (size: number, color: string, words: string): string =>
    `<TR><TD ALIGN="LEFT"><FONT POINT-SIZE="${size}" COLOR="${color}">${dotMarkup(words)}</FONT></TD></TR>`;
  return (
    `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">${line(15, INK, title)}` +
    lines.map((words) => line(11, MUTED, words)).join('') +
    (range === null ? '' : colorBar(range)) +
    `<TR><TD HEIGHT="10"></TD></TR></TABLE>>`
  );
}

/** From the least to the largest POWER; one patch where they are the same. Of fixed size, or a wide title would stretch it. */
function colorBar({ low, high }: { low: number; high: number }): string {
  const steps = high > low ? Array.from({ length: BAR_STEPS }, (_, index) => index / (BAR_STEPS - 1)) : [0.5];
  const cells = steps.map(
    (share) => `<TD WIDTH="${BAR_STEP}" HEIGHT="10" FIXEDSIZE="TRUE" BGCOLOR="${scaleColor(share)}"></TD>`,
  );
  const ends = high > low ? `${low.toFixed(3)} to ${high.toFixed(3)}` : low.toFixed(3);
  const words = `POWER ${ends}, in units of reward per step`;
  return (
    `<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" ALIGN="LEFT" FIXEDSIZE="TRUE" ` +
    `WIDTH="${steps.length * BAR_STEP}" HEIGHT="10"><TR>${cells.join('')}</TR></TABLE></TD></TR>` +
    `<TR><TD ALIGN="LEFT"><FONT POINT-SIZE="11" COLOR="${INK}">${dotMarkup(words)}</FONT></TD></TR>`
  );
}
