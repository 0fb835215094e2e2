// A source whose clock was ahead for a moment has its time there: what it writes at the right time then comes too late for
// every window, until the clock on the wall has caught up. That is counted as late, and told here for what it is.
import { ALL_SOURCES, type WindowSpec } from '../../core/window/window-spec.js';
import type { SourceSnapshot } from '../../core/window/source-state.js';
import { showDuration } from '../alerts/show-alert.js';
import type { Clock, Commit } from '../ports.js';

/** Behind by less than this a record still corrects its window, ms of the source's own time. */
export function deafFromMs({ allowedLatenessMs, correctionMs }: WindowSpec): number {
  return allowedLatenessMs + correctionMs;
}

/** @returns to be called with the sources of each commit; tells each source once until its time is right again */
export function tellAhead(
  clock: Clock,
  window: WindowSpec,
  say: (sentence: string) => void,
): (sources: Commit['sources']) => void {
  const told = new Set<string>();
  const fromMs = deafFromMs(window);
  return (sources) => {
    for (const { source, windows } of sources) {
      const eventTimeMs = (windows as SourceSnapshot | null)?.gate.maxEventTimeMs;
      const aheadMs = (eventTimeMs ?? -Infinity) - clock.nowMs();
      if (aheadMs < fromMs) told.delete(source);
      if (aheadMs < fromMs || told.has(source)) continue;
      told.add(source);
      say(
        `the clock of ${source === ALL_SOURCES ? 'some source' : source} was ${showDuration(aheadMs)} ahead: a record says ${new Date(eventTimeMs!).toISOString()}. Until then what it writes with the right time is too late for every window: it is counted as late and not scored. Set its clock right`,
      );
    }
  };
}
