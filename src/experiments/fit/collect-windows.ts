// The fit's second reading: records matched against the frozen dictionary and cut into windows, by the very windower
// that the stream uses.
import type { LogRecord, RejectReason } from '../../core/record.js';
import type { TrainingWindow } from '../../core/features/training-window.js';
import { NEW_TEMPLATE, type TemplateMatcher } from '../../core/template/template.js';
import { isLineTypeClass } from '../../core/window/add-to-pane.js';
import type { LineTypeKeys } from '../../core/window/line-type.js';
import { createPane, type Pane, severityClassOf } from '../../core/window/pane.js';
import type { WindowSpec } from '../../core/window/window-spec.js';
import type { DueWindow, WindowSink } from '../../core/window/issue-windows.js';
import { createWindower, type Windower } from '../../core/window/windower.js';

export interface WindowCollector {
  /** @returns what became of it, unless it is still waiting */
  add(record: LogRecord): void;
  /** The run is over; the next record belongs to another that has nothing to do with it. */
  endRun(): void;
  /** All windows, by source and then time, without those in which no source wrote anything. */
  windows(): readonly TrainingWindow[];
}

export function createWindowCollector(
  spec: WindowSpec,
  matcher: TemplateMatcher,
  keys: LineTypeKeys,
  onRefused: (record: LogRecord, reason: RejectReason | 'late') => void,
): WindowCollector {
  const collected: (TrainingWindow & { readonly run: number })[] = [];
  let run = 0;
  const begin = (): Windower =>
    createWindower({ spec, reachWindows: 0, issue: 'final', keys, wantsExample: () => false });
  let windower = begin();
  const sink: WindowSink = {
    onDue: ({ source, endHop }: DueWindow) => {
      const window = compact(windower.history(source, endHop, 1)[0]!);
      const endMs = endHop * spec.hopMs;
      collected.push({ source, startMs: endMs - spec.windowMs, endMs, stretch: 0, window, run });
    },
    onTaken: () => {},
    onLate: (record) => onRefused(record, 'late'),
    onSetAside: onRefused,
  };
  return {
    add: (record) => {
      const isLooked = isLineTypeClass(severityClassOf(record.severity));
      const index = isLooked ? matcher.match(record.body) : NEW_TEMPLATE;
      // after a fit on the same lines only what the overflow swallowed is new
      windower.add(
        record,
        isLooked && index === NEW_TEMPLATE ? matcher.describeNew(record.body) : index,
        sink,
      );
    },
    endRun: () => {
      windower.end(sink);
      windower = begin();
      run++;
    },
    windows: () => numberStretches(collected, spec.hopMs),
  };
}

const SILENT = createPane(0);

/** All windows of the fit are in memory at once: what is empty in them they share. */
function compact(pane: Pane): Pane {
  if (pane.records === 0) return SILENT;
  return {
    ...pane,
    newTemplates: pane.newTemplates.size === 0 ? SILENT.newTemplates : pane.newTemplates,
    examples: pane.examples.size === 0 ? SILENT.examples : pane.examples,
  };
}

/** A window in which nobody wrote anything is a gap in the data, not health. */
function numberStretches(
  collected: readonly (TrainingWindow & { readonly run: number })[],
  hopMs: number,
): readonly TrainingWindow[] {
  const spokenAt = new Set<string>();
  for (const { run, endMs, window } of collected) if (window.records > 0) spokenAt.add(`${run}|${endMs}`);
  const kept = collected
    .filter(({ run, endMs }) => spokenAt.has(`${run}|${endMs}`))
    .sort((a, b) =>
      a.source < b.source ? -1 : a.source > b.source ? 1 : a.run - b.run || a.endMs - b.endMs,
    );
  let stretch = -1;
  return kept.map(({ run, ...window }, index) => {
    const before = kept[index - 1];
    const follows =
      before?.source === window.source && before.run === run && before.endMs + hopMs === window.endMs;
    if (!follows) stretch++;
    return { ...window, stretch };
  });
}
