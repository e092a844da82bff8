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
  const bottlenecks: string[] = [];
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
        const copies = count > 0 ? truth.mostCopies(s, a, b) : 0;
        if (copies > 1) wanted.set(`D.11 s${s} a${a} a${b} ${copies}`, { strict: false, count: null });
        for (const start of states)
          if (truth.bottleneck(start, s, a, b)) bottlenecks.push(`E.47 s${start} s${s} a${a} a${b}`);
      }
    }
    const cycles = truth.oneCycles(s);
    if (cycles.length < 2) continue;
    for (const x of cycles) {
      wanted.set(`6.14 s${s} s${x}`, { strict: cycles.length > 2, count: null });
      wanted.set(`D.12 s${s} s${x} ${cycles.length - 1}`, { strict: false, count: null });
    }
  }
  const got = [...found]
    .filter(([, { certificate }]) => certificate.theorem !== 'E.47')
    .map(([key, { certificate, involutions }]) => `${key} ${isStrict(certificate)} ${involutions}`);
  expect(got.sort()).toEqual(
    [...wanted].map(([key, { strict, count }]) => `${key} ${strict} ${count}`).sort(),
  );
  expect([...found.keys()].filter((key) => key.startsWith('E.47')).sort()).toEqual(bottlenecks.sort());
}

/** In models with random transitions too: all that is said of recurrent distributions, as far as it holds. */
export function compareAverageInstances(model: ExactModel): void {
  const theorems = ['6.12', '6.13', 'D.11'] as const;
  const { instances, cuts } = findCertificates(mdpOfRows(model), { theorems });
  expect(cuts).toEqual([]);
  const truth = bruteInstances(model);
  const wanted: string[] = [];
  for (const s of model.keys()) {
    for (const other of model.keys()) {
      const { count, strict } = truth.averageOfStates(s, other);
      if (other !== s && count > 0) wanted.push(`6.12 s${s} s${other} ${strict}`);
    }
    for (const a of model[s]!.keys()) {
      for (const b of model[s]!.keys()) {
        const { count, strict } = truth.averageOfActions(s, a, b);
        if (a === b || count === 0) continue;
        wanted.push(`6.13 s${s} a${a} a${b} ${strict}`);
        const copies = truth.mostCopies(s, a, b);
        if (copies > 1) wanted.push(`D.11 s${s} a${a} a${b} ${copies} false`);
      }
    }
  }
  const got = instances.map((instance) => `${keyOf(instance)} ${isStrict(instance.certificate)}`);
  expect(got.sort()).toEqual(wanted.sort());
}

function keyOf({ certificate }: Instance): string {
  const { theorem, state, start, action, other, avoid, copies, permutations } = certificate;
  const count = theorem === 'D.12' ? copies : theorem === 'D.11' ? permutations!.length : undefined;
  return [theorem, start, state, action, other, avoid?.join(), count]
    .filter((part) => part !== undefined)
    .join(' ');
}
