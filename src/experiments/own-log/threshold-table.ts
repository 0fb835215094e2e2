// From which score on a model alerts, and how sure that is, as a row.
import type { Artifact } from '../../core/artifact.js';
import type { Row } from '../notebook/row.js';

export function thresholdTable({
  threshold,
  provenance,
}: Pick<Artifact, 'threshold' | 'provenance'>): readonly Row[] {
  const [low, high] = threshold.interval;
  return [
    {
      windows: provenance.windows,
      'healthy source-days': threshold.sourceDays,
      'alerts allowed a day and source': threshold.budgetPerDay,
      threshold: threshold.value,
      'could be': `${low.toFixed(3)} to ${high.toFixed(3)}`,
    },
  ];
}
