import type { Mdp } from '../mdp/model.js';

/**
 * The environment as a directed graph with labelled edges, for the search of its automorphisms.
 *
 * Vertices 0 … S−1 are the states. A choice that leads to one state is an edge to it; every other distinct choice is a
 * vertex S, S+1, … with an edge from its state and edges to its successors labelled by exact probability. Choices of a
 * state with equal rows count once. The automorphisms of the environment are the automorphisms of this graph that keep
 * states and choices apart, restricted to the states; the restriction loses nothing, because the choices of one state
 * have distinct rows.
 *
 * Vertex v has the incidences incidencePtr[v] … incidencePtr[v+1]−1, each with the vertex at the other end and a weight
 * that stands for (label, direction as seen from the other end).
 */
export interface Structure {
  readonly stateCount: number;
  readonly vertexCount: number;
  readonly incidencePtr: Int32Array;
  readonly neighbour: Int32Array;
  /** Positive integers; sums over a neighbourhood are below 2⁵³, so exact in doubles and independent of order. */
  readonly weight: Float64Array;
  /** Do equal sums over a neighbourhood prove equal numbers of edges of each label and direction? */
  readonly exactSums: boolean;
}

const OWNER_LABEL = 0;
const CERTAIN_LABEL = 1;
const FIRST_PROBABILITY_LABEL = 2;

export function structureOf(mdp: Mdp): Structure {
  const source: number[] = [];
  const target: number[] = [];
  const label: number[] = [];
  const addEdge = (from: number, to: number, edgeLabel: number): void => {
    source.push(from);
    target.push(to);
    label.push(edgeLabel);
  };
  let vertexCount = mdp.stateCount;
  for (let state = 0; state < mdp.stateCount; state++) {
    for (let choice = mdp.choicePtr[state]!; choice < mdp.choicePtr[state + 1]!; choice++) {
      if (mdp.choiceClass[choice] !== choice) continue;
      const [from, to] = [mdp.rowPtr[choice]!, mdp.rowPtr[choice + 1]!];
      if (to === from + 1) {
        addEdge(state, mdp.successor[from]!, CERTAIN_LABEL);
        continue;
      }
      const vertex = vertexCount++;
      addEdge(state, vertex, OWNER_LABEL);
      for (let k = from; k < to; k++) {
        addEdge(vertex, mdp.successor[k]!, FIRST_PROBABILITY_LABEL + mdp.exact.index[k]!);
      }
    }
  }

  const incidencePtr = new Int32Array(vertexCount + 1);
  for (let e = 0; e < source.length; e++) {
    incidencePtr[source[e]! + 1]!++;
    incidencePtr[target[e]! + 1]!++;
  }
  for (let v = 0; v < vertexCount; v++) incidencePtr[v + 1]! += incidencePtr[v]!;
  const { weightOf, exactSums } = labelWeights(vertexCount, source, target, label);
  const fill = incidencePtr.slice();
  const neighbour = new Int32Array(2 * source.length);
  const weight = new Float64Array(2 * source.length);
  for (let e = 0; e < source.length; e++) {
    const atSource = fill[source[e]!]!++;
    neighbour[atSource] = target[e]!;
    weight[atSource] = weightOf(2 * label[e]!);
    const atTarget = fill[target[e]!]!++;
    neighbour[atTarget] = source[e]!;
    weight[atTarget] = weightOf(2 * label[e]! + 1);
  }
  return { stateCount: mdp.stateCount, vertexCount, incidencePtr, neighbour, weight, exactSums };
}

/**
 * Weights for labels and directions, 2·label + direction. If they fit into the 53 bits of a double they are powers of a
 * number greater than any count, so that a sum tells how often each occurs. Otherwise they are scattered over the range
 * that keeps sums exact; sums of different neighbourhoods may then coincide by accident.
 */
function labelWeights(
  vertexCount: number,
  source: readonly number[],
  target: readonly number[],
  label: readonly number[],
): { weightOf: (label: number) => number; exactSums: boolean } {
  const degree = new Float64Array(vertexCount);
  for (const v of source) degree[v]!++;
  for (const v of target) degree[v]!++;
  const base = degree.reduce((most, value) => Math.max(most, value), 0) + 1;
  const labels = [...new Set(label)].flatMap((value) => [2 * value, 2 * value + 1]);
  const weights = new Map<number, number>();
  let power = 1;
  for (const value of labels) {
    weights.set(value, power);
    power *= base;
    if (power > Number.MAX_SAFE_INTEGER) break;
  }
  if (weights.size === labels.length && power <= Number.MAX_SAFE_INTEGER)
    return { weightOf: (value) => weights.get(value)!, exactSums: true };
  const range = Math.floor(Number.MAX_SAFE_INTEGER / base);
  const scattered = (value: number): number =>
    mix(value + 0x9e3779b9) * 0x200000 + (mix(value + 0x7f4a7c15) >>> 11);
  return { weightOf: (value) => (scattered(value) % range) + 1, exactSums: false };
}

/** The finaliser of MurmurHash3 (Appleby 2011, public domain): a bijection of 32-bit integers. */
export function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
