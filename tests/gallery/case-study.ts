import Fraction from 'fraction.js';
import type { ResultDocument } from '../../src/report/document.js';
import { chanceOf, type Figure, instanceOf, powerOf, same } from './figure.js';

const model = 'fixtures/mdp/fig1.json';
const indicator = (state: string): string =>
  JSON.stringify({ functions: [{ weight: 1, reward: { [state]: 1 } }] });
/** Eight different rewards. */
const ladder = '{"orbit": {"★": 0, "∅": 1, "ℓ_◁": 2, "r_▷": 3, "ℓ_↖": 4, "ℓ_↙": 5, "r_↗": 6, "r_↘": 7}}';
const gammas = ['1/10', '1/2', '9/10'];
const less = (a: string, b: string): boolean => new Fraction(a).compare(b) < 0;

/** The visits of a state as sets of functions of γ, each written state: function. */
function visitsOf({ visits = [] }: ResultDocument): string[] {
  return visits[0]!.visits.map(({ functions }) =>
    Object.entries(functions)
      .map(([state, f]) => `${state}: ${f}`)
      .join('; '),
  );
}

const alternating = '1/((1 − γ)(1 + γ))';
const returning = 'γ/((1 − γ)(1 + γ))';

/** The figures of [P19] that show its case study. */
export const caseStudy: readonly Figure[] = [
  {
    number: 1,
    title: 'The case study',
    claim:
      'An environment of eight states. The agent starts at ★ and goes left, right, or down to ∅, where it stays for ever. ' +
      'What lies right contains a copy of what lies left, so that for more reward functions it is optimal to go right than ' +
      'to go left, and going right seeks POWER (Prop. 6.9).',
    runs: {
      check: ['check', model],
      probabilities: ['optimality', model, '--state', '★', '--gamma', '0,1/10,1/2,9/10,1'],
      symmetry: ['symmetry', model, '--actions', 'right,left'],
      left: ['optimality', model, '--state', '★', '--gamma', '1/2', '--reward', indicator('ℓ_◁')],
      right: ['optimality', model, '--state', '★', '--gamma', '1/2', '--reward', indicator('r_▷')],
    },
    pictures: [
      {
        file: 'figure-1',
        of: null,
        model,
        options: ['--kind', 'graph', '--gamma', '1/2'],
        alt: 'The environment, its states coloured by POWER at γ = 1/2',
      },
      {
        file: 'figure-1-optimality',
        of: null,
        model,
        options: ['--kind', 'optimality'],
        alt: 'How often left, right and down are optimal at ★, against γ',
      },
    ],
    tables: ['probabilities'],
    findings: ({ check, probabilities, symmetry, left, right }) => {
      const chance = (action: string, gamma: string): string => chanceOf(probabilities!, '★', action, gamma);
      const sides = (result: ResultDocument | undefined): string[] =>
        ['left', 'right'].map((action) => chanceOf(result!, '★', action, '1/2'));
      const copy = instanceOf(symmetry!, '6.9(2)', 'right', 'left');
      const seeks = instanceOf(symmetry!, '6.9(1)', 'right', 'left');
      const { oneCycles, terminalStates } = check!.check!;
      return [
        {
          paper: 'ℓ_↙ is a 1-cycle, ∅ is terminal',
          found: `1-cycles: ${oneCycles.join(', ')}; terminal: ${terminalStates.join(', ')}`,
          agrees: oneCycles.includes('ℓ_↙') && terminalStates.join() === '∅',
        },
        {
          paper: 'the right part contains a copy of the left one, so that more reward functions go right',
          found: `certified, ${copy?.strict === true ? 'strictly' : 'weakly'}, by ${copy?.permutation}`,
          agrees: copy?.strict === true && instanceOf(symmetry!, '6.9(2)', 'left', 'right') === undefined,
        },
        {
          paper: 'going right seeks more POWER than going left, for most reward functions',
          found: `certified, ${seeks?.strict === true ? 'strictly' : 'weakly'}, by ${seeks?.permutation}`,
          agrees: seeks?.strict === true,
        },
        {
          paper: 'right is optimal more often than left, for i.i.d. rewards and 0 < γ < 1',
          found: `γ = 1/2: ${chance('right', '1/2')} > ${chance('left', '1/2')}, and so at ${gammas.join(', ')}`,
          agrees: gammas.every((gamma) => less(chance('left', gamma), chance('right', gamma))),
        },
        same(
          'at γ = 0 left and right are equally probable (Sect. 4)',
          ['1/3', '1/3'],
          [chance('left', '0'), chance('right', '0')],
        ),
        same('a reward of 1 at ℓ_◁ alone: left 1, right 0 at γ = 1/2 (Sect. 4)', ['1', '0'], sides(left)),
        same('a reward of 1 at r_▷ alone: left 0, right 1 at γ = 1/2 (Sect. 4)', ['0', '1'], sides(right)),
      ];
    },
  },
  {
    number: 2,
    title: 'What can be done after going right, and what is worth doing',
    claim:
      'The part of the environment that policies see which go right at ★. Some trajectories are strictly optimal for no ' +
      'reward function at all: to alternate between r_↗ and r_↘ is never the only best thing to do. Dotted arrows belong to ' +
      'policies with dominated visit distributions only.',
    runs: { visits: ['visits', model, '--state', '★'] },
    pictures: [
      {
        file: 'figure-2',
        of: 'visits',
        model,
        options: [],
        alt: 'Arrows that non-dominated policies from ★ take, and dotted ones that only dominated policies take',
      },
    ],
    tables: ['visits'],
    findings: ({ visits }) => {
      const rows = visits!.visits![0]!.visits;
      const after = rows.filter(({ actions }) => actions.includes('right'));
      const best = after.filter(({ dominated }) => !dominated);
      const both = best.filter(
        ({ functions }) => functions['r_↗'] !== undefined && functions['r_↘'] !== undefined,
      );
      return [
        {
          paper: 'some trajectories after right are strictly optimal for no reward function',
          found: `${after.length} visit distributions after right, ${best.length} of them non-dominated`,
          agrees: best.length > 0 && best.length < after.length,
        },
        {
          paper: 'only dominated ones alternate between r_↗ and r_↘',
          found: `${both.length} of the non-dominated ones visit both`,
          agrees: both.length === 0,
        },
        same(
          'a reward of 1 at r_↘ alone: go right, then down, and stay',
          ['r_▷: down', 'r_↘: stay'],
          [
            ...best
              .filter(({ functions }) => functions['r_↘'] !== undefined)
              .flatMap(({ policy }) => [`r_▷: ${policy['r_▷']}`, `r_↘: ${policy['r_↘']}`]),
          ],
        ),
      ];
    },
  },
  {
    number: 3,
    title: 'Intuition: r_↘ gives more POWER than ∅',
    claim:
      'For rewards that are uniform on [0, 1] and independent, POWER is 1/2 at ∅, (2/3 + γ/2)/(1 + γ) at ℓ_↙ and 2/3 at r_↘, and ' +
      'the average optimal value V* = 1/2 + γ/(1 − γ) · POWER; at every γ in (0, 1) it grows from ∅ over ℓ_↙ to r_↘.',
    runs: {
      functions: ['power', model, '--symbolic', '--state', '∅', '--state', 'ℓ_↙', '--state', 'r_↘'],
      numbers: [
        'power',
        model,
        '--gamma',
        '1/10,1/2,9/10,1',
        '--state',
        '∅',
        '--state',
        'ℓ_↙',
        '--state',
        'r_↘',
      ],
    },
    pictures: [
      {
        file: 'figure-3',
        of: null,
        model,
        options: ['--kind', 'power', '--states', '∅,ℓ_↙,r_↘'],
        alt: 'POWER of ∅, ℓ_↙ and r_↘ against γ',
      },
    ],
    tables: ['functions', 'numbers'],
    findings: ({ functions, numbers }) => {
      const expression = (state: string): string =>
        functions!
          .symbolic!.filter((row) => row.state === state)
          .map((row) => row.expression)
          .join();
      const value = (state: string, gamma: string): string =>
        new Fraction(gamma)
          .div(new Fraction(1).sub(gamma))
          .mul(powerOf(numbers!, state, gamma))
          .add('1/2')
          .toFraction();
      const states = ['∅', 'ℓ_↙', 'r_↘'];
      const at = (gamma: string): string[] => states.map((state) => value(state, gamma));
      return [
        same('POWER(∅, γ) = 1/2', ['1/2'], [expression('∅')]),
        same('POWER(ℓ_↙, γ) = (2/3 + γ/2)/(1 + γ)', ['(2/3 + γ/2)/(1 + γ)'], [expression('ℓ_↙')]),
        same('POWER(r_↘, γ) = 2/3', ['2/3'], [expression('r_↘')]),
        // 1/2 · 1/(1 − γ), 1/2 + γ/(1 − γ²) · (2/3 + γ/2) and 1/2 + γ/(1 − γ) · 2/3
        same('V* of ∅, ℓ_↙, r_↘ at γ = 1/2: 1, 10/9, 7/6', ['1', '10/9', '7/6'], at('1/2')),
        same('V* of ∅, ℓ_↙, r_↘ at γ = 9/10: 5, 110/19, 13/2', ['5', '110/19', '13/2'], at('9/10')),
        {
          paper: 'V*(∅) < V*(ℓ_↙) < V*(r_↘) at every γ in (0, 1)',
          found: gammas.map((gamma) => `γ = ${gamma}: ${at(gamma).join(' < ')}`).join('; '),
          agrees: gammas.every(
            (gamma) => less(at(gamma)[0]!, at(gamma)[1]!) && less(at(gamma)[1]!, at(gamma)[2]!),
          ),
        },
      ];
    },
  },
  {
    number: 4,
    title: 'r_↘ can do what ℓ_↙ can, and more',
    claim:
      'The permutation φ that swaps ℓ_↙ with r_↘ and ℓ_↖ with r_↗ takes the visit distributions of ℓ_↙ into those of r_↘, which ' +
      'have one more. So r_↘ has at least as much POWER as ℓ_↙ for most reward functions (Prop. 6.6).',
    runs: {
      left: ['visits', model, '--state', 'ℓ_↙'],
      right: ['visits', model, '--state', 'r_↘'],
      symmetry: ['symmetry', model, '--state', 'r_↘'],
      converse: ['symmetry', model, '--state', 'ℓ_↙'],
    },
    pictures: [
      { file: 'figure-4-left', of: 'left', model, options: [], alt: 'What policies from ℓ_↙ do' },
      { file: 'figure-4-right', of: 'right', model, options: [], alt: 'What policies from r_↘ do' },
    ],
    tables: ['left', 'right'],
    findings: ({ left, right, symmetry, converse }) => {
      const [own, others] = [visitsOf(left!), visitsOf(right!)];
      const swapped = own.map((visits) =>
        visits.replace(/ℓ_↙|ℓ_↖/g, (state) => (state === 'ℓ_↙' ? 'r_↘' : 'r_↗')),
      );
      const ordered = (visits: string): string => visits.split('; ').sort().join('; ');
      const images = swapped.filter((visits) => others.map(ordered).includes(ordered(visits)));
      const instance = instanceOf(symmetry!, '6.6', 'r_↘', 'ℓ_↙');
      return [
        same(
          'F(ℓ_↙) has two elements: stay, or alternate with ℓ_↖',
          [`ℓ_↖: ${returning}; ℓ_↙: ${alternating}`, 'ℓ_↙: 1/(1 − γ)'],
          [...own].sort(),
        ),
        {
          paper: 'F(r_↘) contains φ · F(ℓ_↙), and one element more',
          found: `${images.length} of ${own.length} images are among the ${others.length} elements of F(r_↘)`,
          agrees: images.length === own.length && others.length === own.length + 1,
        },
        {
          paper: 'POWER(r_↘) ≥ POWER(ℓ_↙) for most reward functions, and not the converse',
          found: `certified, ${instance?.strict === true ? 'strictly' : 'weakly'}, by ${instance?.permutation}; no certificate the other way`,
          agrees: instance?.strict === true && instanceOf(converse!, '6.6', 'ℓ_↙', 'r_↘') === undefined,
        },
      ];
    },
  },
  {
    number: 6,
    title: 'Why right is optimal for most reward functions',
    claim:
      'Whenever a reward function makes left strictly better than right, its permutation by φ makes right strictly better than ' +
      'left. Hence right is optimal for at least as many permutations of every reward function as left is.',
    runs: {
      orbit: ['orbit', model, '--action', 'right', '--other', 'left', '--gamma', '1/2', '--reward', ladder],
      symmetry: ['symmetry', model, '--actions', 'right,left'],
    },
    pictures: [
      {
        file: 'figure-6',
        of: 'orbit',
        model,
        options: [],
        alt: 'All permutations of one reward function: right is optimal for more of them than left',
      },
    ],
    tables: ['orbit'],
    findings: ({ orbit, symmetry }) => {
      const [row] = orbit!.orbit!;
      const power = instanceOf(symmetry!, '6.9(1)', 'right', 'left');
      const chance = instanceOf(symmetry!, '6.9(2)', 'right', 'left');
      return [
        {
          paper:
            'φ embeds what left does into what right does: the conditions of Prop. 6.9 hold, the strict ones too',
          found: `6.9(1) and 6.9(2) certified, ${power?.strict && chance?.strict ? 'strictly' : 'weakly'}, by ${chance?.permutation}`,
          agrees: power?.strict === true && chance?.strict === true,
        },
        {
          paper: 'right is optimal for at least as many permutations of every reward function',
          found: `of the ${row!.size} permutations of the rewards 0 to 7 right alone is optimal in ${row!.greater}, left alone in ${row!.less}`,
          agrees: row!.complete && row!.greater > row!.less,
        },
      ];
    },
  },
  {
    number: 7,
    title: 'Cycles: why average-optimal policies avoid ∅',
    claim:
      'The recurrent state distributions of ★ are its cycles. ∅ is one inescapable state, while other parts of the environment ' +
      'offer more 1-cycles; most reward functions make it average-optimal to end elsewhere (Cor. 6.14).',
    runs: {
      visits: ['visits', model, '--state', '★'],
      symmetry: ['symmetry', model, '--state', '★'],
      limit: ['optimality', model, '--state', '★', '--gamma', '1'],
      orbit: ['orbit', model, '--action', 'left,right', '--other', 'down', '--average', '--reward', ladder],
    },
    pictures: [
      {
        file: 'figure-7',
        of: null,
        model,
        options: ['--kind', 'graph', '--gamma', '1'],
        alt: 'The environment, its states coloured by POWER at γ = 1: what can be had on the best cycle within reach',
      },
      {
        file: 'figure-7-orbit',
        of: 'orbit',
        model,
        options: [],
        alt: 'All permutations of one reward function: most make it average-optimal to avoid ∅',
      },
    ],
    tables: ['limit', 'orbit'],
    findings: ({ visits, symmetry, limit, orbit }) => {
      const cycles = visits!.visits![0]!.recurrent.map(({ distribution, dominated }) => ({
        text: Object.entries(distribution)
          .map(([state, share]) => (share === '1' ? state : `${share} ${state}`))
          .join(' + '),
        dominated,
      }));
      const avoided = symmetry!.symmetry!.filter(({ theorem, other }) => theorem === 'D.12' && other === '∅');
      const [row] = orbit!.orbit!;
      return [
        same(
          'RSD(★): ∅, ℓ_↙, r_↗, r_↘ and the two alternations',
          ['1/2 r_↗ + 1/2 r_↘', '1/2 ℓ_↖ + 1/2 ℓ_↙', 'r_↗', 'r_↘', 'ℓ_↙', '∅'],
          cycles.map(({ text }) => text).sort(),
        ),
        same(
          'of these only the alternation of r_↗ and r_↘ is dominated',
          ['1/2 r_↗ + 1/2 r_↘'],
          cycles.filter(({ dominated }) => dominated).map(({ text }) => text),
        ),
        {
          paper:
            'most reward functions make it average-optimal to avoid ∅ (Cor. 6.14); 3/4 of every orbit at least (Turner & Tadepalli 2022, D.12)',
          found: `D.12 certified for ${avoided[0]?.copies} copies; counted: ${row!.greater} permutations avoid ∅, ${row!.less} go there`,
          agrees: avoided[0]?.copies === 3 && row!.greater >= 3 * row!.less,
        },
        {
          paper: 'for i.i.d. rewards ∅ is where fewest end',
          found: `uniform rewards, γ = 1: down ${chanceOf(limit!, '★', 'down', '1')}, left ${chanceOf(limit!, '★', 'left', '1')}, right ${chanceOf(limit!, '★', 'right', '1')}`,
          agrees:
            less(chanceOf(limit!, '★', 'down', '1'), chanceOf(limit!, '★', 'left', '1')) &&
            less(chanceOf(limit!, '★', 'left', '1'), chanceOf(limit!, '★', 'right', '1')),
        },
      ];
    },
  },
];
