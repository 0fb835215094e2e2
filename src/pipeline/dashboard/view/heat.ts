// The colours of scores: calm below the threshold, loud above it. Blue against orange and red, so that they stay apart for
// every common kind of colour blindness, and the loud ones differ in shape too: they fill their lane.

export type Shade = 'light' | 'dark';

export interface Heat {
  readonly colour: string;
  /** Share of the lane's height that the cell fills, 0 to 1. */
  readonly height: number;
  readonly isLoud: boolean;
}

const CALM: Readonly<Record<Shade, readonly string[]>> = {
  light: ['#dde4ee', '#c3d2e7', '#9db8dc'],
  dark: ['#283546', '#2f4767', '#3d6193'],
};
const LOUD: Readonly<Record<Shade, readonly string[]>> = {
  light: ['#f0a04b', '#e87722', '#d9480f', '#b91c1c', '#8f1020'],
  dark: ['#e8a04c', '#f08a3c', '#f76f3e', '#fb5a4d', '#ff8a80'],
};

/** A window that is not strange at all is still there, unlike one that is missing. */
const LEAST_HEIGHT = 0.14;
const MOST_CALM_HEIGHT = 0.5;

/**
 * @param score 0 to 1
 * @param threshold 0 to 1: from there on it is loud
 * @param hasAlert whether a window of the cell alerts: one that does is loud whatever the threshold is now
 */
export function heatOf(score: number, threshold: number, hasAlert: boolean, shade: Shade): Heat {
  const isLoud = hasAlert || score >= threshold;
  const colours = isLoud ? LOUD[shade] : CALM[shade];
  const depth = isLoud
    ? (score - threshold) / Math.max(1e-9, 1 - threshold)
    : score / Math.max(1e-9, threshold);
  // the middle of what is calm is calm too: only near the threshold it grows darker
  const shown = isLoud ? depth : depth ** 2;
  const step = Math.min(colours.length - 1, Math.max(0, Math.floor(shown * colours.length)));
  const calmHeight = LEAST_HEIGHT + (MOST_CALM_HEIGHT - LEAST_HEIGHT) * Math.min(1, Math.max(0, depth));
  return { colour: colours[step]!, height: isLoud ? 1 : calmHeight, isLoud };
}

/** For the key beside the lanes: from calm to loud, and where the threshold lies. */
export function heatScale(shade: Shade): {
  readonly calm: readonly string[];
  readonly loud: readonly string[];
} {
  return { calm: CALM[shade], loud: LOUD[shade] };
}
