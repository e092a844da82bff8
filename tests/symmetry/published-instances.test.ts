import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/mdp/build.js';
import type { Mdp } from '../../src/mdp/model.js';
import { parseModel } from '../../src/mdp/parse.js';
import { type Certificate, isStrict } from '../../src/symmetry/certificate.js';
import { type Findings, findCertificates } from '../../src/symmetry/find-certificates.js';
import { sized } from '../full-size.js';
import { deterministicMdp } from './structured-models.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures');

function modelOf(name: string): Mdp {
  const source = join(fixtures, 'mdp', `${name}.json`);
  return parseModel(readFileSync(source), { source });
}

interface Expected {
  readonly theorem: string;
  readonly s: string;
  readonly sPrime?: string;
  readonly a?: string;
  readonly aPrime?: string;
  readonly holds?: boolean;
  readonly copy?: boolean;
  readonly strict?: boolean;
  readonly numInvolutions?: number;
  readonly n?: number;
  readonly sx?: string;
  readonly Dprime?: unknown;
}

describe('Fig. 1 of Turner et al. (2021)', () => {
  const findings = findCertificates(modelOf('fig1'));
  const { expected } = JSON.parse(readFileSync(join(fixtures, 'expected/certificates.json'), 'utf8')) as {
    expected: Expected[];
  };

  it('is searched to the end', () => expect(findings.cuts).toEqual([]));

  it.each(expected.filter(({ theorem }) => theorem === '6.6'))('6.6 for $s over $sPrime: $holds', (entry) => {
    const [instance] = instances(findings, { theorem: '6.6', state: entry.s, other: entry.sPrime! });
    expect(instance !== undefined).toBe(entry.holds);
    if (instance === undefined) return;
    expect(instance.involutions).toBe(entry.numInvolutions);
    expect(isStrict(instance.certificate)).toBe(entry.strict);
  });

  it.each(expected.filter(({ theorem }) => theorem === '6.9'))('6.9 for $a over $aPrime: $copy', (entry) => {
    for (const theorem of ['6.9(1)', '6.9(2)'] as const) {
      const [instance] = instances(findings, {
        theorem,
        state: entry.s,
        action: entry.a!,
        other: entry.aPrime!,
      });
      expect(instance !== undefined).toBe(entry.copy);
      if (instance === undefined) continue;
      expect(instance.involutions).toBe(entry.numInvolutions);
      expect(isStrict(instance.certificate)).toBe(entry.strict);
    }
  });

  it('has the average-reward instances of the paper', () => {
    const [average] = instances(findings, { theorem: '6.12', state: 'r_↘', other: '∅' });
    expect(average!.certificate.permutations).toEqual([{ '∅': 'r_↘', 'r_↘': '∅' }]);
    expect(isStrict(average!.certificate)).toBe(true);
    const [off] = instances(findings, { theorem: '6.14', state: '★', avoid: ['∅'] });
    expect(isStrict(off!.certificate)).toBe(true);
    const [copies] = instances(findings, { theorem: 'D.12', state: '★', avoid: ['∅'] });
    expect(copies!.certificate.copies).toBe(3);
    const [ends] = instances(findings, { theorem: '6.13', state: '★', action: 'right', other: 'left' });
    expect(isStrict(ends!.certificate)).toBe(true);
  });
});

describe('published bounds', () => {
  it('five outcomes behind one move of tic-tac-toe: D.11 with n = 5 over each of the others, 10 for D.12', () => {
    const findings = findCertificates(modelOf('tictactoe-5-5'));
    const [copies] = instances(findings, { theorem: 'D.11', state: 'start', action: 'w', other: 'l1' });
    expect(copies!.certificate.permutations).toHaveLength(5);
    const [avoided] = instances(findings, { theorem: 'D.12', state: 'start', avoid: ['l1'] });
    expect(avoided!.certificate.copies).toBe(9);
  });

  it.each([
    ['Wait!', 'wait', 'candy', 2],
    ['one shutdown of Fig. 1', 'fig1', '∅', 3],
  ])('%s: n/(n+1) of every orbit', (_, model, avoid, n) => {
    const mdp = modelOf(model);
    const [instance] = instances(findCertificates(mdp), {
      theorem: 'D.12',
      state: mdp.states[mdp.start]!,
      avoid: [avoid],
    });
    expect(instance!.certificate.copies).toBe(n);
  });

  it.each([
    [51, 2, 25, '51/53'],
    [3, 2, 1, '3/5'],
    [16, 1, 16, undefined],
    [3, 1, 3, undefined],
  ])('%i outcomes against %i: n = %i, and %s by the conjecture', (many, few, n, conjecture) => {
    const living = Array.from({ length: many }, (_, i) => `living${i}`);
    const dying = Array.from({ length: few }, (_, i) => `dying${i}`);
    const mdp = buildModel({
      states: ['start', ...living, ...dying],
      transitions: { start: Object.fromEntries([...living, ...dying].map((state) => [state, state])) },
      terminal: [...living, ...dying],
      labels: { dying },
    });
    const [instance] = instances(findCertificates(mdp, { state: 0 }), {
      theorem: 'D.12',
      state: 'start',
      avoid: dying,
    });
    expect(instance!.certificate.copies).toBe(n);
    expect(instance!.conjecture).toBe(conjecture);
  });
});

describe('large models', () => {
  const size = sized(9999, 99_999);
  it(`D.12 and 6.14 take linear time: ${size} states`, () => {
    const leaf = (x: number): boolean => 2 * x + 2 >= size;
    const mdp = {
      ...deterministicMdp(Array.from({ length: size }, (_, x) => (leaf(x) ? [x] : [2 * x + 1, 2 * x + 2]))),
      labels: new Map([['off', [size - 2, size - 1]]]),
    };
    const found = findCertificates(mdp, { state: 0 });
    const [labelled] = instances(found, {
      theorem: 'D.12',
      avoid: [mdp.states[size - 2]!, mdp.states[size - 1]!],
    });
    expect(labelled!.certificate.copies).toBe((size - 3) / 4);
  }, 120_000);
});

function instances(
  { instances: all }: Findings,
  wanted: Partial<Pick<Certificate, 'theorem' | 'state' | 'action' | 'other' | 'avoid'>>,
): Findings['instances'] {
  return all.filter(({ certificate }) =>
    Object.entries(wanted).every(
      ([key, value]) => JSON.stringify(certificate[key as keyof Certificate]) === JSON.stringify(value),
    ),
  );
}
