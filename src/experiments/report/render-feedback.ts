// What people judged beside what the labels say, those that were judged false first.
import { agreementRows, feedbackRows } from '../feedback/feedback-view.js';
import type { Row } from '../notebook/row.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { type Html, markup } from './html.js';
import { table } from './html-table.js';

const MOST_ROWS = 100;

export function renderFeedback({ feedback }: ErrorAnalysis): Html {
  if (feedback === undefined || feedback.cases.length + feedback.outside === 0)
    return markup`<p>Nobody has judged an alert yet.</p>`;
  const { cases, outside } = feedback;
  return markup`<p class="hint">
${cases.length} judged
alerts${outside === 0 ? '' : `; ${outside} more lie outside of the time that the labels speak about`}.
A false one that belongs to a label, and a real one that belongs to none, is worth a look: one of the two is wrong.
</p>
${tableOf('Verdicts beside labels', agreementRows(feedback))}
${tableOf('Judged alerts, those that were judged false first', feedbackRows(feedback).slice(0, MOST_ROWS))}`;
}

function tableOf(caption: string, rows: readonly Row[]): Html | null {
  const [first] = rows;
  if (first === undefined) return null;
  return table(
    caption,
    Object.entries(first).map(([name, value]) => ({ name, isNumber: typeof value === 'number' })),
    rows.map((row) => Object.values(row).map((value) => (value === null ? '–' : String(value)))),
  );
}
