import { chanceOf, type Figure, instanceOf, powerOf, same } from './figure.js';

const detour = 'fixtures/mdp/fig10-detour.json';
const lottery = 'fixtures/mdp/fig11-suboptimal-power.json';
const knowsThree = 'fixtures/gallery/figure-11-knows-three.json';
const random = 'fixtures/gallery/figure-11-random.json';

/** The figures of [P19]'s appendices B and C. */
export const appendix: readonly Figure[] = [
  {
    number: 10,
    title: 'Seeking POWER can be a detour',
    claim:
      'At state 1 and γ = 1 going N seeks more POWER than going NE, and yet is optimal less often: a greater mean of the optimal ' +
      'value does not make an action optimal for more reward functions (Prop. B.1 and B.4).',
    remark:
      'The edges of the figure are not in the text of the paper. Those of the model here are reconstructed: they give the four ' +
      'numbers that the paper prints.',
    runs: {
      power: ['power', detour, '--gamma', '1'],
      probabilities: ['optimality', detour, '--state', '1', '--gamma', '0,1/2,1'],
      symmetry: ['symmetry', detour],
    },
    pictures: [
      {
        file: 'figure-10',
        of: null,
        model: detour,
        options: ['--kind', 'graph', '--gamma', '1'],
        alt: 'The environment, its states coloured by POWER at γ = 1',
      },
      {
        file: 'figure-10-optimality',
        of: null,
        model: detour,
        options: ['--kind', 'optimality'],
        alt: 'How often N and NE are optimal at state 1, against γ',
      },
    ],
    tables: ['power', 'probabilities'],
    findings: ({ power, probabilities, symmetry }) => {
      const instance = instanceOf(symmetry!, '6.12', '2', '3');
      return [
        same(
          'POWER(2) = 3/4 > POWER(3) = 2/3 at γ = 1',
          ['3/4', '2/3'],
          [powerOf(power!, '2', '1'), powerOf(power!, '3', '1')],
        ),
        same(
          'N is optimal with probability 1/3, NE with 2/3, at γ = 1',
          ['1/3', '2/3'],
          [chanceOf(probabilities!, '1', 'N', '1'), chanceOf(probabilities!, '1', 'NE', '1')],
        ),
        {
          paper: 'POWER(2) ≥ POWER(3) at γ = 1 for most reward functions (Prop. 6.12)',
          found: `certified, ${instance?.strict === true ? 'strictly' : 'weakly'}, by ${instance?.permutation}`,
          agrees: instance !== undefined,
        },
      ];
    },
  },
  {
    number: 11,
    title: 'POWER that cannot be found: a lottery ticket',
    claim:
      'Most actions at s_r lead to s5; one leads to s3 and one to s4, and an agent that tries actions at random never finds them. ' +
      'The better the policies that the agent knows, the more POWER they give it at s0: E[X], then E of the greatest of 3 draws, ' +
      'then of 5 (App. C).',
    remark:
      'The paper has 10^10^10 actions; the model here has 4 at s0, sl and sr, which changes no optimal value. What a worse policy ' +
      'gives is found as POWER of a model that allows nothing else.',
    runs: {
      random: ['power', random, '--gamma', '1', '--state', 's0', '--state', 'sl', '--state', 'sr'],
      three: ['power', knowsThree, '--gamma', '1', '--state', 's0', '--state', 'sl', '--state', 'sr'],
      all: ['power', lottery, '--gamma', '1', '--state', 's0', '--state', 'sl', '--state', 'sr'],
      symmetry: ['symmetry', lottery],
    },
    pictures: [
      {
        file: 'figure-11',
        of: null,
        model: lottery,
        options: ['--kind', 'graph', '--gamma', '1'],
        alt: 'The environment, its states coloured by POWER at γ = 1',
      },
    ],
    tables: ['random', 'three', 'all'],
    captions: {
      random: 'An agent that acts at random:',
      three: 'An agent that knows how to reach s1, s2 and s5:',
      all: 'An optimal agent:',
    },
    findings: ({ random, three, all, symmetry }) => {
      const at = (result: typeof all, ...states: readonly string[]): string[] =>
        states.map((state) => powerOf(result!, state, '1'));
      const instance = instanceOf(symmetry!, '6.6', 'sr', 'sl');
      return [
        same('acting at random: E[X] = 1/2 at s0', ['1/2'], at(random, 's0')),
        same('without s3 and s4: E of the greatest of 3 = 3/4 at s0', ['3/4'], at(three, 's0')),
        same('optimal: E of the greatest of 5 = 5/6 at s0', ['5/6'], at(all, 's0')),
        same(
          'without s3 and s4, sl gives more than sr: E of the greatest of 2, and E[X]',
          ['2/3', '1/2'],
          [...at(three, 'sl', 'sr')],
        ),
        same('with all actions sr gives more than sl', ['3/4', '2/3'], at(all, 'sr', 'sl')),
        {
          paper: 'POWER(sr) ≥ POWER(sl) for most reward functions, at every γ (Prop. 6.6)',
          found: `certified, ${instance?.strict === true ? 'strictly' : 'weakly'}, by ${instance?.permutation}`,
          agrees: instance !== undefined,
        },
      ];
    },
  },
];
