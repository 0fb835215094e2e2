// Services × time: the highest score of each stretch, loud where it reached the threshold. Click or brush to keep everything
// else to it; with the keyboard a cursor says what it stands on, Enter filters and Escape clears.
import type { Swimlane } from '../api.js';
import { bucketSpan } from '../view/bucket.js';
import { heatOf } from '../view/heat.js';
import type { LaneCursor } from '../view/lane-cursor.js';
import { type LaneRoom, laneRoom } from '../view/lane-room.js';
import { cellWords } from '../view/lane-words.js';
import { element, fill, keepChildren } from './dom.js';
import { brushOn } from './swimlane-brush.js';
import { paintLanes } from './swimlane-canvas.js';
import { keysOn } from './swimlane-keys.js';
import { axisTicks, laneLabel, markerSign } from './swimlane-signs.js';
import { createLaneTable } from './swimlane-table.js';
import { screenNow } from './size.js';
import type { ViewContext } from './view.js';

export interface SwimlaneView {
  readonly root: HTMLElement;
  /** Newer data, or another range: the cursor stays where there still is such a cell. */
  show(swimlane: Swimlane): void;
  /** Selection, lane and zone of the address, on the data that is there. */
  update(): void;
  /** How many cells there is room for. */
  room(): number;
  unmount(): void;
}

const CELL_PX = 5;

