// Ground truth as it comes to pass: an anomaly is entered when its first record comes out, or fails to come out.
// One that touched nothing never gets a label, for nobody could have seen it.

import type { BenignStretch, Label, Labels } from '../labels.js';
import { kindInfo, type AnomalyKind } from './anomaly-kinds.js';

/** An anomaly and its traces so far. Plain JSON. */
export interface LabelEntry {
  readonly id: string;
  readonly kind: AnomalyKind;
  readonly startMs: number;
  readonly plannedEndMs: number;
  readonly strength: number;
  readonly rootService: string;
  readonly firstMs: number;
  lastMs: number;
  /** Written, changed or withheld records. */
  touched: number;
  /** In the order in which they were touched first. */
  readonly services: string[];
}

export interface LabelBook {
  /** An anomaly wrote, changed or withheld a record of a service. In the order of time. */
  touch(id: string, service: string, timeMs: number): void;
  noteBenign(kind: string, span: { startMs: number; endMs: number }, services: readonly string[]): void;
  labels(startMs: number, reachedMs: number): Labels;
  snapshot(): LabelBookState;
}

export interface LabelBookState {
  readonly entries: readonly LabelEntry[];
  readonly benign: readonly BenignStretch[];
}

/** @param describe looks an anomaly up when it is touched first */
export function createLabelBook(
  describe: (
    id: string,
  ) => Pick<LabelEntry, 'kind' | 'startMs' | 'plannedEndMs' | 'strength' | 'rootService'>,
  restored?: LabelBookState,
): LabelBook {
  const entries = new Map<string, LabelEntry>();
  for (const entry of restored?.entries ?? [])
    entries.set(entry.id, { ...entry, services: [...entry.services] });
  const benign = [...(restored?.benign ?? [])];

  return {
    touch: (id, service, timeMs) => {
      const entry = entries.get(id);
      if (entry === undefined) {
        entries.set(id, {
          id,
          ...describe(id),
          firstMs: timeMs,
          lastMs: timeMs,
          touched: 1,
          services: [service],
        });
        return;
      }
      entry.lastMs = timeMs;
      entry.touched++;
      if (!entry.services.includes(service)) entry.services.push(service);
    },
    noteBenign: (kind, { startMs, endMs }, services) => benign.push({ kind, startMs, endMs, services }),
    labels: (startMs, reachedMs) => ({
      version: 1,
      startMs,
      endMs: reachedMs,
      labels: [...entries.values()].map(toLabel).sort((a, b) => a.startMs - b.startMs),
      benign: benign.filter((stretch) => stretch.startMs < reachedMs),
    }),
    snapshot: () => ({
      entries: [...entries.values()].map((entry) => ({ ...entry, services: [...entry.services] })),
      benign: [...benign],
    }),
  };
}

function toLabel(entry: LabelEntry): Label {
  return {
    id: entry.id,
    kind: entry.kind,
    category: kindInfo(entry.kind).category,
    startMs: entry.startMs,
    // requests it caught under way end a little after it
    endMs: Math.max(entry.plannedEndMs, entry.lastMs + 1),
    onsetMs: entry.firstMs,
    services: [...entry.services],
    rootService: entry.rootService,
    strength: entry.strength,
  };
}
