// What a reader of an evaluation has to know before the numbers: what is missing from them, and why.

import type { Judgement } from './match-labels.js';
import type { Measures } from './measure.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';

/** Sentences; none when there is nothing to say. */
export function notesOn({ windows, labels, judgedLabels, counts }: Judgement, overall: Measures): string[] {
  const notes: string[] = [];
  if (counts.rowsRead === 0) notes.push('no rows were read: there is nothing to judge');
  else if (windows.length === 0) notes.push('no window lies in the time that the labels speak about');
  if (counts.rowsConflicting > 0) {
    notes.push(
      `${counts.rowsConflicting} rows repeat a window with the same revision and another answer; the last one ` +
        `counts: were two outputs put together?`,
    );
  }
  if (counts.windowsOutsideLabels > 0 && windows.length > 0) {
    notes.push(`${counts.windowsOutsideLabels} windows lie outside the labels' time and are not judged`);
  }
  if (counts.labelsNotScored > 0) {
    notes.push(
      `${counts.labelsNotScored} labels began when nothing was scored; their detection is not judged`,
    );
  }
  const sources = new Set(windows.map(({ row }) => row.source));
  const unseen = judgedLabels.filter((index) => !labels[index]!.services.some((name) => sources.has(name)));
  if (unseen.length > 0 && !sources.has(ALL_SOURCES)) {
    const names = [...new Set(unseen.flatMap((index) => labels[index]!.services))];
    notes.push(
      `${unseen.length === 1 ? '1 label is' : `${unseen.length} labels are`} of services that were never scored (${someOf(names)}; scored are ${someOf([...sources])}): counted as missed`,
    );
  }
  if (windows.length > 0) notes.push(...notesOnNulls(overall));
  return notes;
}

function someOf(names: readonly string[]): string {
  const shown = names.toSorted().slice(0, 3).join(', ');
  return names.length <= 3 ? shown : `${shown} and ${names.length - 3} more`;
}

function notesOnNulls({ windows, events }: Measures): string[] {
  const notes: string[] = [];
  if (windows.positives === 0)
    notes.push('no window is positive: recall, F1 and the areas by window say nothing');
  if (windows.positives === windows.windows)
    notes.push('no window is healthy: ROC-AUC by window is undefined');
  if (events.labels === 0)
    notes.push('no label is judged: recall, delay and the areas by event are undefined');
  if (events.alerts === 0) notes.push('nothing alerted: precision is undefined');
  if (events.falseAlertsADay === null) notes.push('no time is healthy: false alerts a day are undefined');
  return notes;
}
