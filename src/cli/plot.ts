import { ExitCode, quoted, usageError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { type Discount, parseDiscountList } from '../number/discount.js';
import { rationalText } from '../number/rational.js';
import type { ResultDocument } from '../report/document.js';
import type { PictureFormat } from '../report/plot/formats.js';
import type { PictureKind } from '../report/plot/kinds.js';
import { bestKind, checkRows, type PictureSource } from '../report/plot/picture.js';
import { type EstimateScope, type EstimateValues, estimateDocument, estimateMdp } from './estimate.js';
import type { Io } from './io.js';
import { loadModel, loadModelOrResult } from './load.js';
import { stateNamed } from './names.js';
import { checkFormats, pictureDestinations, writePictures } from './picture-output.js';
import { exitCodeOf } from './result.js';

export interface PlotValues
  extends Omit<
    EstimateValues,
    'gamma' | 'format' | 'sampler' | 'untilWidth' | 'verbose' | 'color' | 'standalone' | 'uncertainty'
  > {
  readonly kind: PictureKind | undefined;
  readonly format: PictureFormat | undefined;
  readonly gamma: readonly Discount[] | undefined;
  readonly state: string | undefined;
  readonly states: string | undefined;
  readonly model: string | undefined;
}

/** Discounts of curves, unless others are given: with both limits, but in large models, where the limit at 1 is costly. */
const CURVE_GAMMAS = '0,0.1:0.9:0.1,0.95,0.99,1';
const INNER_GAMMAS = '0.05,0.1:0.9:0.1,0.95,0.99';
const MOST_STATES_AT_LIMITS = 64;
/** The discount of all other pictures. */
const PICTURE_GAMMA = '0.9';
/** Reward functions drawn where nothing else is said: an interval of a hundredth is hardly seen. */
const PICTURE_SAMPLES = 20_000;

/** Reads a model or a result, solves the model if need be, and draws. @throws {UserError} */
export async function drawPicture(path: string, options: PlotValues, io: Io): Promise<ExitCode> {
  const inputs = [path, options.model ?? '', options.reward ?? ''];
  const to = await pictureDestinations(options, inputs, io);
  const loaded = await loadModelOrResult(path, options, io);
  const saved = 'document' in loaded ? loaded.document : null;
  const mdp = 'mdp' in loaded ? loaded.mdp : await modelOf(loaded.document, options, io);
  const canDrawGraph = to.every(({ format }) => format !== 'terminal' && format !== 'vega-lite');
  const wantsGraph = to.some(({ format }) => format === 'dot');
  const kind = options.kind ?? (wantsGraph ? 'graph' : bestKind(saved, mdp, canDrawGraph));
  checkFormats(kind, to);
  const { document, exitCode } =
    saved === null
      ? await solved(mdp!, kind, options, io)
      : { document: savedAt(saved, options), exitCode: ExitCode.done };
  const source: PictureSource = {
    document: { ...document, ...chosenStates(document, options.states) },
    mdp,
    state: stateOf(document, mdp, options.state),
  };
  checkRows(kind, source);
  await writePictures(kind, source, to, options, io);
  return exitCode;
}

/** The model beside a saved result: the very bytes that the result is of. */
async function modelOf(
  document: ResultDocument,
  { model, normalizeRows }: PlotValues,
  io: Io,
): Promise<Mdp | null> {
  if (model === undefined) return null;
  const mdp = await loadModel(
    model,
    { normalizeRows: normalizeRows || document.parameters.normalizeRows === true },
    io,
  );
  if (mdp.sha256 === document.model.sha256) return mdp;
  throw usageError('--model is not the model of this result', {
    found: `SHA-256 ${mdp.sha256}`,
    wanted: `SHA-256 ${document.model.sha256}`,
  });
}

async function solved(
  mdp: Mdp,
  kind: PictureKind,
  options: PlotValues,
  io: Io,
): Promise<{ document: ResultDocument; exitCode: ExitCode }> {
  if (kind === 'orbit') {
    throw usageError('--kind orbit needs a result', {
      hint: 'mdpower orbit MODEL ... --output orbit.json writes one',
    });
  }
  const curves = mdp.stateCount <= MOST_STATES_AT_LIMITS ? CURVE_GAMMAS : INNER_GAMMAS;
  const isCurve = kind === 'power' || kind === 'optimality';
  const values: EstimateValues = {
    ...options,
    gamma: options.gamma ?? parseDiscountList(isCurve ? curves : PICTURE_GAMMA),
    format: undefined,
    sampler: 'auto',
    untilWidth: undefined,
    verbose: false,
    color: 'never',
    standalone: false,
    uncertainty: undefined,
  };
  const scope: EstimateScope = {
    decide: kind === 'optimality' || kind === 'grid',
    ...(kind === 'optimality' && { states: [options.state ?? mdp.states[mdp.start]!] }),
    samples: PICTURE_SAMPLES,
  };
  const estimated = await estimateMdp(mdp, values, scope, io);
  const { power, optimality } = estimated.estimate;
  return {
    document: { ...estimateDocument('power', estimated, values), power, optimality },
    exitCode: exitCodeOf(estimated.estimate),
  };
}

/** A saved result, at the discounts that are asked for. @throws {UserError} usage: it does not have one of them */
function savedAt(document: ResultDocument, { gamma }: PlotValues): ResultDocument {
  if (gamma === undefined) return document;
  const rows = [...(document.power ?? []), ...(document.optimality ?? []), ...(document.orbit ?? [])];
  const known = [...new Set(rows.map((row) => row.gamma))];
  const texts = gamma.map((discount) => {
    const found = known.find((text) => sameDiscount(text, discount));
    if (found !== undefined) return found;
    throw usageError(`the result has no gamma ${discount.text}`, { wanted: `one of ${known.join(', ')}` });
  });
  const at = <Row extends { readonly gamma: string }>(rows: readonly Row[] | undefined): Row[] | undefined =>
    rows?.filter((row) => texts.includes(row.gamma));
  return withRows(document, at(document.power), at(document.optimality), at(document.orbit));
}

function sameDiscount(text: string, { exact }: Discount): boolean {
  if (!/^[\d./e+-]+$/i.test(text)) return false;
  return parseDiscountList(text).some((known) => rationalText(known.exact) === rationalText(exact));
}

function withRows(
  document: ResultDocument,
  power: ResultDocument['power'],
  optimality: ResultDocument['optimality'],
  orbit: ResultDocument['orbit'],
): ResultDocument {
  return {
    ...document,
    ...(power === undefined ? {} : { power }),
    ...(optimality === undefined ? {} : { optimality }),
    ...(orbit === undefined ? {} : { orbit }),
  };
}

/** The POWER rows of the states that `--states` names. @throws {UserError} usage: no such state */
function chosenStates(
  { power }: ResultDocument,
  text: string | undefined,
): Pick<ResultDocument, 'power'> | undefined {
  if (text === undefined || power === undefined) return undefined;
  const known = new Set(power.map(({ state }) => state));
  const names = known.has(text) ? [text] : text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw usageError(`--states: the result has no state ${quoted(unknown)}`, { found: quoted(unknown) });
  }
  return { power: power.filter(({ state }) => names.includes(state)) };
}

/** The state whose actions are shown. @throws {UserError} usage: no such state */
function stateOf({ model, optimality }: ResultDocument, mdp: Mdp | null, name: string | undefined): string {
  if (name === undefined) {
    const start = optimality?.some(({ state }) => state === model.start);
    return start === false ? (optimality?.[0]?.state ?? model.start) : model.start;
  }
  if (mdp !== null) return mdp.states[stateNamed(mdp, name, '--state')]!;
  return name;
}
