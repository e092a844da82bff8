import type { Mdp } from '../mdp/model.js';
import { parseAssertion } from '../power/assertion/parse-assertion.js';
import type { Parameters, ResultDocument } from '../report/document.js';
import { jsonText } from '../report/writers/json.js';
import { type EstimateValues, estimateDocument, estimateMdp } from './estimate.js';
import { certifiedFindings } from './findings.js';
import type { Io } from './io.js';
import { readValue } from './option.js';
import { estimateOptions, modelOptions, outputOptions } from './options.js';
import { symmetryFindings } from './symmetry.js';

/** The commands whose results can be computed again from what they record. */
export const CAN_RUN_AGAIN = ['analyze', 'power', 'optimality'] as const;

/**
 * The command of a result, run again on the model with the recorded parameters, assertions and states: the document that
 * it writes, as read back.
 * @throws {UserError} the parameters mean nothing, or the run is interrupted
 */
export async function runAgain(document: ResultDocument, mdp: Mdp, quiet: boolean, io: Io): Promise<unknown> {
  const { command, parameters } = document;
  const options = { ...recordedOptions(parameters), quiet };
  const rows = document.power ?? document.optimality ?? [];
  const states = rows.filter(({ gamma }) => gamma === rows[0]!.gamma).map(({ state }) => state);
  const texts = new Set((document.assertions ?? []).map(({ text }) => text));
  const assertions = [...texts].map((text) => parseAssertion({ text, source: '--assert' }));
  const decide = command !== 'power';
  const estimated = await estimateMdp(mdp, options, { decide, states, assertions }, io);
  const { estimate, reward } = estimated;
  const again: ResultDocument = {
    ...estimateDocument(command, estimated, options),
    ...(command === 'optimality' ? {} : { power: estimate.power }),
    ...(decide ? { optimality: estimate.optimality } : {}),
    ...(command === 'analyze'
      ? { automorphisms: symmetryFindings(mdp, reward, options), ...certifiedFindings(mdp) }
      : {}),
    ...(assertions.length === 0 ? {} : { assertions: estimated.assertions }),
  };
  return JSON.parse(jsonText(again));
}

/** The options that a result records under their own names; the others as if they were not given. */
function recordedOptions(parameters: Parameters): EstimateValues {
  const { gammas = [], samples, mostSamples = samples, method } = parameters;
  // Who asks for samples gets samples only: where the method was left open, none were asked for.
  const recorded: Record<string, unknown> = {
    ...parameters,
    gamma: gammas.join(','),
    samples: method === 'auto' ? undefined : mostSamples,
  };
  const all = { ...estimateOptions, ...modelOptions, ...outputOptions };
  const values = Object.entries(all).map(([name, option]) => {
    const value = recorded[name] ?? undefined;
    if (value === undefined) return [name, option.fallback];
    return [name, typeof value === 'boolean' ? value : readValue(option, String(value))];
  });
  return Object.fromEntries(values) as EstimateValues;
}
