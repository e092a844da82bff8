import { binomial } from '../../number/integer.js';
import {
  addPolynomials,
  multiplyPolynomials,
  ONE_POLYNOMIAL,
  type Polynomial,
  polynomial,
  substituteLinear,
  subtractPolynomials,
  ZERO_POLYNOMIAL,
} from '../../number/polynomial.js';
import {
  add,
  divide,
  fromRational,
  multiply,
  negate,
  ONE_RATIO,
  power,
  type Ratio,
  ratio,
  subtract,
  ZERO_RATIO,
} from '../../number/ratio.js';
import { readNumber } from '../../rewards/exact-number.js';
import type { Program } from '../../rewards/spec.js';
import type { Marginal } from './exact-law.js';

/** Higher powers than this are left to sampling. */
const MOST_DEGREE = 40n;

/**
 * beta(a, b) with whole parameters: F(t) = Σ_(j ≥ a) C(n, j)·t^j·(1 − t)^(n−j), n = a + b − 1: at least a of n uniform
 * variables are below t. Undefined for other parameters.
 */
export function betaMarginal(a: Ratio, b: Ratio, text: string): Marginal | undefined {
  if (a.d !== 1n || b.d !== 1n || a.n + b.n > MOST_DEGREE) return undefined;
  const n = Number(a.n + b.n - 1n);
  let sum = ZERO_POLYNOMIAL;
  for (let j = Number(a.n); j <= n; j++) {
    const below = powerOf(polynomial([0n, 1n]), j);
    const above = powerOf(polynomial([1n, -1n]), n - j);
    const times = polynomial([binomial(n, j)]);
    sum = addPolynomials(sum, multiplyPolynomials(times, multiplyPolynomials(below, above)));
  }
  return { kind: 'polynomial', law: { knots: [ZERO_RATIO, ONE_RATIO], pieces: [sum, ONE_POLYNOMIAL] }, text };
}

/** offset + factor·u^(1/root), factor not 0; a constant has factor 0. */
interface RootForm {
  readonly offset: Ratio;
  readonly factor: Ratio;
  readonly root: bigint;
}

/**
 * quantile(EXPR) where EXPR is offset + factor·u^(1/n) for a whole n, written in any way with + − * / sqrt and ^: then
 * F(t) = ((t − offset)/factor)^n, or 1 less it for a falling EXPR. Undefined for other expressions.
 */
export function quantileMarginal(program: Program, text: string): Marginal | undefined {
  const form = formOf(program);
  if (form === undefined || form.factor.n === 0n || form.root > MOST_DEGREE) return undefined;
  const { offset, factor, root } = form;
  const end = add(offset, factor);
  if (root === 1n) {
    const [low, high] = factor.n > 0n ? [offset, end] : [end, offset];
    return { kind: 'uniform', low, high };
  }
  const slope = divide(ONE_RATIO, factor);
  const line = substituteLinear(polynomial([0n, 1n]), slope, negate(multiply(slope, offset)));
  const raised = powerOf(line, Number(root));
  const [knots, rise] =
    factor.n > 0n ? [[offset, end], raised] : [[end, offset], subtractPolynomials(ONE_POLYNOMIAL, raised)];
  return { kind: 'polynomial', law: { knots, pieces: [rise, ONE_POLYNOMIAL] }, text };
}

/** Runs the postfix program on forms; numbers are the decimals that were written. */
function formOf(program: Program): RootForm | undefined {
  const stack: (RootForm | undefined)[] = [];
  for (const step of program) {
    if (typeof step === 'number')
      stack.push({ offset: fromRational(readNumber(String(step))), factor: ZERO_RATIO, root: 1n });
    else if (step === 'u') stack.push({ offset: ZERO_RATIO, factor: ONE_RATIO, root: 1n });
    else if (step === 'negate') stack.push(scaled(stack.pop(), ratio(-1n)));
    else if (step === 'sqrt') stack.push(rootOf(stack.pop(), 2n));
    else {
      const second = stack.pop();
      const first = stack.pop();
      stack.push(first === undefined || second === undefined ? undefined : combined(step, first, second));
    }
    if (stack.at(-1) === undefined) return undefined;
  }
  return stack.length === 1 ? stack[0] : undefined;
}

function combined(operation: string, first: RootForm, second: RootForm): RootForm | undefined {
  const constant = second.factor.n === 0n ? second.offset : undefined;
  switch (operation) {
    case '+':
      return sumOf(first, second);
    case '-':
      return sumOf(first, scaled(second, ratio(-1n)));
    case '*':
      if (constant !== undefined) return scaled(first, constant);
      return first.factor.n === 0n ? scaled(second, first.offset) : undefined;
    case '/':
      return constant === undefined || constant.n === 0n
        ? undefined
        : scaled(first, divide(ONE_RATIO, constant));
    case '^':
      return constant === undefined ? undefined : raised(first, constant);
    default:
      return undefined;
  }
}

function sumOf(first: RootForm | undefined, second: RootForm | undefined): RootForm | undefined {
  if (first === undefined || second === undefined) return undefined;
  const offset = add(first.offset, second.offset);
  if (second.factor.n === 0n) return { ...first, offset };
  if (first.factor.n === 0n) return { ...second, offset };
  return first.root === second.root
    ? { offset, factor: add(first.factor, second.factor), root: first.root }
    : undefined;
}

function scaled(form: RootForm | undefined, by: Ratio): RootForm | undefined {
  if (form === undefined) return undefined;
  return { ...form, offset: multiply(form.offset, by), factor: multiply(form.factor, by) };
}

/** The root of u^(1/n), or of a constant power of it that is again a root. */
function rootOf(form: RootForm | undefined, n: bigint): RootForm | undefined {
  const isBare = form !== undefined && form.offset.n === 0n && subtract(form.factor, ONE_RATIO).n === 0n;
  return isBare ? { ...form, root: form.root * n } : undefined;
}

function raised(form: RootForm, exponent: Ratio): RootForm | undefined {
  if (exponent.n === 1n) return rootOf(form, exponent.d);
  if (form.factor.n !== 0n || exponent.d !== 1n || exponent.n < 0n || exponent.n > MOST_DEGREE)
    return undefined;
  return { ...form, offset: power(form.offset, Number(exponent.n)) };
}

function powerOf(p: Polynomial, exponent: number): Polynomial {
  let result = ONE_POLYNOMIAL;
  for (let k = 0; k < exponent; k++) result = multiplyPolynomials(result, p);
  return result;
}
