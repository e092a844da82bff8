// A saved result is believed only if a second solver and a second run give it: honest ones pass, each changed field is refused.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'mdpower-results-'));
afterAll(() => rmSync(folder, { recursive: true }));
const wait = 'fixtures/mdp/wait.json';
const gamble = 'fixtures/mdp/gamble.json';

/** Command lines whose results between them hold every field that verify reads. */
const commands: readonly (readonly string[])[] = [
  ['analyze', wait, '--gamma', '0.5,1', '--samples', '240', '--seed', '7'],
  ['analyze', wait, '--gamma', '0.9'],
  [
    'optimality',
    gamble,
    '--gamma',
    '0,2/3',
    '--reward',
    'bernoulli(1/3)',
    '--samples',
    '150',
    '--state',
    'start',
  ],
  [
    'power',
    wait,
    '--gamma',
    '0.5',
    '--samples',
    '200',
    '--assert',
    'POWER(wait) > POWER(hug)',
    '--simultaneous',
  ],
];

async function resultOf(command: readonly string[]): Promise<string> {
  const { stdout } = await run([...command, '--format', 'json', '--quiet']);
  return stdout;
}

/** What `mdpower verify` ends with for a result of this text. */
async function verdict(text: string, model: string): Promise<{ code: number; shown: string }> {
  const path = join(folder, 'result.json');
  writeFileSync(path, text);
  const { code, stdout, stderr } = await run(['verify', path, model, '--samples', '20']);
  return { code, shown: (stdout + stderr).replace(/\s+/g, ' ') };
}

async function refused(forged: string, model: string, code: number, why: string): Promise<void> {
  const found = await verdict(forged, model);
  expect(found.code).toBe(code);
  expect(found.shown).toContain(why);
}

describe('mdpower verify, of a result', () => {
  const others: readonly (readonly string[])[] = [
    ['power', wait, '--reward', 'normal(0, 1)', '--gamma', '0.9'],
    ['power', wait, '--reward', 'pareto(1, 3/2)', '--gamma', '0.5,1', '--samples', '300'],
    ['optimality', wait, '--reward', '{"orbit": {"hug": 1, "candy": 2}}', '--samples', '100'],
    [
      'analyze',
      gamble,
      '--reward',
      '{"default": "uniform(0, 1)", "states": {"off": "point(0)"}}',
      '--samples',
      '200',
    ],
    [
      'power',
      gamble,
      '--reward',
      '{"features": {"hub": [1, 2], "off": [0, 1]}, "weights": "beta(2, 3)"}',
      '--samples',
      '99',
    ],
    ['power', wait, '--gamma', '0.999', '--samples', '100', '--tolerance', '1e-3', '--confidence', '0.5'],
  ];
  it.each([...commands, ...others].map((command) => [command.join(' '), command] as const))(
    'accepts %s',
    async (_line, command) => {
      const { code, shown } = await verdict(await resultOf(command), command[1]!);
      expect(shown).toMatch(/verdict valid/);
      expect(code).toBe(0);
    },
  );

  it('says how much was solved again, and how exactly', async () => {
    const { shown } = await verdict(await resultOf(commands[0]!), wait);
    expect(shown).toMatch(/the first 20 of 240 reward functions solved again, to \d/);
    expect(shown).toMatch(/the first 20 of 240 reward functions solved again, all in rationals/);
  });

  it('refuses another model, another version, an interrupted run, and a result that records too little', async () => {
    const text = await resultOf(commands[0]!);
    await refused(text, gamble, 1, "the model's hash is");
    const document = JSON.parse(text);
    const older = JSON.stringify({ ...document, mdpower: '0.0.1' });
    await refused(older, wait, 1, 'of version');
    const cut = JSON.stringify({ ...document, notes: [{ code: 'W_INTERRUPTED', message: 'cut' }] });
    await refused(cut, wait, 1, 'interrupted');
    const orbit = await resultOf([
      'orbit',
      wait,
      '--states',
      'wait,hug',
      '--reward',
      '{"orbit": {"hug": 1}}',
    ]);
    await refused(orbit, wait, 3, 'E_VERIFY_KIND');
  });
});

type Path = readonly (string | number)[];

/** The paths of all values inside a value that are no object or list. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The document with one value changed. */
function changed(text: string, path: Path, change: (old: unknown, path: Path) => unknown): string {
  const document = JSON.parse(text);
  let place = document;
  for (const key of path.slice(0, -1)) place = place[key];
  const last = path[path.length - 1]!;
  place[last] = change(place[last], path);
  return JSON.stringify(document);
}

/**
 * What may be changed without making a result false: these rows need no scaling, and exact rows have no intervals, so
 * that the program gives the same result with the changed parameter.
 */
