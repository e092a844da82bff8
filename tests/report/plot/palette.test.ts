// Oracle: the contrast of WCAG 2.2 (relative luminance), and the confusion of red and green by Viénot, Brettel and Mollon (1999).
import { describe, expect, it } from 'vitest';
import { DARK, INK, inkOnScale, MUTED, PAGE, SERIES, scaleColor } from '../../../src/report/plot/palette.js';

const channels = (color: string): number[] =>
  [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
const luminance = (color: string): number => {
  const [red, green, blue] = channels(color) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};
const dark = (color: string): string => DARK.find(([light]) => light === color)![1];

describe('colours', () => {
  it('of curves stand out from a light and from a dark page (WCAG 1.4.11: 3 to 1)', () => {
    for (const color of SERIES) {
      expect(contrast(color, PAGE), color).toBeGreaterThanOrEqual(3);
      expect(contrast(color, dark(PAGE)), color).toBeGreaterThanOrEqual(3);
    }
  });

  it('of text are read on a light and on a dark page (WCAG 1.4.3: 4.5 to 1)', () => {
    for (const color of [INK, MUTED]) {
      expect(contrast(color, PAGE)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark(color), dark(PAGE))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('of the scale grow lighter throughout, so that they order without hue', () => {
    const steps = Array.from({ length: 101 }, (_, i) => luminance(scaleColor(i / 100)));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(scaleColor(0)).toBe('#440154');
    expect(scaleColor(1)).toBe('#fde725');
  });

  it('of the scale carry text that is read (WCAG 1.4.3: 4.5 to 1)', () => {
    for (let i = 0; i <= 100; i++)
      expect(contrast(scaleColor(i / 100), inkOnScale(i / 100)), `${i}`).toBeGreaterThanOrEqual(4.5);
  });

  it('of data and of text are never the same, so that a dark page changes only text', () => {
    const data = new Set([...SERIES, ...Array.from({ length: 1001 }, (_, i) => scaleColor(i / 1000))]);
    for (const [light] of DARK) expect(data.has(light)).toBe(false);
  });
});
