import { inputError } from '../../errors.js';
import type { Distribution } from '../distribution.js';
import { compileProgram, isReward } from '../program.js';
import type { Program } from '../spec.js';

/** f(u) for a written expression f. Nothing is known of its moments, its range or its atoms. */
export function quantile(text: string, program: Program): Distribution {
  const f = compileProgram(program);
  return {
    transform(values) {
      for (let i = 0; i < values.length; i++) {
        const value = f(values[i]);
        if (!isReward(value)) throw noReward(text, values[i], value);
        values[i] = value;
      }
    },
    support: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    moments: 'unchecked',
    atomless: false,
  };
}

function noReward(text: string, u: number, value: number): Error {
  return inputError({
    code: 'E_EXPR_VALUE',
    message: `the reward ${text} is ${value} at u = ${u}`,
    wanted: 'a number up to 1e120 in size for every u between 0 and 1',
  });
}
