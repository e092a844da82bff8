import { expect, it } from 'vitest';
import { parseDiscount } from '../../src/number/discount.js';
import { defaultTolerance } from '../../src/power/tolerance.js';
import { parseReward } from '../../src/rewards/parse-reward.js';
import { rewardSource } from '../../src/rewards/reward-source.js';
import { star } from './estimating.js';

/** Of a state with k leaves, whose POWER is the maximum of k uniform rewards: it has the smallest spread. */
const toleranceOf = (k: number, samples = 4096): ReturnType<typeof defaultTolerance> => {
  const mdp = star(k);
  const source = rewardSource(parseReward('uniform(0,1)', mdp.states), mdp, 1n);
  return defaultTolerance({ mdp, source }, parseDiscount('0.9'), samples, new Uint8Array(mdp.stateCount));
};
const gainsOf = (k: number, ofCentre: number): Float64Array =>
  Float64Array.from(star(k).states, (name) => (name === 's0' ? ofCentre : 1));

it('is as much finer as the smallest standard error', () => {
  const tolerance = toleranceOf(5);
  expect(tolerance(new Float64Array(6).fill(4))).toBeCloseTo(tolerance() / 4, 15);
  expect(tolerance(gainsOf(5, 100))).toBeCloseTo(tolerance() / 100, 15);
});

it('follows no single gain among more than twenty states', () => {
  const tolerance = toleranceOf(23);
  // A leaf is uniform, with a standard deviation of 1/√12, which 128 samples tell to 5 %; its smallest of 23 is lower.
  const ofLeaf = tolerance(gainsOf(23, 100)) * 20 * Math.sqrt(4096);
  expect(ofLeaf).toBeGreaterThan(0.8 / Math.sqrt(12));
  expect(ofLeaf).toBeLessThan(1 / Math.sqrt(12));
  expect(tolerance(gainsOf(23, 100))).toBeGreaterThan(tolerance());
});

it('is the same for numbers of samples up to sixteen times as many, and between a tenth and a fortieth of the error', () => {
  const standardError = toleranceOf(5, 4096)() * 20 * Math.sqrt(4096);
  const known = new Map<number, number>();
  for (const samples of [
    1, 3, 4, 63, 64, 1023, 1024, 10_000, 16_383, 16_384, 100_000, 262_143, 262_144, 1e9,
  ]) {
    const tolerance = toleranceOf(5, samples)();
    known.set(samples, tolerance);
    const part = standardError / Math.sqrt(samples) / tolerance;
    expect(part).toBeGreaterThan(10 * (1 - 2 ** -50));
    expect(part).toBeLessThan(40 * (1 + 2 ** -50));
  }
  expect(known.get(1024)).toBe(known.get(16_383));
  expect(known.get(16_384)).toBe(known.get(262_143));
  expect(known.get(262_144)).toBe(known.get(16_384)! / 4);
});
