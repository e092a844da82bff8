import type { NearMiss } from '../../symmetry/almost.js';
import { type Block, list } from '../block.js';
import { formatCount } from '../format.js';

/** How far each pair of actions is from a theorem, in words. */
export function almostBlocks(rows: readonly NearMiss[]): Block[] {
  const remark =
    'An edge added or removed costs 1, other probabilities their total variation; up to three changes are tried together.';
  return [list('Almost certified', [...rows.map(sentence), remark])];
}

function sentence({ state, action, other, theorems, changes, cost, tried, complete }: NearMiss): string {
  const pair = `in ${state}, ${action} over ${other}`;
  if (cost === null) {
    const end = complete
      ? `no set of up to three changes is enough`
      : `nothing was found; stopped after ${formatCount(tried)} environments`;
    return `${pair}: ${end}`;
  }
  const least = complete ? 'the least change' : 'a change, perhaps not the least';
  return `${pair}: ${theorems.join(' and ')} would apply after ${least}, ${cost}: ${changes.join('; ')}`;
}
