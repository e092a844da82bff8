import { stronglyConnectedComponents } from '../mdp/components.js';
import type { Mdp } from '../mdp/model.js';

/**
 * The simple cycles of a deterministic model, each as its states in order from the smallest; duplicates of an action
 * count once. Null if more than `limit` steps would be needed: there can be exponentially many.
 */
export function simpleCycles(mdp: Mdp, limit: number): number[][] | null {
  const { choicePtr, choiceClass, successor } = mdp;
  const { component } = stronglyConnectedComponents(mdp);
  const cycles: number[][] = [];
  const onPath = new Uint8Array(mdp.stateCount);
  let steps = 0;
  for (let first = 0; first < mdp.stateCount; first++) {
    // Depth first over simple paths from `first` through greater states of its component.
    const path = [first];
    const next = [choicePtr[first]!];
    onPath[first] = 1;
    while (path.length > 0) {
      if (++steps > limit) return null;
      const state = path.at(-1)!;
      const choice = next[path.length - 1]!++;
      if (choice === choicePtr[state + 1]) {
        onPath[state] = 0;
        path.pop();
        next.pop();
        continue;
      }
      if (choiceClass[choice] !== choice) continue;
      const target = successor[choice]!;
      if (target === first) {
        cycles.push([...path]);
      } else if (target > first && onPath[target] === 0 && component[target] === component[first]) {
        onPath[target] = 1;
        path.push(target);
        next.push(choicePtr[target]!);
      }
    }
  }
  return cycles;
}
