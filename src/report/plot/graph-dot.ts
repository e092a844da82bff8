import { harmless, usageError } from '../../errors.js';
import type { Mdp } from '../../mdp/model.js';
import { rationalText } from '../../number/rational.js';
import type { ResultDocument } from '../document.js';
import { shorten } from '../layout.js';
import { type AtGamma, atGamma, shortPower } from './at-gamma.js';
import { type GraphPlaces, graphPlaces, type Place } from './graph-places.js';
import { DRAWN_FONT, INK, inkOnScale, MUTED, PAGE, scaleColor } from './palette.js';
import { subtitle } from './subtitle.js';

/** A drawing of a larger graph is not read. */
const MOST_STATES = 120;
/** Longer names are cut in the middle. */
const LONGEST_NAME = 24;
/** Steps of the colour bar. */
const BAR_STEPS = 24;

/**
 * The model as a graph in the DOT language: states coloured by POWER, an arrow for each action, through a box to its
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
  const numbers = atGamma(document, mdp, 'all');
  const places = graphPlaces(mdp);
  return [
    'digraph mdp {',
    `  graph [layout=${places === null ? 'dot, rankdir=LR, nodesep=0.35, ranksep=0.7' : 'neato, splines=true'}, bgcolor=${text(PAGE)}, pad=0.25, fontname=${text(DRAWN_FONT)}, labelloc=t, labeljust=l, outputorder=edgesfirst, label=${legend(document, mdp, numbers)}];`,
    `  node [shape=ellipse, style=filled, penwidth=0, margin="0.11,0.06", fontname=${text(DRAWN_FONT)}, fontsize=12];`,
    `  edge [color=${text(MUTED)}, fontcolor=${text(INK)}, fontname=${text(DRAWN_FONT)}, fontsize=10, arrowsize=0.7, penwidth=1.1];`,
    ...mdp.states.map((name, s) => stateLine(mdp, name, s, numbers, places?.states[s])),
    ...mdp.states.flatMap((_, s) => choiceLines(mdp, s, places)),
    '}',
    '',
  ].join('\n');
}

function stateLine(mdp: Mdp, name: string, s: number, numbers: AtGamma, place: Place | undefined): string {
  const share = numbers.share(s);
  const start = s === mdp.start ? `, penwidth=2.5, color=${text(INK)}` : '';
  return (
    `  s${s} [label=${text(shorten(name, LONGEST_NAME), `\\n${shortPower(numbers.power[s]!)}`)}, fillcolor=${text(scaleColor(share))}, ` +
    `fontcolor=${text(inkOnScale(share))}${start}${positionText(place)}];`
  );
}

/** Actions that surely lead to the same state share an arrow; a random one is a box where its arrow parts. */
function choiceLines(mdp: Mdp, s: number, places: GraphPlaces | null): string[] {
  const sure = new Map<number, string[]>();
  const lines: string[] = [];
  for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
    const [from, to] = [mdp.rowPtr[c]!, mdp.rowPtr[c + 1]!];
    const action = shorten(mdp.actions[c]!, LONGEST_NAME);
    if (to - from === 1) {
      const successor = mdp.successor[from]!;
      sure.set(successor, [...(sure.get(successor) ?? []), action]);
      continue;
    }
    lines.push(
      `  c${c} [label=${text(action)}, ${BOX}${positionText(places?.choices[c])}];`,
      `  s${s} -> c${c} [arrowhead=none];`,
    );
    for (let k = from; k < to; k++) {
      const successor = mdp.successor[k]!;
      const probability = probabilityText(mdp, k);
      lines.push(
        arrow(`c${c}`, `s${successor}`, probability, 'style=dashed', places?.parted(s, c, successor)),
      );
    }
  }
  for (const [successor, actions] of sure) {
    const label = shorten(actions.join(', '), 2 * LONGEST_NAME);
    const side = places?.freeSide(s);
    const loop = side !== undefined && successor === s ? `headport=${side}, tailport=${side}` : '';
    lines.push(arrow(`s${s}`, `s${successor}`, label, loop, places?.between(s, successor)));
  }
  return lines;
}

/**
 * An arrow with its label. Graphviz sets the labels of pinned states across lines; there the label is a node of its own, in
 * the middle of the arrow, that covers what runs under it.
 */
function arrow(from: string, to: string, label: string, style: string, place: Place | undefined): string {
  if (place === undefined) return `  ${from} -> ${to} [label=${text(` ${label} `)}, ${style}];`;
  const node = `${from}_${to}`;
  return [
    `  ${node} [label=${text(label)}, ${WORDS}${positionText(place)}];`,
    `  ${from} -> ${node} [arrowhead=none, ${style}]; ${node} -> ${to} [${style}];`,
  ].join('\n');
}

/** The exact fraction, or about three digits where that is long. */
function probabilityText({ exact, probability }: Mdp, transition: number): string {
  const text = rationalText(exact.values[exact.index[transition]!]!);
  return text.length <= 7 ? text : `≈ ${Number(probability[transition]!.toPrecision(3))}`;
}

/** A random choice: a box of its own. */
const BOX = `shape=box, style="filled,rounded", fillcolor="${PAGE}", color="${MUTED}", penwidth=1, fontcolor="${INK}", fontsize=10, height=0.2, width=0.2, margin="0.06,0.03"`;
/** The name of an action in the middle of its arrow. */
const WORDS = `shape=plaintext, fillcolor="${PAGE}", fontcolor="${INK}", fontsize=10, height=0.2, width=0.2, margin="0.04,0.02"`;

function positionText(place: Place | undefined): string {
  return place === undefined ? '' : `, pos="${place[0].toFixed(3)},${place[1].toFixed(3)}!"`;
}

/** Title, how the numbers were got, and a bar of the colours with their ends, as an HTML-like label. */
function legend(document: ResultDocument, mdp: Mdp, { gamma, low, high }: AtGamma): string {
  const steps = Array.from({ length: BAR_STEPS }, (_, index) => index / (BAR_STEPS - 1));
  const bar = steps.map(
    (share) => `<TD WIDTH="7" HEIGHT="10" FIXEDSIZE="TRUE" BGCOLOR="${scaleColor(share)}"></TD>`,
  );
  const line = (size: number, color: string, words: string): string =>
    `<TR><TD ALIGN="LEFT"><FONT POINT-SIZE="${size}" COLOR="${color}">${markup(words)}</FONT></TD></TR>`;
  const cell = (words: string): string =>
    `<TD><FONT POINT-SIZE="11" COLOR="${INK}">${markup(words)}</FONT></TD>`;
  return (
    `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">${line(15, INK, `POWER of ${mdp.name} at γ = ${gamma}`)}` +
    subtitle(document, 'second line of a state: its POWER; thick outline: the start')
      .map((words) => line(11, MUTED, words))
      .join('') +
    `<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR>` +
    `${cell(`POWER ${low.toFixed(3)} `)}${bar.join('')}${cell(` ${high.toFixed(3)} (units of reward per step)`)}` +
    `</TR></TABLE></TD></TR><TR><TD HEIGHT="10"></TD></TR></TABLE>>`
  );
}

/** A quoted text of DOT: no quote, escape sequence or entity in it has a meaning. `after` is appended as it is. */
function text(words: string, after = ''): string {
  const plain = harmless(words).replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `"${plain}${after}"`;
}

function markup(words: string): string {
  return harmless(words)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
