import { modelCodes } from './model-codes.js';

/** Diagnostics of rewards, runs and results: what is wrong, why it matters, what to do. */
const otherCodes: Readonly<Record<string, string>> = {
  E_ASSERTION:
    "An assertion cannot be read, or speaks of a state, action or discount that is not there. It compares sums of POWER(state), P(state, action), STRICT(state, action), abs(sum) and numbers: 'POWER(a) > POWER(b)', 'P(s, a) - P(s, b) >= 1/10 @ 0.9', 'abs(POWER(a) - POWER(b)) < 0.01'; or says that a theorem applies: '6.9(start, right, left)', 'strict 6.6(a, b)', 'D.12(start, off) >= 3/4'. A name with blanks or signs in it stands in quotes.",
  E_CERTIFICATE:
    'A certificate file is not one: a field is missing, unknown or of the wrong kind for its theorem. README and fixtures/certificates show the form; mdpower symmetry --save-certificates writes them.',
  E_CHECKPOINT:
    'A checkpoint cannot be gone on from: it is damaged, cut off, of another version of mdpower, of another run, or holds more samples than are asked for. The message says what differs. Going on would give wrong digits; remove the file, or name another, to begin anew.',
  E_CONFIG:
    'A configuration file has a setting that does not exist, or a value that means nothing. Its keys are the long names of options (gamma, samples, reward, ...), its values what would follow them on the command line.',
  E_EXPERIMENT:
    'An experiment file has a value that means nothing: a slip outside 0 to 1, a name that cannot be one, a setting that the option of the same name would refuse. `mdpower schema experiment` prints the form.',
  E_EXPR:
    'A reward expression cannot be read. It may use u, numbers, + - * / ^, brackets, exp log sqrt sin cos abs min max, pi and e; nothing else is ever run.',
  E_EXPR_VALUE:
    'A reward expression has no finite value somewhere between u = 0 and u = 1, such as log(u) - 1/0. Every reward must be a number.',
  E_INTERNAL:
    'A proved bound was contradicted by another computation: a bug in mdpower, not in the model. No result is printed. Please report it with the model and the command line.',
  E_INTERRUPTED:
    'The run was interrupted (SIGINT, SIGTERM) before any reward function was finished, so there is no result. Exit code 130 or 143.',
  E_IO: 'The system refused to read or write. The message ends with its own name of the error, such as ENOSPC; exit code 6.',
  E_LIMIT_LENGTH: 'A reward expression or list is longer than any that makes sense.',
  E_LIMIT_MEMORY:
    'The process held more memory than --max-memory allows. Fewer threads need less; a result that was begun is printed with what was done, marked as incomplete. Exit code 4.',
  E_LOCKED:
    'Another run works on this checkpoint or result folder: its process is alive, or on another machine. If it has ended for certain, remove the file that the message names. Exit code 6.',
  E_MEMORY:
    'A worker thread ran out of memory. Nothing is printed, since a mean over fewer samples than said would be wrong. Fewer threads need less; a run with --checkpoint goes on from what was done. Exit code 6.',
  E_NOTHING_TO_COMPARE:
    'The two results have no row in common: rows are matched by state, action and discount.',
  E_PRECISION:
    'The precision or exactness asked for cannot be reached. Results that are printed are still honest; exit code 4 says that not all was had that was asked for.',
  E_RESULT:
    'A file is not a result that --format json has written, or one of another version. `mdpower schema result` prints its form.',
  E_REWARD_FORM:
    'A reward object has none of the known forms: per-state laws, features and weights, functions, or orbit. `mdpower analyze --help` and the README show each.',
  E_REWARD_INFINITE:
    'The rewards have an infinite mean (pareto with shape at most 1), so that POWER is infinite. Choose a law with a mean.',
  E_REWARD_LAW:
    'There is no distribution of this name. Known are uniform, normal, exponential, beta, pareto, bernoulli, discrete, point and quantile.',
  E_REWARD_MISSING: 'A state has no law of its reward and there is no default. Add "default", or the state.',
  E_REWARD_NUMBER: 'A reward or parameter is not a number, or one that a double cannot hold.',
  E_REWARD_PARAMETER:
    'A parameter of a reward law is outside its range, such as a negative standard deviation or uniform(1, 0).',
  E_REWARD_SUM: 'Probabilities or weights of a reward law do not sum to 1. Fractions such as 1/3 are exact.',
  E_REWARD_SYNTAX:
    'A reward law cannot be read. It looks like uniform(0, 1), or is JSON, or the path of a JSON or YAML file.',
  E_USAGE:
    'The command line means nothing as it stands: an unknown option, a missing argument, a value of the wrong kind. `mdpower COMMAND --help` shows what a command takes.',
  E_VERIFY_KIND:
    'Only results of analyze, power and optimality can be verified: they record all that is needed to compute them again. What the other commands find has certificates, or is exact.',
  W_INTERRUPTED:
    'The run was interrupted, or ended by --timeout or --max-memory. The result is that of the reward functions finished by then, in their order, with intervals for that many; it is a fair sample, only smaller, marked "complete": false; of Sobol sets, only whole ones count. Exit code 130 or 143, or 4 for a limit.',
  E_SWEEP:
    'The result folder of a sweep is damaged, or is of another experiment or version of mdpower. A damaged cell is computed again by `mdpower resume FOLDER`; a damaged manifest or model is refused, since nothing would say what the numbers are of.',
  E_TIMEOUT:
    'The time of --timeout was over before any reward function was finished, so there is no result. Exit code 4.',
  E_WORKER:
    'A worker thread has ended before its work was done: it was killed, or the system refused it something. Nothing is printed. Exit code 6.',
  W_MOMENTS_UNCHECKED:
    'For quantile(EXPR) nobody has checked that mean and variance are finite. If they are not, the intervals mean nothing.',
  W_NOT_EXACT:
    'Exact results were asked for, and some have no exact method or cost too much; the note says which and why. What is sampled instead has its interval; exit code 4.',
  W_NO_INTERVAL:
    'No confidence interval holds for POWER: the rewards have infinite variance, or too few different samples of an unbounded reward were seen.',
  W_PRECISION:
    'The solver did not reach the tolerance asked for. The proved error that it did reach is inside the intervals.',
  W_UNDECIDED:
    'In some samples it could not be proved whether an action is optimal. They count half in the estimate, and the limits allow for both answers.',
  W_WIDTH:
    'The run was to end when every interval was narrow enough (--until-width), and --samples, the most that could be drawn, or an interruption came first. The intervals hold all the same. Exit code 4.',
};

/** Every diagnostic that the program can print, with its explanation; a test holds it against the sources. */
export const explanations: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...modelCodes, ...otherCodes }).sort(([a], [b]) => (a < b ? -1 : 1)),
);
