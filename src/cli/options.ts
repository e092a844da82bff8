import type { Discount } from '../number/discount.js';
import { parseDiscountList } from '../number/discount.js';
import { FORMATS, type Format } from '../report/formats.js';
import {
  parseBytes,
  parseConfidence,
  parseDuration,
  parseSamples,
  parseSeed,
  parseThreads,
  parseTolerance,
  parseWidth,
} from './numbers.js';
import { choice, flag, type Option, option, optional, repeated, text } from './option.js';

const WHEN = ['auto', 'always', 'never'] as const;
type When = (typeof WHEN)[number];

/** Where results go and what is said beside them: every command takes these. */
export const outputOptions: {
  readonly format: Option<Format | undefined>;
  readonly output: Option<readonly string[]>;
  readonly standalone: Option<boolean>;
  readonly uncertainty: Option<'bracket' | 'pm' | undefined>;
  readonly quiet: Option<boolean>;
  readonly color: Option<When>;
} = {
  format: choice('-f, --format <format>', 'of standard output, terminal by default', FORMATS),
  output: repeated('-o, --output <file>', 'write there instead, format by extension; repeatable'),
  standalone: flag('--standalone', 'LaTeX: a complete document, not a fragment for \\input'),
  uncertainty: choice('--uncertainty <how>', 'LaTeX: 0.6669(5), the default, or 0.6669 ± 0.0005', [
    'bracket',
    'pm',
  ]),
  quiet: flag('-q, --quiet', 'no notes on standard error, only errors'),
  color: choice('--color <when>', 'colours', WHEN, 'auto'),
};

/** What must be so for the command to succeed. */
export const gateOptions: {
  readonly assert: Option<readonly string[]>;
  readonly assertFile: Option<readonly string[]>;
  readonly junit: Option<string | undefined>;
  readonly githubSummary: Option<boolean>;
} = {
  assert: repeated(
    '--assert <claim>',
    "exit code 1 unless it holds, 4 if undecided: 'POWER(a) > POWER(b)'; repeatable",
  ),
  assertFile: repeated('--assert-file <file>', 'claims, one a line; repeatable'),
  junit: optional('--junit <file>', 'write the outcomes as JUnit XML', text),
  githubSummary: flag('--github-summary', 'add the outcomes to $GITHUB_STEP_SUMMARY'),
};

/** How a model is read. */
export const modelOptions: { readonly normalizeRows: Option<boolean> } = {
  normalizeRows: flag('--normalize-rows', 'scale rows that do not sum to 1, and say so in the result'),
};

/** What a run may use, each in its unit: milliseconds, bytes. */
export const limitOptions: {
  readonly timeout: Option<number | undefined>;
  readonly maxMemory: Option<number | undefined>;
} = {
  timeout: optional(
    '--timeout <time>',
    'end after 30s, 10m, 2h of sampling, with what is done',
    parseDuration,
  ),
  maxMemory: optional('--max-memory <size>', 'end above 512M, 2G, with what is done', parseBytes),
};

/** How a long run is kept. */
export const checkpointOptions: { readonly checkpoint: Option<string | undefined> } = {
  checkpoint: optional('--checkpoint <file>', 'keep the run there, and go on from there', text),
};

/** What an estimate by sampling takes; a reward law that is not given is the model's own, or uniform(0, 1). */
export const estimateOptions: {
  readonly gamma: Option<readonly Discount[]>;
  readonly reward: Option<string | undefined>;
  readonly samples: Option<number | undefined>;
  readonly seed: Option<bigint>;
  readonly threads: Option<number>;
  readonly confidence: Option<number>;
  readonly simultaneous: Option<boolean>;
  readonly sampler: Option<'auto' | 'random' | 'sobol'>;
  readonly untilWidth: Option<number | undefined>;
  readonly tolerance: Option<number | undefined>;
  readonly method: Option<'auto' | 'sampled' | 'exact'>;
  readonly progress: Option<When>;
  readonly verbose: Option<boolean>;
} = {
  gamma: option(
    '-g, --gamma <list>',
    'discounts per step: 0.5,0.9 or 2/3 or 0.1:0.9:0.1; 0 and 1 are limits',
    parseDiscountList,
    parseDiscountList('0.1,0.5,0.9,0.99'),
    '0.1,0.5,0.9,0.99',
  ),
  reward: optional(
    '-r, --reward <law>',
    "law of the rewards: text, JSON, or a file (default: the model's, else uniform(0, 1))",
    text,
  ),
  samples: optional(
    '-n, --samples <n>',
    'reward functions to draw (default: 100000, where sampling is needed)',
    parseSamples,
  ),
  seed: option('--seed <n>', 'same seed, same digits, whatever --threads is', parseSeed, 1n, '1'),
  threads: option('--threads <n>', 'worker threads; 0 is one per core', parseThreads, 0, 'one per core'),
  confidence: option('--confidence <share>', 'of each interval', parseConfidence, 0.95, '0.95'),
  simultaneous: flag('--simultaneous', 'widen the intervals to hold for all rows at once'),
  sampler: choice('--sampler <sampler>', 'which points of the law', ['auto', 'random', 'sobol'], 'auto'),
  untilWidth: optional(
    '--until-width <width>',
    'end when no interval is wider; --samples is then the most to draw',
    parseWidth,
  ),
  tolerance: optional(
    '--tolerance <power>',
    'largest certified solver error (default: a tenth of the standard error)',
    parseTolerance,
  ),
  method: choice(
    '--method <method>',
    'how the numbers are got; auto is exact where that is cheap',
    ['auto', 'sampled', 'exact'],
    'auto',
  ),
  progress: choice('--progress <when>', 'progress on standard error', WHEN, 'auto'),
  verbose: flag('-v, --verbose', 'more on standard error: what the solver did'),
};
