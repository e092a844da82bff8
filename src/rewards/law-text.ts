import { type Diagnostic, quoted, type UserError } from '../errors.js';
import { didYouMean } from '../mdp/suggest.js';
import { parseExpression } from './expression.js';
import { betaOf, discreteOf, exponentialOf, normalOf, paretoOf, uniformOf } from './law-parameters.js';
import type { Law } from './spec.js';

/** Makes the error for what stands at an offset of the law's text; the caller throws it. */
export type FailInText = (at: number, parts: Omit<Diagnostic, 'place'>) => UserError;

/** An argument of a law, without white space around it, and where it stands in the law's text. */
export interface Argument {
  readonly text: string;
  readonly at: number;
}

/** How each law is written; `discrete` has any number of parameters from 1 on. */
const LAWS: Readonly<Record<string, { form: string; count?: number }>> = {
  uniform: { form: 'uniform(low, high)', count: 2 },
  normal: { form: 'normal(mean, sd)', count: 2 },
  exponential: { form: 'exponential(rate)', count: 1 },
  beta: { form: 'beta(a, b)', count: 2 },
  pareto: { form: 'pareto(scale, shape)', count: 2 },
  bernoulli: { form: 'bernoulli(p)', count: 1 },
  discrete: { form: 'discrete(value: probability, ...)' },
  point: { form: 'point(value)', count: 1 },
  quantile: { form: 'quantile(EXPRESSION in u)' },
};

/**
 * Reads the law of one number: `uniform(a, b)`, `normal(mean, sd)`, `exponential(rate)`, `beta(a, b)`,
 * `pareto(scale, shape)`, `bernoulli(p)`, `discrete(v1: p1, v2: p2, …)`, `point(v)` or `quantile(EXPR)`. Numbers are decimals or
 * fractions and mean exactly what is written.
 *
 * @throws {UserError} input: E_REWARD_SYNTAX, E_REWARD_LAW (unknown name), E_REWARD_NUMBER, E_REWARD_PARAMETER, E_REWARD_SUM,
 *   E_REWARD_INFINITE (infinite mean), E_EXPR, E_EXPR_VALUE, E_LIMIT_NUMBER, E_LIMIT_LENGTH, E_LIMIT_DEPTH
 */
export function parseLaw(text: string, fail: FailInText): Law {
  const start = text.length - text.trimStart().length;
  const name = /^[A-Za-z_]*/.exec(text.slice(start))![0];
  const known = Object.hasOwn(LAWS, name) ? LAWS[name] : undefined;
  if (known === undefined) throw unknownLaw(text, name, start, fail);
  const open =
    start + name.length + (/^\s*/.exec(text.slice(start + name.length)) as RegExpExecArray)[0].length;
  const end = text.trimEnd().length - 1;
  if (text[open] !== '(' || text[end] !== ')' || end <= open) {
    throw fail(text[open] !== '(' ? open : end + 1, {
      code: 'E_REWARD_SYNTAX',
      message: `the law ${name} needs its parameters in parentheses`,
      found: quoted(text.trim()),
      wanted: known.form,
    });
  }
  const inner = text.slice(open + 1, end);
  if (name === 'quantile') return quantileOf(inner, open + 1, fail);
  const given = splitArguments(inner, open + 1);
  const { count = Math.max(1, given.length) } = known;
  if (given.length !== count) {
    throw fail(given.length > count ? given[count].at : end, {
      code: 'E_REWARD_SYNTAX',
      message: `${name} takes ${count} parameter${count === 1 ? '' : 's'}, found ${given.length}`,
      found: quoted(text.trim()),
      wanted: known.form,
    });
  }
  return lawOf(name, given, fail);
}

function lawOf(name: string, given: readonly Argument[], fail: FailInText): Law {
  switch (name) {
    case 'uniform':
      return uniformOf(given, fail);
    case 'normal':
      return normalOf(given, fail);
    case 'exponential':
      return exponentialOf(given, fail);
    case 'beta':
      return betaOf(given, fail);
    case 'pareto':
      return paretoOf(given, fail);
    default:
      return discreteOf(name, given, fail);
  }
}

function quantileOf(inner: string, at: number, fail: FailInText): Law {
  const { text, program } = parseExpression(inner, (offset, parts) => fail(at + offset, parts));
  return { kind: 'quantile', text: `quantile(${text})`, program };
}

/** The parts between commas; none where there is only white space. */
function splitArguments(inner: string, start: number): Argument[] {
  if (inner.trim() === '') return [];
  let at = start;
  return inner.split(',').map((part) => {
    const argument = { text: part.trim(), at: at + part.length - part.trimStart().length };
    at += part.length + 1;
    return argument;
  });
}

function unknownLaw(text: string, name: string, at: number, fail: FailInText): UserError {
  return fail(at, {
    code: name === '' ? 'E_REWARD_SYNTAX' : 'E_REWARD_LAW',
    message: name === '' ? 'this is no law of rewards' : `there is no law ${quoted(name)}`,
    found: quoted(text.trim()),
    wanted: Object.values(LAWS)
      .map(({ form }) => form)
      .join(', '),
    hint:
      didYouMean(name, Object.keys(LAWS)) ??
      'rewards that differ between states are written as a JSON object',
  });
}
