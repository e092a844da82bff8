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

// The visits from s after either action have s itself at t = 0, so φ has to leave it where it is.
it.each([
  [{ x: 'y', y: 'x' }, true],
  [{ x: 'y', y: 'x', s: 't', t: 's' }, false],
])('where the permutation is %o the certificate of 6.9(1) is valid: %s', (permutation, isValid) => {
  const transitions = { s: { a: 'x', b: 'y' }, t: { a: 'x', b: 'y' } };
  const mdp = parseModel(JSON.stringify({ states: ['s', 't', 'x', 'y'], transitions, terminal: ['x', 'y'] }));
  const { valid } = verifyCertificate(mdp, {
    certificate: 1,
    model: modelHash(mdp),
    theorem: '6.9(1)',
    state: 's',
    action: 'a',
    other: 'b',
    permutations: [permutation],
  });
  expect(valid).toBe(isValid);
});

// After a there are two ways on, after b one. In strict claims the first must be the only optimum for some reward function.
it.each([
  ['the way without a copy', { z: '1' }, { s: '1/2', x: '1', z: '2' }, true, 'solves'],
  ['both ways after a', { x: '1', z: '1' }, { s: '1', x: '2', z: '2' }, false, 'several actions'],
  ['everything', {}, {}, false, 'several actions'],
  ['the way with a copy', { x: '1' }, { s: '1', x: '2' }, false, 'has its copy after b'],
  ['what follows b', { y: '1' }, { s: '1', y: '2' }, false, 'does not come to take a'],
])('where %s is optimal for the witness', (_title, reward, values, isValid, finding) => {
  const transitions = { s: { a: 'x', b: 'y' }, x: { go: 'z', stay: 'x' } };
  const mdp = parseModel(JSON.stringify({ states: ['s', 'x', 'y', 'z'], transitions, terminal: ['y', 'z'] }));
  const { valid, steps } = verifyCertificate(mdp, {
    certificate: 1,
    model: modelHash(mdp),
    theorem: '6.9(1)',
    state: 's',
    action: 'a',
    other: 'b',
    permutations: [{ x: 'y', y: 'x' }],
    strict: { gamma: '1/2', reward, values },
  });
  expect(valid, JSON.stringify(steps)).toBe(isValid);
  expect(steps.at(-1)?.finding).toContain(finding);
});
