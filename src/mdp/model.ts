import type { Diagnostic } from '../errors.js';
import type { Rational } from '../number/rational.js';
import type { Quotients } from './quotients.js';
import type { SourceDocument } from './syntax.js';

/**
 * A finite Markov decision process without rewards (Turner et al. 2021, Def. 3.1), in compressed sparse rows.
 *
 * S states, C choices (an action available in a state), K transitions of positive probability.
 * State s has the choices choicePtr[s] … choicePtr[s+1]−1; choice c has the transitions rowPtr[c] … rowPtr[c+1]−1.
 * Within a row successors ascend and are distinct; a successor written with probability 0 is not an edge.
 * The typed arrays are views on shared memory, so that worker threads read one copy.
 */
export interface Mdp {
  readonly name: string;
  readonly stateCount: number;
  readonly choiceCount: number;
  readonly transitionCount: number;
  /** Int32 (S+1) */
  readonly choicePtr: Int32Array;
  /** Int32 (C+1) */
  readonly rowPtr: Int32Array;
  /** Int32 (K) */
  readonly successor: Int32Array;
  /** Float64 (K): the double nearest to the exact probability */
  readonly probability: Float64Array;
  /** Exact probabilities: transition k has probability exact.values[exact.index[k]]; values are distinct. */
  readonly exact: {
    readonly values: readonly Rational[];
    readonly index: Int32Array;
    /** the same values as they were written, if they were read: `values` is then made from them when first asked for */
    readonly quotients?: Quotients;
  };
  /** Int32 (C): the first choice of the same state with exactly the same row (Def. 6.7); c itself if there is none earlier. */
  readonly choiceClass: Int32Array;
  /** (S), in the file's order */
  readonly states: readonly string[];
  /** (C), in the file's order within each state */
  readonly actions: readonly string[];
  readonly start: number;
  readonly description?: string;
  readonly source?: string;
  /** label -> states, ascending */
  readonly labels: ReadonlyMap<string, readonly number[]>;
  /** (S) position of each state on a plane, x to the right and y down, or null where none is given */
  readonly layout: readonly (readonly [number, number] | null)[];
  /** The model's own reward, if it has one: a document whose root is the value of the key `reward`. */
  readonly reward?: SourceDocument;
  /** SHA-256 of the bytes that were read, lower-case hexadecimal. */
  readonly sha256: string;
  /** What a person would want to know about the file: rows normalised, unreachable states, … */
  readonly notes: readonly Diagnostic[];
}