export function createSwimlane(context: ViewContext): SwimlaneView {
  let swimlane: Swimlane | undefined;
  let cursor: LaneCursor | undefined;
  let showsAll = false;

  const labels = element('div', { class: 'lane-labels' });
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const cursorBox = element('div', { class: 'lane-cursor', hidden: true });
  const focusBox = element('div', { class: 'lane-focus', hidden: true });
  const markers = element('div', { class: 'lane-markers' });
  const axis = element('div', { class: 'lane-axis', 'aria-hidden': 'true' });
  const readout = element('p', { class: 'lane-readout', 'aria-live': 'polite' });
  const all = element('button', { type: 'button', class: 'quiet', hidden: true });
  const table = createLaneTable(context);
  const plot = element(
    'div',
    {
      class: 'lane-plot',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'swimlane',
      'aria-label':
        'Anomaly score by service and time. Arrows move, Control with arrows goes to the next anomaly, Enter filters, Escape clears.',
    },
    canvas,
    focusBox,
    cursorBox,
  );
  const root = element(
    'div',
    { class: 'swimlane' },
    element('div', { class: 'lane-grid' }, element('span'), markers, labels, plot, element('span'), axis),
    element('div', { class: 'lane-foot' }, readout, all),
    table.root,
  );

  const space = (): LaneRoom => laneRoom(screenNow());
  const shownLanes = (): Swimlane['lanes'] =>
    swimlane === undefined ? [] : showsAll ? swimlane.lanes : swimlane.lanes.slice(0, space().lanes);
  const laneHeightPx = (): number => space().heightPx(shownLanes().length);
  const bucketCount = (): number =>
    swimlane === undefined ? 0 : Math.ceil((swimlane.toMs - swimlane.fromMs) / swimlane.bucketMs);
  const zone = (): string => context.state().zone;

  const placeCursor = (): void => {
    cursorBox.hidden = cursor === undefined;
    if (!swimlane || !cursor) {
      readout.textContent = HINT;
      return;
    }
    const { lane, bucket } = cursor;
    place(cursorBox, bucket / bucketCount(), (bucket + 1) / bucketCount());
    cursorBox.style.setProperty('top', `${lane * laneHeightPx()}px`);
    cursorBox.style.setProperty('height', `${laneHeightPx()}px`);
    readout.textContent = cellWords({ ...swimlane, lanes: shownLanes() }, cursor, zone(), context.nowMs());
  };
  const moveTo = (next: LaneCursor | undefined): void => {
    cursor = next;
    placeCursor();
  };
  const filterBy = ({ lane, bucket }: LaneCursor): void => {
    if (!swimlane) return;
    const source = shownLanes()[lane]!.source;
    const focus = bucketSpan(swimlane, bucket);
    const now = context.state();
    const isSame =
      now.source === source && now.focus?.fromMs === focus.fromMs && now.focus.toMs === focus.toMs;
    context.navigate(isSame ? { source: null, focus: null } : { source, focus });
  };
  const cellAt = (shareX: number, yPx: number): LaneCursor | undefined => {
    const lane = Math.floor(yPx / laneHeightPx());
    const bucket = Math.floor(shareX * bucketCount());
    const isInside = lane >= 0 && lane < shownLanes().length && bucket >= 0 && bucket < bucketCount();
    return isInside ? { lane, bucket } : undefined;
  };
  const isLoud = ({ lane, bucket }: LaneCursor): boolean => {
    const { scores, alerting, threshold = swimlane!.threshold } = shownLanes()[lane]!;
    const score = scores[bucket] ?? null;
    return score !== null && heatOf(score, threshold, (alerting[bucket] ?? 0) > 0, 'light').isLoud;
  };

  const stopBrush = brushOn(plot, {
    buckets: () => swimlane && { ...swimlane, count: bucketCount() },
    show: (span) => drawFocus(span ?? context.state().focus),
    brushed: (focus) => context.navigate({ focus }),
    clicked: (shareX, yPx) => {
      const cell = cellAt(shareX, yPx);
      if (cell) filterBy(cell);
    },
    hovered: (at) => moveTo(at && cellAt(at.shareX, at.yPx)),
  });
  keysOn(plot, {
    cursor: () => cursor,
    size: () => ({ lanes: shownLanes().length, buckets: bucketCount() }),
    isLoud,
    moved: (next) => {
      moveTo(next);
      cursorBox.scrollIntoView({ block: 'nearest' });
    },
    chosen: filterBy,
    cleared: () => context.navigate({ source: null, focus: null }),
  });
  all.addEventListener('click', () => {
    showsAll = !showsAll;
    draw();
  });

  const drawFocus = (span: { fromMs: number; toMs: number } | null): void => {
    focusBox.hidden = span === null || swimlane === undefined;
    if (!span || !swimlane) return;
    const share = (timeMs: number): number =>
      Math.min(1, Math.max(0, (timeMs - swimlane!.fromMs) / (swimlane!.toMs - swimlane!.fromMs)));
    place(focusBox, share(span.fromMs), share(span.toMs));
  };
  const draw = (): void => {
    if (!swimlane) return;
    const lanes = shownLanes();
    root.style.setProperty('--lane-height', `${laneHeightPx()}px`);
    root.style.setProperty('--lane-count', String(lanes.length));
    // a label stays the element that it is, and so keeps the focus, wherever its lane moves
    keepChildren(
      labels,
      lanes,
      ({ source }) => source,
      (lane) => laneLabel(lane, context),
      (label, { source, alerting }) => {
        label.setAttribute('aria-pressed', String(context.state().source === source));
        label.classList.toggle(
          'loud',
          alerting.some((count) => count > 0),
        );
      },
    );
    paintLanes(canvas, swimlane, lanes, plot.clientWidth, laneHeightPx());
    const span = swimlane;
    fill(markers, ...span.markers.map((marker) => markerSign(marker, span, context)));
    fill(axis, ...axisTicks(span, zone(), plot.clientWidth));
    all.hidden = swimlane.lanes.length <= space().lanes;
    all.textContent = showsAll
      ? `Only the ${space().lanes} strangest`
      : `All ${swimlane.lanes.length} services, ${swimlane.lanes.length - space().lanes} more`;
    drawFocus(context.state().focus);
    placeCursor();
    table.show(swimlane);
  };
  const resized = new ResizeObserver(() => draw());
  resized.observe(plot);
  readout.textContent = HINT;
  return {
    root,
    show: (next) => {
      // the order of lanes changes with what happens: the cursor stays with its service and its time
      const source = cursor && shownLanes()[cursor.lane]?.source;
      const atMs = cursor && swimlane ? swimlane.fromMs + cursor.bucket * swimlane.bucketMs : 0;
      swimlane = next;
      const lane = shownLanes().findIndex((each) => each.source === source);
      const bucket = Math.floor((atMs - next.fromMs) / next.bucketMs);
      const isThere = cursor !== undefined && lane >= 0 && bucket >= 0 && bucket < bucketCount();
      cursor = isThere ? { lane, bucket } : undefined;
      draw();
    },
    update: draw,
    room: () => Math.max(24, Math.min(720, Math.floor((plot.clientWidth || 600) / CELL_PX))),
    unmount: () => {
      resized.disconnect();
      stopBrush();
    },
  };
}

const HINT = 'Click a cell or a service, or drag over a stretch of time, to filter by it.';

function place(box: HTMLElement, from: number, to: number): void {
  box.style.setProperty('left', `${from * 100}%`);
  box.style.setProperty('width', `${(to - from) * 100}%`);
}
