import { leastCommonMultiple } from '../../mdp/integer-rows.js';
import type { RewardBlock } from '../solution.js';

/** One reward function in integers: R(s) = numerator[s] / denominator, exactly. */
export interface ExactColumn {
  readonly numerator: readonly bigint[];
  readonly denominator: bigint;
}

/** The exact rewards of column b of a block. */
export function exactColumn(block: RewardBlock, column: number, stateCount: number): ExactColumn {
  if (!block.rounded) {
    const doubles = Array.from({ length: stateCount }, (_, s) => block.values[s * block.columns + column]!);
    return fromDoubles(doubles);
  }
  const rewards = block.exactColumn(column);
  let denominator = 1n;
  for (const { d } of rewards) denominator = leastCommonMultiple(denominator, d);
  return { numerator: rewards.map(({ s, n, d }) => s * n * (denominator / d)), denominator };
}

/** Classes of exactly equal rewards in column b of a block: Int32 (S), named by the first state. */
export function rewardClasses(block: RewardBlock, column: number, stateCount: number): Int32Array {
  const first = new Map<number | bigint, number>();
  const classes = new Int32Array(stateCount);
  const exact = block.rounded ? exactColumn(block, column, stateCount).numerator : undefined;
  for (let s = 0; s < stateCount; s++) {
    const value = exact === undefined ? block.values[s * block.columns + column]! : exact[s]!;
    const known = first.get(value);
    if (known === undefined) first.set(value, s);
    classes[s] = known ?? s;
  }
  return classes;
}

const bits = new BigUint64Array(1);
const double = new Float64Array(bits.buffer);

/** Doubles over the largest power of two that any of them needs. */
function fromDoubles(values: readonly number[]): ExactColumn {
  const parts = values.map((value) => {
    double[0] = value;
    const fraction = bits[0]! & 0xf_ffff_ffff_ffffn;
    const biased = Number((bits[0]! >> 52n) & 0x7ffn);
    let mantissa = biased === 0 ? fraction : fraction | 0x10_0000_0000_0000n;
    let exponent = (biased === 0 ? 1 : biased) - 1075;
    if (mantissa === 0n) return { mantissa, exponent: 0 };
    while ((mantissa & 0xffn) === 0n) {
      mantissa >>= 8n;
      exponent += 8;
    }
    return { mantissa: value < 0 ? -mantissa : mantissa, exponent };
  });
  const least = Math.min(0, ...parts.map(({ exponent }) => exponent));
  return {
    numerator: parts.map(({ mantissa, exponent }) => mantissa << BigInt(exponent - least)),
    denominator: 1n << BigInt(-least),
  };
}
