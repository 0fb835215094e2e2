// Numbers as people read them: short enough for a glance, never rounded into something else.

const LARGE: readonly (readonly [number, string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
];

/** Whole numbers: `0`, `9,870`, `12.3 k`, `4.1 M`. */
export function countText(count: number): string {
  for (const [unit, name] of LARGE) {
    if (Math.abs(count) >= unit) {
      const step = unit === 1e4 ? 1000 : unit;
      return `${significant(count / step, 3)} ${name}`;
    }
  }
  return Math.round(count).toLocaleString('en-GB');
}

/** `3 alerts`, `1 alert`. @param plural where an s does not make it */
export function countOf(count: number, one: string, plural = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : plural}`;
}

/** A share, 0 to 1: `0 %`, `< 0.1 %`, `3.2 %`, `48 %`; 100 % and 0 % only where that is exactly so. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (Math.abs(percent) < 0.1) return '< 0.1 %';
  if (percent > 99.9 && percent < 100) return '> 99.9 %';
  return `${percent < 10 || percent > 99 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** Whatever a feature measures, with its unit, to three figures: `0.42`, `1,234`, `3.1 s`. */
export function valueText(value: number, unit = ''): string {
  const text = Number.isInteger(value) || Math.abs(value) >= 1000 ? countText(value) : significant(value, 3);
  return unit === '' || unit === '1' || unit === 'ratio' ? text : `${text} ${unit}`;
}

/** So many figures, without zeros at the end. */
export function significant(value: number, figures: number): string {
  return String(Number(value.toPrecision(figures)));
}
