import { createHash } from 'node:crypto';
import type { Mdp } from '../mdp/model.js';
import { rationalText } from '../number/rational.js';

/** Models do not change, and many certificates are about one. */
const hashes = new WeakMap<Mdp, string>();

/**
 * SHA-256 of what a certificate speaks of: states, actions and exact rows, by name. Layout, order, notation of numbers,
 * description, labels, start and reward of the file make no difference; a change of any probability or name does.
 *
 * The bytes that are hashed are UTF-8 lines, one for each choice, `["state","action",["successor","p/q"],...]` as JSON
 * without blanks, successors and then lines sorted by UTF-16 code units, joined by line feeds.
 */
export function modelHash(mdp: Mdp): string {
  const known = hashes.get(mdp);
  if (known !== undefined) return known;
  const lines: string[] = [];
  for (let s = 0; s < mdp.stateCount; s++) {
    for (let c = mdp.choicePtr[s]!; c < mdp.choicePtr[s + 1]!; c++) {
      const row: [string, string][] = [];
      for (let k = mdp.rowPtr[c]!; k < mdp.rowPtr[c + 1]!; k++) {
        row.push([mdp.states[mdp.successor[k]!]!, rationalText(mdp.exact.values[mdp.exact.index[k]!]!)]);
      }
      row.sort(([a], [b]) => (a < b ? -1 : 1));
      lines.push(JSON.stringify([mdp.states[s], mdp.actions[c], ...row]));
    }
  }
  const hash = createHash('sha256').update(lines.sort().join('\n')).digest('hex');
  hashes.set(mdp, hash);
  return hash;
}
