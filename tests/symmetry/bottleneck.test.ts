// 6.9(2) needs a bottleneck: what follows the two actions is reached by them alone.
import { expect, it } from 'vitest';
import { parseModel } from '../../src/mdp/parse.js';
import { modelHash } from '../../src/symmetry/model-hash.js';
import { verifyCertificate } from '../../src/symmetry/verify.js';

it.each([
  ['z', true],
  ['x', false],
])('with a third action that may lead to %s the certificate is valid: %s', (target, isValid) => {
  const third = { [target]: '1/2', w: '1/2' };
  const model = {
    states: ['s', 'x', 'y', 'z', 'w'],
    transitions: { s: { a: 'x', b: 'y', c: third } },
    terminal: ['x', 'y', 'z', 'w'],
  };
  const mdp = parseModel(JSON.stringify(model));
  const { valid, steps } = verifyCertificate(mdp, {
    certificate: 1,
    model: modelHash(mdp),
    theorem: '6.9(2)',
    state: 's',
    action: 'a',
    other: 'b',
    permutations: [{ x: 'y', y: 'x' }],
  });
  expect(valid, JSON.stringify(steps)).toBe(isValid);
  if (!isValid) expect(steps.at(-1)?.finding).toBe('it reaches x without them');
});

// 6.9(1) needs that the state is not met again after the other action.
it.each([
  ['x', 'y', true],
  ['s', 's', false],
])('where the two actions lead on to %s and %s the certificate of 6.9(1) is valid: %s', (x, y, isValid) => {
  const transitions = { s: { a: 'x', b: 'y' }, x: { on: x }, y: { on: y } };
  const mdp = parseModel(JSON.stringify({ states: ['s', 'x', 'y'], transitions }));
  const { valid } = verifyCertificate(mdp, {
    certificate: 1,
    model: modelHash(mdp),
    theorem: '6.9(1)',
    state: 's',
    action: 'a',
    other: 'b',
    permutations: [{ x: 'y', y: 'x' }],
  });
  expect(valid).toBe(isValid);
});