function isImmaterial(text: string, path: Path): boolean {
  const name = path.join('/');
  const isExact = JSON.parse(text).parameters.samples === undefined;
  return (
    name === 'parameters/normalizeRows' ||
    (isExact && ['parameters/confidence', 'parameters/simultaneous'].includes(name))
  );
}

/** Another value of the same kind, little different. */
function nextTo(old: unknown, path: Path): unknown {
  if (path.includes('confidence')) return 0.94;
  if (typeof old === 'number' && Number.isInteger(old)) return old + 1;
  // The product of a number next to 0 rounds to the number itself.
  if (typeof old === 'number') return Math.abs(old) < 1e-300 ? old / 2 : old * (1 + 2 ** -52);
  if (typeof old === 'boolean') return !old;
  if (typeof old === 'string')
    return /[0-9]$/.test(old) ? old.replace(/.$/, (d) => String((Number(d) + 1) % 10)) : `${old} `;
  return 0;
}

describe('of a changed result', () => {
  const texts: string[] = [];
  beforeAll(async () => {
    for (const command of commands) texts.push(await resultOf(command));
  });

  it('refuses 100 of 100, every kind of field among them', async () => {
    const plans = texts.flatMap((text, i) => {
      // One path of each kind: the same keys, apart from numbers of rows.
      const kinds = new Map<string, Path[]>();
      for (const path of leaves(JSON.parse(text))) {
        if (isImmaterial(text, path)) continue;
        const kind = path.filter((key) => typeof key === 'string').join('.');
        kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
      }
      return [...kinds.values()].map((paths, k) => ({ i, path: paths[(7 * k) % paths.length]! }));
    });
    const many = texts.flatMap((text, i) =>
      leaves(JSON.parse(text))
        .filter((path) => !isImmaterial(text, path))
        .map((path) => ({ i, path })),
    );
    const more = Array.from(
      { length: Math.max(0, 100 - plans.length) },
      (_, k) => many[(k * 7919) % many.length]!,
    );
    const all = [...plans, ...more];
    expect(all.length).toBeGreaterThanOrEqual(100);
    const accepted: string[] = [];
    for (const { i, path } of all) {
      const { code, shown } = await verdict(changed(texts[i]!, path, nextTo), commands[i]![1]!);
      if (![1, 3].includes(code) || / at \S+:\d+:\d+/.test(shown))
        accepted.push(`${i} ${path.join('/')}: ${code}`);
    }
    expect(accepted).toEqual([]);
  }, 300_000);

  it('refuses rows that are missing, moved, doubled or added, and fields beside the known ones', async () => {
    const document = JSON.parse(texts[0]!);
    const [first, second, ...rest] = document.power;
    const forgeries = [
      { ...document, power: [second, ...rest] },
      { ...document, power: [second, first, ...rest] },
      { ...document, power: [first, first, second, ...rest] },
      { ...document, power: [{ ...first, state: 'nowhere' }, second, ...rest] },
      { ...document, power: undefined },
      { ...document, optimality: document.optimality.slice(1) },
      { ...document, symmetry: document.symmetry?.slice(1) },
      { ...document, notes: [{ code: 'W_NEW', message: 'all is well' }] },
      { ...document, more: 1 },
      { ...document, parameters: { ...document.parameters, seed: '8' } },
      { ...document, parameters: { ...document.parameters, seed: '18446744073709551616' } },
      { ...document, parameters: { ...document.parameters, gammas: ['0.5', '0.5', '1'] } },
      { ...document, parameters: { ...document.parameters, reward: 'uniform(0,1)' } },
      { ...document, parameters: { ...document.parameters, reward: 'uniform(1, 0)' } },
    ];
    for (const forged of forgeries) {
      const { code, shown } = await verdict(JSON.stringify(forged), wait);
      expect([1, 3], shown).toContain(code);
    }
    const doubled = texts[0]!.replace('"power": [', '"power": [], "power": [');
    expect((await verdict(doubled, wait)).code).toBe(3);
  });

  it('refuses a result in which all numbers were scaled alike', async () => {
    const document = JSON.parse(texts[0]!);
    for (const row of document.power) for (const key of ['power', 'low', 'high']) row[key] *= 1.001;
    expect((await verdict(JSON.stringify(document), wait)).code).toBe(1);
  });
});

it('the model of a result is read as the result says, rows normalised', async () => {
  const rough = join(folder, 'rough.json');
  writeFileSync(rough, readFileSync(gamble, 'utf8').replaceAll('"1/3"', '0.3').replaceAll('"2/3"', '0.6'));
  const text = await resultOf(['power', rough, '--normalize-rows', '--samples', '100']);
  expect((await verdict(text, rough)).code).toBe(0);
});
