import { expect } from 'vitest';
import { isStrict } from '../../src/symmetry/certificate.js';
import { findCertificates } from '../../src/symmetry/find-certificates.js';
import type { Instance } from '../../src/symmetry/finder/of-states.js';
import { type ExactModel, mdpOfRows } from '../oracles/exact-model.js';
import { bruteInstances } from './brute-instances.js';

/** Every instance of every theorem: there if and only if it holds, with its number of involutions and its strictness. */
export function compareInstances(model: ExactModel): void {
  const mdp = mdpOfRows(model);
  const { instances, cuts } = findCertificates(mdp);
  expect(cuts).toEqual([]);
  const found = new Map<string, Instance>();
  for (const instance of instances) found.set(keyOf(instance), instance);
  expect(found.size).toBe(instances.length);
  const truth = bruteInstances(model);
  const wanted = new Map<string, { strict: boolean; count: number | null }>();
  const states = [...model.keys()];
  for (const s of states) {
    for (const other of states) {
      if (other === s) continue;
      const discounted = truth.ofStates(s, other);
      if (discounted.count > 0) wanted.set(`6.6 s${s} s${other}`, discounted);
      const { count, strict } = truth.averageOfStates(s, other);
      if (count > 0) wanted.set(`6.12 s${s} s${other}`, { strict, count: null });
    }
    for (const a of model[s]!.keys()) {
      for (const b of model[s]!.keys()) {
        if (a === b) continue;
        const { part1, part2, ...copy } = truth.ofActions(s, a, b);
        if (copy.count > 0 && part1) wanted.set(`6.9(1) s${s} a${a} a${b}`, copy);
        if (copy.count > 0 && part2) wanted.set(`6.9(2) s${s} a${a} a${b}`, copy);
        const { count, strict } = truth.averageOfActions(s, a, b);
        if (count > 0) wanted.set(`6.13 s${s} a${a} a${b}`, { strict, count: null });
      }
    }
    const cycles = truth.oneCycles(s);
    if (cycles.length < 2) continue;
    for (const x of cycles) {
      wanted.set(`6.14 s${s} s${x}`, { strict: cycles.length > 2, count: null });
      wanted.set(`D.12 s${s} s${x} ${cycles.length - 1}`, { strict: false, count: null });
    }
  }
  const beside = ['E.47', 'D.11'];
  const got = [...found]
    .filter(([, { certificate }]) => !beside.includes(certificate.theorem))
    .map(([key, { certificate, involutions }]) => `${key} ${isStrict(certificate)} ${involutions}`);
  expect(got.sort()).toEqual(
    [...wanted].map(([key, { strict, count }]) => `${key} ${strict} ${count}`).sort(),
  );
}

function keyOf({ certificate }: Instance): string {
  const { theorem, state, start, action, other, avoid, copies } = certificate;
  return [theorem, start, state, action, other, avoid?.join(), theorem === 'D.12' ? copies : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}
