// How a labelled log was divided: what was fitted on, and what was held back until the choice is made.
import type { FitData } from '../fit/fit.js';
import type { Labels } from '../labels.js';
import type { Row } from '../notebook/row.js';

/** @param untilMs where the held back part begins */
export function splitTable(data: FitData, labels: Labels, untilMs: number): readonly Row[] {
  const before = labels.labels.filter(({ onsetMs }) => onsetMs < untilMs).length;
  const row = (part: string, endMs: number, windows: number | null, anomalies: number): Row => ({
    part,
    until: new Date(endMs).toISOString().slice(0, 19).replace('T', ' '),
    'healthy windows learned from': windows,
    'labelled anomalies': anomalies,
  });
  return [
    row('fitted on', untilMs, data.learned.windows.length, before),
    row('held back', labels.endMs, null, labels.labels.length - before),
  ];
}
