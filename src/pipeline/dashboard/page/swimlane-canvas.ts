// The cells of the swimlane, painted: fifty lanes of hundreds of cells in a few milliseconds, sharp on every screen.
import type { Swimlane } from '../api.js';
import { heatOf } from '../view/heat.js';
import { pageColour } from './plot.js';
import { isDark } from './theme.js';

const GAP_PX = 3;

/** @param lanes those shown, from the top; @param laneHeightPx of each, its gap included */
export function paintLanes(
  canvas: HTMLCanvasElement,
  swimlane: Swimlane,
  lanes: Swimlane['lanes'],
  widthPx: number,
  laneHeightPx: number,
): void {
  const ratio = window.devicePixelRatio;
  const heightPx = lanes.length * laneHeightPx;
  canvas.width = Math.round(widthPx * ratio);
  canvas.height = Math.round(heightPx * ratio);
  canvas.style.setProperty('height', `${heightPx}px`);
  const brush = canvas.getContext('2d');
  if (!brush) return;
  const shade = isDark() ? 'dark' : 'light';
  const full = Math.round((laneHeightPx - GAP_PX) * ratio);
  const empty = pageColour('--lane-empty');
  const count = Math.ceil((swimlane.toMs - swimlane.fromMs) / swimlane.bucketMs);
  // whole pixels, or neighbours would blur into each other
  const edge = (bucket: number): number => Math.round((bucket / count) * canvas.width);
  const hasRoom = canvas.width / count >= 4 * ratio;

  lanes.forEach(({ scores, alerting, threshold = swimlane.threshold }, index) => {
    const top = Math.round((index * laneHeightPx + GAP_PX / 2) * ratio);
    brush.fillStyle = empty;
    brush.fillRect(
      0,
      top + full - Math.max(1, Math.round(ratio)),
      canvas.width,
      Math.max(1, Math.round(ratio)),
    );
    scores.forEach((score, bucket) => {
      if (score === null) return;
      const heat = heatOf(score, threshold, (alerting[bucket] ?? 0) > 0, shade);
      const height = Math.round(full * heat.height);
      const left = edge(bucket);
      const width = edge(bucket + 1) - left - (hasRoom ? Math.round(ratio) : 0);
      brush.fillStyle = heat.colour;
      brush.fillRect(left, top + full - height, Math.max(1, width), height);
    });
  });
}
