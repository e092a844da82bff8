import { type Rational, rational, ZERO } from '../../number/rational.js';
import type { ModelContent } from '../binary/write-binary.js';
import { addRow } from '../csr.js';
import { cellName, type GridOptions, gridMoves } from '../grid-model.js';
import { valueIndex } from '../probability-table.js';
import { chainParts, gridParts, starParts } from './named.js';
import { packed, type RowWriter } from './packed.js';

/** `star` in packed form. */
export function packedStar(leaves: number): ModelContent {
  const { names, ...parts } = starParts(leaves);
  const states = ['hub', ...names];
  const layout = states.map((_, s): [number, number] => (s === 0 ? [0, 0] : [1, s - 1 - (leaves - 1) / 2]));
  return packed({ ...parts, states, layout }, (s, writer) => {
    if (s === 0) for (const [i, leaf] of names.entries()) writer.certain(leaf, i + 1);
  });
}

/** `chain` in packed form. */
export function packedChain(length: number): ModelContent {
  const { names, ...parts } = chainParts(length);
  const layout = names.map((_, s): [number, number] => [s, 0]);
  return packed({ ...parts, states: names, layout }, (s, writer) => {
    if (s === length - 1) return;
    writer.certain('stay', s);
    writer.certain('next', s + 1);
  });
}

/** `openGrid` in packed form. */
export function packedGrid(width: number, height: number, options: GridOptions = {}): ModelContent {
  const { slip = ZERO } = options;
  const moves = gridMoves(options);
  const states: string[] = [];
  const layout: [number, number][] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      states.push(cellName(row, column));
      layout.push([column, row]);
    }
  }
  const targets: number[] = new Array(moves.length);
  const indexOf = slipIndices(slip, moves.length);
  return packed({ ...gridParts(width, height), states, layout }, (s, writer) => {
    const [column, row] = layout[s]!;
    moves.forEach(([, [right, down]], i) => {
      const isInside =
        column + right >= 0 && column + right < width && row + down >= 0 && row + down < height;
      targets[i] = isInside ? s + right + down * width : s;
    });
    moves.forEach(([name], i) => {
      if (slip.equals(ZERO)) writer.certain(name, targets[i]!);
      else {
        // In the order of the text form, so that probabilities get the same numbers.
        const distinct = [...new Set([targets[i]!, ...targets])];
        addRow(
          writer.rows,
          name,
          distinct,
          distinct.map((target) => indexOf(writer, target === targets[i], count(targets, target))),
        );
      }
    });
  });
}

/** The probability of ending in a cell to which `times` of n actions lead, the wanted one among them or not. */
function slipIndices(
  slip: Rational,
  actions: number,
): (writer: RowWriter, isWanted: boolean, times: number) => number {
  const known = new Map<number, number>();
  return ({ table }, isWanted, times) => {
    const key = 2 * times + (isWanted ? 1 : 0);
    let index = known.get(key);
    if (index === undefined) {
      const slipped = slip.mul(rational(times, actions));
      const { n, d } = isWanted ? rational(1).sub(slip).add(slipped) : slipped;
      index = valueIndex(table, n, d);
      known.set(key, index);
    }
    return index;
  };
}

function count(targets: readonly number[], wanted: number): number {
  return targets.reduce((times, target) => times + (target === wanted ? 1 : 0), 0);
}
