import { usageError } from '../../errors.js';
import type { PictureKind } from './kinds.js';
import type { PictureSource } from './picture.js';
import { terminalBars } from './terminal-bars.js';
import { terminalCurves } from './terminal-curves.js';
import { terminalForest } from './terminal-forest.js';
import { terminalMap } from './terminal-map.js';

/**
 * A picture of characters, without colour, no line wider than `width` columns.
 * @throws {UserError} usage: this kind has no such form, or the result does not have what it shows
 */
export function terminalPicture(
  kind: PictureKind,
  { document, mdp, state }: PictureSource,
  width: number,
): string {
  switch (kind) {
    case 'grid':
      if (mdp === null)
        throw usageError('--kind grid needs the model', { hint: 'name its file with --model' });
      return terminalMap(document, mdp, width);
    case 'power':
      return terminalCurves(document, width);
    case 'forest':
      return terminalForest(document, width);
    case 'optimality':
    case 'orbit':
      return terminalBars(kind, document, state, width);
    case 'graph':
      throw usageError('--kind graph cannot be written as terminal', { wanted: 'svg, png, pdf or dot' });
  }
}
