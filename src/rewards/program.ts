import { exp, log } from '../number/elementary.js';
import { pow } from '../number/pow.js';
import { cos, sin } from '../number/trigonometric.js';
import type { Program } from './spec.js';

type Unary = (x: number) => number;
type Binary = (x: number, y: number) => number;

/** Operations on the topmost value, by their names in a Program. */
export const UNARY: ReadonlyMap<string, Unary> = new Map<string, Unary>([
  ['negate', (x) => -x],
  ['exp', exp],
  ['log', log],
  ['sqrt', Math.sqrt],
  ['sin', sin],
  ['cos', cos],
  ['abs', Math.abs],
]);

/** Operations on the two topmost values. */
export const BINARY: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['+', (x, y) => x + y],
  ['-', (x, y) => x - y],
  ['*', (x, y) => x * y],
  ['/', (x, y) => x / y],
  ['^', pow],
  ['min', (x, y) => Math.min(x, y)],
  ['max', (x, y) => Math.max(x, y)],
]);

/** Whether a value of an expression can be a reward: a number, and small enough that sums of squares stay finite. */
export function isReward(value: number): boolean {
  return Math.abs(value) <= 1e120;
}

/**
 * The function of u that a postfix program computes, in doubles, with the elementary functions of src/number: the same
 * digits everywhere. @throws {RangeError} the program is not one that parseExpression makes
 */
export function compileProgram(program: Program): (u: number) => number {
  const stack: Unary[] = [];
  const pop = (): Unary => {
    const top = stack.pop();
    if (top === undefined) throw new RangeError('a program takes more values than it has');
    return top;
  };
  for (const step of program) {
    if (typeof step === 'number') stack.push(() => step);
    else if (step === 'u') stack.push((u) => u);
    else if (UNARY.has(step)) {
      const f = UNARY.get(step)!;
      const x = pop();
      stack.push((u) => f(x(u)));
    } else if (BINARY.has(step)) {
      const f = BINARY.get(step)!;
      const y = pop();
      const x = pop();
      stack.push((u) => f(x(u), y(u)));
    } else throw new RangeError(`a program has no operation ${step}`);
  }
  const result = pop();
  if (stack.length > 0) throw new RangeError('a program leaves more than one value');
  return result;
}
