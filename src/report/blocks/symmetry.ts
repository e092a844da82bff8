import { type Block, type Fact, facts } from '../block.js';
import type { AutomorphismSummary, SelfCheck } from '../document.js';
import { formatBound, formatCount, formatQuantity } from '../format.js';
import { nameList } from '../name-list.js';

/** As many generators are shown; the machine formats have them all. */
const MOST_GENERATORS = 8;
/** As many orbits, and states of one orbit. */
const MOST_SHOWN = 6;
/** Longer cycle notation is cut. */
const LONGEST_NOTATION = 160;

/** Automorphisms of the environment: how many, what generates them, and what they prove. */
export function symmetryBlocks(found: AutomorphismSummary): Block[] {
  const entries: (Fact | false)[] = [
    ['automorphisms', orderText(found)],
    ...generatorFacts(found),
    ['state orbits', orbitsText(found.orbits)],
    ['equal POWER', equalPowerText(found)],
    found.selfCheck !== null && ['self-check', selfCheckText(found.selfCheck)],
  ];
  return [facts(entries, 'Symmetry')];
}

function orderText({ order, complete }: AutomorphismSummary): string {
  const size =
    order.length > 24
      ? `about ${order[0]}.${order.slice(1, 3)}e${order.length - 1}`
      : formatCount(BigInt(order));
  if (!complete) return `${size} or more: the search ended early`;
  return order === '1' ? '1: only the identity keeps every transition' : size;
}

function generatorFacts({ generators }: AutomorphismSummary): Fact[] {
  const shown = generators.slice(0, MOST_GENERATORS).map(({ notation }) => cut(notation));
  const more = generators.length - shown.length;
  if (more > 0) shown.push(`and ${formatCount(more)} more`);
  return shown.map((text, index) => [index === 0 ? 'generators' : '', text]);
}

function cut(notation: string): string {
  if (notation.length <= LONGEST_NOTATION) return notation;
  const characters = [...notation];
  return `${characters.slice(0, LONGEST_NOTATION).join('')}… (${formatCount(characters.length)} characters)`;
}

function orbitsText(orbits: readonly (readonly string[])[]): string {
  const moved = orbits.filter(({ length }) => length > 1);
  const fixed = orbits.length - moved.length;
  if (moved.length === 0) return 'every state is alone in its orbit';
  const rest =
    fixed === 0 ? '' : fixed === 1 ? '; one state is alone' : `; ${formatCount(fixed)} states are alone`;
  return `${setsText(moved)}${rest}`;
}

function setsText(sets: readonly (readonly string[])[]): string {
  return nameList(
    sets.map((states) => `{${nameList(states, MOST_SHOWN)}}`),
    MOST_SHOWN,
  );
}

function equalPowerText({ equalPower }: AutomorphismSummary): string {
  if (equalPower === null) return 'nothing follows: this reward law is not known to be kept by any symmetry';
  if (equalPower.length === 0) return 'nothing follows from these symmetries under this reward law';
  return `${setsText(equalPower)}: proved for every γ, as these symmetries keep the reward law`;
}

function selfCheckText({
  rewardFunctions,
  generators,
  comparisons,
  largestDifference,
  largestBound,
}: SelfCheck): string {
  return (
    `passed: ${formatQuantity(rewardFunctions, 'reward function')} permuted by ${formatQuantity(generators, 'generator')} ` +
    `and solved again; ${formatQuantity(comparisons, 'value')} agree within the proved bounds (difference at most ` +
    `${formatBound(largestDifference)}, bounds up to ${formatBound(largestBound)})`
  );
}
