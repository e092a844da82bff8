import type { NearMiss } from '../../symmetry/almost.js';
import { type Block, list } from '../block.js';
import { formatCount } from '../format.js';

/** How far pairs of actions and states, and 1-cycles, are from a theorem, or the next copy, in words. */
export function almostBlocks(rows: readonly NearMiss[]): Block[] {
  const remark =
    'An edge added or removed costs 1, other probabilities their total variation; up to three changes are tried together, but of 1-cycles.';
  return [list('Almost certified', [...rows.map(sentence), remark])];
}

function sentence(miss: NearMiss): string {
  const { kind, theorems, copies, changes, cost, tried, complete } = miss;
  const pair = compared(miss);
  if (cost === null) {
    if (kind === 'oneCycles') return `${pair}: too few states are left for another copy`;
    const end = complete
      ? `no set of up to three changes is enough`
      : `nothing was found; stopped after ${formatCount(tried)} environments`;
    return `${pair}: ${end}`;
  }
  const least = complete ? 'the least change' : 'a change, perhaps not the least';
  const share = copies === null ? '' : ` for at least ${copies}/${copies + 1} of every orbit`;
  return `${pair}: ${theorems.join(' and ')} would apply${share} after ${least}, ${cost}: ${changes.join('; ')}`;
}

function compared({ kind, state, action, other }: NearMiss): string {
  switch (kind) {
    case 'actions':
      return `in ${state}, ${action} over ${other}`;
    case 'states':
      return `POWER of ${state} over ${other}`;
    case 'oneCycles':
      return `from ${state}, ending elsewhere over ending in ${other}`;
  }
}
