// From ground truth as a feed tells it, or as a message of a labels topic holds it, to what the results store keeps.
import type { Injected } from '../alerts/judge-alerts.js';
import type { StoredLabel } from '../dashboard/reader.js';

const MOST_SERVICES = 1000;

export function storedLabelOf(label: Injected & { readonly isCanary?: boolean }): StoredLabel {
  const { id, kind, startMs, endMs, onsetMs, services, rootService, strength } = label;
  return {
    id,
    kind,
    startMs,
    endMs,
    onsetMs,
    services,
    rootService,
    strength,
    isCanary: label.isCanary === true,
  };
}

/** @returns undefined of what is no label: a topic may hold anything */
export function parseLabel(text: string): StoredLabel | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const label = value as Record<keyof StoredLabel, unknown>;
  const { startMs, endMs, onsetMs, services, strength } = label;
  const areNames = [label.id, label.kind, label.rootService].every(isName);
  const areTimes = [startMs, endMs, onsetMs].every(isTime);
  if (!areNames || !areTimes || (endMs as number) < (startMs as number)) return undefined;
  if (!Array.isArray(services) || services.length > MOST_SERVICES || !services.every(isName))
    return undefined;
  if (typeof strength !== 'number' || !(strength >= 0 && strength <= 1)) return undefined;
  return storedLabelOf(value as Injected & { readonly isCanary?: boolean });
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= 1000;
}

/** ms since epoch that a date can hold */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 8.64e15;
}
