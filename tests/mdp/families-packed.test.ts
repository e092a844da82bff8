import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { writeBinaryModel } from '../../src/mdp/binary/write-binary.js';
import { buildModel } from '../../src/mdp/build.js';
import type { FamilyInput } from '../../src/mdp/families/options.js';
import { families } from '../../src/mdp/families/registry.js';

/** Kinds of models and their options, small and at the edges of what they take. */
const cases: readonly (readonly [string, FamilyInput])[] = [
  ['star', {}],
  ['star', { leaves: '1' }],
  ['star', { leaves: '40' }],
  ['chain', {}],
  ['chain', { length: '1' }],
  ['grid', {}],
  ['grid', { width: '1', height: '1' }],
  ['grid', { width: '1', height: '6', slip: '1/3' }],
  ['grid', { width: '7', height: '2', slip: '0.1', 'no-stay': true }],
  ['grid', { slip: '1' }],
  ['random', {}],
  ['random', { states: '1', actions: '2', successors: '1' }],
  ['random', { states: '60', actions: '4', successors: '5', seed: '7' }],
  ['random-deterministic', { states: '30', actions: '3' }],
  ['layered', { layers: '3', width: '4', actions: '2' }],
  ['layered', { layers: '1', width: '4' }],
];

describe('a family in packed form', () => {
  it.each(cases)('is, byte for byte, the model of its text: %s %j', (kind, input) => {
    const family = families.get(kind)!;
    const read = buildModel(family.build(input));
    const content = family.pack(input)!;
    expect(writeBinaryModel(content)).toEqual(writeBinaryModel(read));
    const { sha256: _, notes: __, exact, ...whole } = read;
    const { exact: packedExact, ...packed } = content;
    expect(packed).toMatchObject(whole);
    expect(packedExact.index).toEqual(exact.index);
  });

  it('refuses what is too large, as a text sooner than in packed form', () => {
    const family = families.get('random')!;
    const large = { states: '1000000', actions: '11', successors: '1' };
    expect(() => family.build(large)).toThrow(UserError);
    expect(() => family.pack({ ...large, actions: '101' })).toThrow(UserError);
  });
});
