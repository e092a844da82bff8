import { internalError } from '../errors.js';
import type { Mdp } from '../mdp/model.js';
import { isAutomorphism, type Permutation } from './permutation.js';
import { initialPartition, type Partition, refine } from './refine.js';
import { searchAutomorphisms } from './search.js';
import { structureOf } from './structure.js';
import { twinsOf } from './twins.js';
import { orbitsOf } from './union-find.js';

/** The symmetries of an environment: permutations of the states that keep all its rows (actions may be relabelled). */
export interface AutomorphismGroup {
  /** Number of automorphisms; with `complete` false a lower bound (in fact a divisor). Choices with equal rows count once. */
  readonly order: bigint;
  /** They generate the group; none is the identity. With `complete` false they generate a subgroup. */
  readonly generators: readonly Permutation[];
  /** Int32 (S): the smallest state of each state's orbit under the generators */
  readonly orbits: Int32Array;
  /** False if the budget ended the search. Two states of one orbit are then symmetric all the same; others may be too. */
  readonly complete: boolean;
  /** nodes of the search tree */
  readonly nodes: number;
}

export interface AutomorphismOptions {
  /** Effort allowed, in incidences of the model's graph looked at; the default is some tens of seconds. */
  readonly budget?: number;
  /** Int32 (S), integers ≥ 0: only automorphisms that take every state to one of its own class. Default: no restriction. */
  readonly stateClass?: Int32Array;
}

const DEFAULT_BUDGET = 3e8;

/**
 * The automorphism group of an environment, with exact probabilities: φ such that for every state s the set of rows of s,
 * with each successor t replaced by φ(t), is the set of rows of φ(s). Every generator reported has passed that
 * definition. The result depends on the model and the options alone, not on time or machine.
 *
 * @throws internalError a generator fails the definition
 */
export function automorphismGroup(mdp: Mdp, options: AutomorphismOptions = {}): AutomorphismGroup {
  const { budget = DEFAULT_BUDGET, stateClass = new Int32Array(mdp.stateCount) } = options;
  const structure = structureOf(mdp);
  const coarse = initialPartition(structure, stateClass);
  refineAll(coarse);
  const twins = twinsOf(mdp, coarse.cellOf.subarray(0, mdp.stateCount));
  const partition =
    twins.order === 1n ? coarse : initialPartition(structure, rankedColours(coarse, twins.rank));
  if (partition !== coarse) refineAll(partition);
  const search = searchAutomorphisms(partition, (permutation) => isAutomorphism(mdp, permutation), budget);
  const generators = [...twins.generators, ...search.generators];
  // The search has put its own to the test.
  for (const generator of twins.generators) {
    if (!isAutomorphism(mdp, generator)) {
      throw internalError('a symmetry found by the search does not keep the transitions', {
        found: generator.join(' '),
        hint: 'Please report this together with the model file.',
      });
    }
  }
  return {
    order: twins.order * search.order,
    generators,
    orbits: orbitsOf(mdp.stateCount, generators),
    complete: search.complete,
    nodes: search.nodes,
  };
}

function refineAll(partition: Partition): void {
  const starts: number[] = [];
  const { cellLength } = partition;
  for (let start = 0; start < cellLength.length; start += cellLength[start]!) starts.push(start);
  refine(partition, starts, () => true);
}

/** Colours for cell and rank together, numbered in that order. */
function rankedColours(partition: Partition, rank: Int32Array): Int32Array {
  const states = Array.from(rank, (_, state) => state);
  const { cellOf } = partition;
  states.sort((a, b) => cellOf[a]! - cellOf[b]! || rank[a]! - rank[b]!);
  const colours = new Int32Array(rank.length);
  for (let i = 1; i < states.length; i++) {
    const [before, state] = [states[i - 1]!, states[i]!];
    const same = cellOf[before] === cellOf[state] && rank[before] === rank[state];
    colours[state] = colours[before]! + (same ? 0 : 1);
  }
  return colours;
}
