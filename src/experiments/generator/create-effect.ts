// From an anomaly to what it does: one maker a kind.

import type { AnomalyKind } from './anomaly-kinds.js';
import type { Anomaly } from './anomaly-plan.js';
import type { Effect, EffectContext } from './effect.js';
import { cascade, errorDrift, errorSpike, newException } from './effects-of-errors.js';
import {
  latency,
  misplacedJob,
  offHoursLoad,
  rareTemplateSpike,
  silence,
  templateDisappears,
  trafficSurge,
} from './effects-of-volume.js';

const MAKERS: Readonly<Record<AnomalyKind, (anomaly: Anomaly, context: EffectContext) => Effect>> = {
  'error-spike': errorSpike,
  cascade,
  'new-exception': newException,
  'rare-template-spike': rareTemplateSpike,
  'template-disappears': templateDisappears,
  silence,
  'error-drift': errorDrift,
  latency,
  'traffic-surge': trafficSurge,
  'off-hours-load': offHoursLoad,
  'misplaced-job': misplacedJob,
};

export function createEffect(anomaly: Anomaly, context: EffectContext): Effect {
  return MAKERS[anomaly.kind](anomaly, context);
}
