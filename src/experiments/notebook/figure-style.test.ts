import { expect, test } from 'vitest';
import { PALETTE, seriesStyle, styled } from './figure-style.js';

test("a figure's own layout wins over the shared look", () => {
  const { layout } = styled({ data: [], layout: { height: 300, title: { text: 'load' } } });

  expect(layout).toMatchObject({ height: 300, title: { text: 'load' } });
});

test('a few names stand above the plot, many beside it', () => {
  const named = (count: number): object[] =>
    Array.from({ length: count }, (_, name) => ({ name: `n${name}` }));
  const hidden = { name: 'band', showlegend: false };

  expect(JSON.stringify(styled({ data: [...named(5), hidden] }).layout)).toContain('"orientation":"h"');
  expect(JSON.stringify(styled({ data: named(6) }).layout)).not.toContain('"orientation":"h"');
});

test('eleven things in one figure are told apart by colour, and neighbours by dash and mark as well', () => {
  const styles = Array.from({ length: PALETTE.length }, (_, index) => seriesStyle(index));

  expect(new Set(styles.map(({ colour }) => colour)).size).toBe(11);
  styles.slice(1).forEach((style, before) => {
    expect(style.dash).not.toBe(styles[before]!.dash);
    expect(style.symbol).not.toBe(styles[before]!.symbol);
  });
});

test('every line and word stands out from the paper at least 2 to 1, in the brightest colour too', () => {
  const contrasts = PALETTE.map((colour) => 1.05 / (luminance(colour) + 0.05));

  expect(Math.min(...contrasts)).toBeGreaterThan(2);
});

/** Relative luminance as WCAG 2 has it, 0 (black) to 1 (white). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
