import type { Command, CommandBody } from './command.js';

/** A command as the help lists it; the rest is read when it is asked for, so that help and version are quick. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** the first of its examples, if the main help shows it too */
  readonly example?: readonly [line: string, meaning: string];
  load(): Promise<CommandBody>;
}

/** A command with all it takes and does. */
export async function loadCommand({ summary, load }: CommandEntry): Promise<Command> {
  return { ...(await load()), summary };
}

/** Every command with all it takes and does. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(commands.map(loadCommand));
}

/** Every command, in the order of the help. Each imports what it computes with when it runs. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'analyze',
    summary: 'the main job: POWER, optimality at every choice, symmetries, caveats',
    example: ['analyze model.json', 'everything, at four discounts, for uniform(0, 1) rewards'],
    load: async () => (await import('./commands/analyze.js')).analyze,
  },
  {
    name: 'power',
    summary: 'POWER of every state, with confidence intervals',
    example: ['power model.json --gamma 0.5,0.9', 'POWER at two discounts'],
    load: async () => (await import('./commands/power.js')).power,
  },
  {
    name: 'optimality',
    summary: 'probability that each action is optimal',
    example: ['optimality model.json', 'every action, where there is something to choose'],
    load: async () => (await import('./commands/optimality.js')).optimality,
  },
  {
    name: 'symmetry',
    summary: 'automorphisms of the environment, and what is certain for most reward functions',
    load: async () => (await import('./commands/symmetry.js')).symmetry,
  },
  {
    name: 'verify',
    summary: 'check a certificate or a saved result against a model',
    load: async () => (await import('./commands/verify.js')).verify,
  },
  {
    name: 'orbit',
    summary: 'for how many permutations of a reward function does one side win?',
    load: async () => (await import('./commands/orbit.js')).orbit,
  },
  {
    name: 'visits',
    summary: 'visit distributions, the non-dominated ones, recurrent state distributions',
    load: async () => (await import('./commands/visits.js')).visits,
  },
  {
    name: 'plot',
    summary: 'pictures of a model or of a saved result',
    load: async () => (await import('./commands/plot.js')).plot,
  },
  {
    name: 'compare',
    summary: 'two results: differences with intervals, as a gate if wanted',
    load: async () => (await import('./commands/compare.js')).compare,
  },
  {
    name: 'run',
    summary: 'a sweep: models × laws × discounts × slip, into a folder',
    load: async () => (await import('./commands/run.js')).run,
  },
  {
    name: 'resume',
    summary: 'go on with a run that was interrupted',
    load: async () => (await import('./commands/resume.js')).resume,
  },
  {
    name: 'check',
    summary: 'validate a model file and describe what is in it',
    load: async () => (await import('./commands/check.js')).check,
  },
  {
    name: 'generate',
    summary: 'make a model file: star, chain, grid, random, ...',
    load: async () => (await import('./commands/generate.js')).generate,
  },
  {
    name: 'convert',
    summary: 'write a model in another format: .json, .yaml, .mdpb (binary, for large models)',
    load: async () => (await import('./commands/convert.js')).convert,
  },
  {
    name: 'schema',
    summary: 'the JSON Schema of model files, results or experiments',
    load: async () => (await import('./commands/schema.js')).schema,
  },
  {
    name: 'explain',
    summary: 'a diagnostic, at length',
    load: async () => (await import('./commands/explain.js')).explain,
  },
  {
    name: 'completion',
    summary: 'a script that completes commands and options in bash, zsh or fish',
    load: async () => (await import('./commands/completion.js')).completionOf(loadCommands),
  },
];
