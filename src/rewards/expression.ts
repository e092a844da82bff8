import { createRequire } from 'node:module';
import { type Diagnostic, quoted, type UserError } from '../errors.js';
import { didYouMean } from '../mdp/suggest.js';
import { BINARY, compileProgram, isReward, UNARY } from './program.js';
import type { Program } from './spec.js';

/** An expression longer or deeper than these is refused before any parser sees it. */
const LONGEST_EXPRESSION = 1000;
const DEEPEST_EXPRESSION = 50;

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);
const FUNCTIONS = ['exp', 'log', 'sqrt', 'sin', 'cos', 'abs', 'min', 'max'];
const NAMES = ['u', ...CONSTANTS.keys(), ...FUNCTIONS];
const WANTED = `numbers, u, + - * / ^, parentheses, ${[...CONSTANTS.keys(), ...FUNCTIONS].join(', ')}`;

/** What of a syntax node of mathjs is looked at. */
interface MathNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: unknown;
  readonly op?: unknown;
  readonly implicit?: unknown;
  readonly fn?: { readonly name?: unknown };
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
}

type FailAt = (at: number, parts: Omit<Diagnostic, 'place'>) => UserError;

/**
 * Reads an expression in u, such as `u^2` or `-log(1 - u)`. mathjs parses it and no more: the tree is walked with a list of
 * allowed nodes, and the result is a program for `compileProgram`. Text that is not built of numbers, allowed names and
 * operators is refused before mathjs is loaded, which takes a second.
 *
 * @param fail  makes the error at an offset of `text`
 * @returns the expression without white space, and its program, a number at 1027 points of (0, 1)
 * @throws {UserError} input: E_LIMIT_DEPTH, E_LIMIT_LENGTH, E_EXPR, E_EXPR_VALUE
 */
export function parseExpression(text: string, fail: FailAt): { text: string; program: Program } {
  checkSize(text, fail);
  const tokens = checkTokens(text, fail);
  const program: (number | string)[] = [];
  emit(parseTree(text, fail), program, (message) =>
    fail(0, { code: 'E_EXPR', message, found: quoted(text.trim()), wanted: WANTED }),
  );
  checkValues(program, text, fail);
  return { text: tokens.join(''), program };
}

function checkSize(text: string, fail: FailAt): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(' && ++depth > DEEPEST_EXPRESSION) {
      throw fail(at, {
        code: 'E_LIMIT_DEPTH',
        message: 'this expression has too many parentheses inside each other',
        wanted: `at most ${DEEPEST_EXPRESSION}`,
      });
    }
    if (text[at] === ')') depth--;
  }
  if (text.length > LONGEST_EXPRESSION) {
    throw fail(LONGEST_EXPRESSION, {
      code: 'E_LIMIT_LENGTH',
      message: 'this expression is too long',
      found: `${text.length} characters`,
      wanted: `at most ${LONGEST_EXPRESSION}`,
    });
  }
}

/** The tokens, without white space; every one is a number, an allowed name, an operator, a comma or a parenthesis. */
function checkTokens(text: string, fail: FailAt): string[] {
  const tokens: string[] = [];
  const token = /[ \t]*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_$][\w$]*)|([-+*/^(),])|$|(.))/suy;
  while (token.lastIndex < text.length) {
    // The last alternative takes anything, so that there is always a match.
    const match = token.exec(text)!;
    const [whole, number, name, symbol, other] = match;
    const found = number ?? name ?? symbol ?? other;
    if (found === undefined) break;
    const at = match.index + whole.length - found.length;
    if (other !== undefined) throw strange(at, other);
    if (name !== undefined && !NAMES.includes(name)) {
      const hint = didYouMean(name, NAMES);
      throw fail(at, {
        code: 'E_EXPR',
        message: `an expression has no name ${quoted(name)}`,
        found: quoted(name),
        wanted: WANTED,
        ...(hint !== undefined && { hint }),
      });
    }
    tokens.push(found);
  }
  return tokens;

  function strange(at: number, found: string): UserError {
    return fail(at, {
      code: 'E_EXPR',
      message: `${quoted(found)} has no meaning in an expression`,
      found: quoted(found),
      wanted: WANTED,
    });
  }
}

function parseTree(text: string, fail: FailAt): MathNode {
  // Loaded here and synchronously, so that laws without an expression do not pay for it.
  const require = createRequire(import.meta.url);
  const { parse } = require('mathjs/number') as { parse: (text: string) => MathNode };
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const char = (error as { char?: unknown }).char;
    throw fail(typeof char === 'number' ? Math.min(char - 1, text.length) : 0, {
      code: 'E_EXPR',
      message: 'this expression cannot be read',
      found: quoted(text.trim()),
      wanted: 'an expression in u, such as u^2',
    });
  }
}

/** Appends the program of a node, operands first. */
function emit(node: MathNode, program: (number | string)[], refuse: (message: string) => UserError): void {
  const operands = (names: readonly MathNode[] | undefined, count: number, what: string): void => {
    if (names?.length !== count) throw refuse(`${what} takes ${count} argument${count === 1 ? '' : 's'}`);
    for (const each of names) emit(each, program, refuse);
  };
  if (node.type === 'ConstantNode' && typeof node.value === 'number') {
    program.push(node.value);
  } else if (node.type === 'SymbolNode') {
    const name = String(node.name);
    if (name !== 'u' && !CONSTANTS.has(name)) throw refuse(`${name} needs its argument in parentheses`);
    program.push(name === 'u' ? 'u' : CONSTANTS.get(name)!);
  } else if (node.type === 'ParenthesisNode' && node.content !== undefined) {
    emit(node.content, program, refuse);
  } else if (node.type === 'OperatorNode' && node.implicit !== true) {
    const operator = String(node.op);
    if (node.args?.length === 1 && (operator === '-' || operator === '+')) {
      operands(node.args, 1, operator);
      if (operator === '-') program.push('negate');
    } else {
      operands(node.args, 2, operator);
      if (!['+', '-', '*', '/', '^'].includes(operator)) throw refuse(`there is no operator ${operator}`);
      program.push(operator);
    }
  } else if (node.type === 'FunctionNode') {
    const name = String(node.fn?.name);
    if (!FUNCTIONS.includes(name)) throw refuse(`${quoted(name)} is not a function`);
    if (UNARY.has(name)) {
      operands(node.args, 1, name);
      program.push(name);
    } else {
      const count = node.args?.length ?? 0;
      if (!BINARY.has(name) || count === 0) throw refuse(`${name} takes at least 1 argument`);
      operands(node.args, count, name);
      for (let i = 1; i < count; i++) program.push(name);
    }
  } else {
    throw refuse(
      node.type === 'OperatorNode' ? 'write every multiplication with *' : 'this is not an expression in u',
    );
  }
}

/** Demands values that can be rewards at the ends of what is drawn and at 1025 points between. */
function checkValues(program: Program, text: string, fail: FailAt): void {
  const f = compileProgram(program);
  const points = [2 ** -54, ...Array.from({ length: 1025 }, (_, k) => (k + 0.5) / 1025), 1 - 2 ** -53];
  const bad = points.find((u) => !isReward(f(u)));
  if (bad === undefined) return;
  throw fail(0, {
    code: 'E_EXPR_VALUE',
    message: `this expression is ${f(bad)} at u = ${bad}`,
    found: quoted(text.trim()),
    wanted: 'a number up to 1e120 in size for every u between 0 and 1',
  });
}
