import { ExitCode } from '../../errors.js';
import { type CommandBody, command } from '../command.js';

import { parseBudget, parseSamples } from '../numbers.js';
import { flag, option, optional, repeated, text } from '../option.js';
import { estimateOptions, gateOptions, modelOptions, outputOptions } from '../options.js';

const { gamma, reward, samples, seed } = estimateOptions;

export const symmetry: CommandBody = command({
  name: 'symmetry',
  examples: [
    ['symmetry model.json', 'generators, order, state orbits; instances of the theorems'],
    ['symmetry model.json --save-certificates proofs', 'and a certificate of each, for mdpower verify'],
    ['symmetry model.json --state hub --actions left,right', 'these two actions alone'],
    ['symmetry model.json --evidence -g 0.5', 'the proofs beside orbit counts and i.i.d. values'],
    ['symmetry model.json --actions left,right --almost', 'how far the two are from being certified'],
    ['symmetry model.json --duplicate candy=4', 'what depends on how the environment is written down'],
    [
      "symmetry model.json --assert '6.9(hub, right, left)'",
      'a gate: exit code 0 if the theorem applies, 1 if not, 4 if open',
    ],
    [
      `symmetry model.json --reward '{"states": {"off": "point(0)"}}'`,
      'which POWERs are equal under this law',
    ],
  ],
  arguments: [['<model>', 'model file (JSON, YAML or .mdpb), - for standard input']],
  options: {
    state: optional('-s, --state <name>', 'only what concerns this state', text),
    actions: optional('-a, --actions <a,b>', 'only these two actions of it (or of the start)', text),
    saveCertificates: optional('--save-certificates <dir>', 'write a file for every instance', text),
    budget: option('--budget <nodes>', 'effort of the search', parseBudget, 2_000_000, '2000000'),
    evidence: flag('--evidence', 'beside each claim, orbit counts and i.i.d. values'),
    orbitReward: repeated('--orbit-reward <reward>', 'count the orbit of this reward function; repeatable'),
    almost: flag(
      '--almost',
      'the least change of the environment that lets 6.9, 6.6 or one copy more of D.12 apply',
    ),
    duplicate: repeated('--duplicate <state=k>', 'what changes if the state is split into k; repeatable'),
    quotient: flag('--quotient', 'what changes if equivalent states are merged'),
    gamma,
    reward,
    samples: optional(samples.flags, 'draws where evidence is sampled (default: 10000)', parseSamples),
    seed,
    ...gateOptions,
    ...modelOptions,
    ...outputOptions,
  },
  async run([path], options, io) {
    const [{ destinations, writeResult }, { symmetryDocument }, { saveCertificates }, gates] =
      await Promise.all([
        import('../output.js'),
        import('../symmetry.js'),
        import('../save-certificates.js'),
        import('../gates.js'),
      ]);
    const inputs = [path!, options.reward ?? '', ...options.assertFile];
    const to = await destinations(options, inputs, io);
    const assertions = await gates.readAssertions(options, inputs, io);
    const folder = options.saveCertificates;
    if (folder !== undefined) await io.makeFolder(folder);
    const document = await symmetryDocument(path!, { ...options, assertions }, io);
    if (folder !== undefined) await saveCertificates(document.symmetry ?? [], folder, options, io);
    await writeResult(document, to, options, io);
    await gates.writeGateReports(document, options, options.quiet, io);
    return gates.gateExitCode(document.assertions ?? [], ExitCode.done);
  },
});
