import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { run } from './fake-io.js';

// A finder (and with it a checker) that claims the opposite of Prop. 6.9 on Fig. 1.
vi.mock('../../src/symmetry/find-certificates.js', () => ({
  findCertificates: () => {
    const certificate = {
      certificate: 1,
      model: '',
      theorem: '6.9(2)',
      state: '★',
      action: 'left',
      other: 'right',
    };
    return { instances: [{ certificate, involutions: null }], nodes: 1, cuts: [] };
  },
}));

const model = join(resolve(import.meta.dirname, '../../fixtures'), 'mdp/fig1.json');

it('a claim that exact evidence contradicts ends the program with 5', async () => {
  const believed = await run(['symmetry', model, '-g', '0.5']);
  expect(believed.code).toBe(0);
  const { code, stderr } = await run(['symmetry', model, '--evidence', '-g', '0.5']);
  expect(code).toBe(5);
  expect(stderr).toMatch(/contradicts a certified claim/);
  expect(stderr).toMatch(/11710 of the orbit|left and right/);
});
