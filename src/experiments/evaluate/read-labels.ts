// Reads `labels.json` and holds it to its promises, so that a typing error in a hand-made file does not become a
// wrong number.

import type { BenignStretch, Label, Labels } from '../labels.js';
import { showValue } from './show-value.js';

export class LabelsError extends Error {
  override readonly name = 'LabelsError';
}

const CATEGORIES = ['point', 'contextual', 'collective'] as const;

/**
 * @param text the whole file
 * @throws LabelsError naming the place, what was wanted and what came
 */
export function parseLabels(text: string): Labels {
  const root = objectAt(parseJson(text), 'labels');
  if (root['version'] !== 1) {
    throw new LabelsError(
      `labels.version must be 1, got ${showValue(root['version'])}: generate the labels anew`,
    );
  }
  const span = spanAt(root, 'labels');
  const labels = listAt(root, 'labels', 'labels').map((item, i) => labelAt(item, `labels.labels[${i}]`));
  const benign = listAt(root, 'benign', 'labels').map((item, i) => benignAt(item, `labels.benign[${i}]`));
  const ids = new Set<string>();
  for (const { id } of labels) {
    if (ids.has(id)) throw new LabelsError(`label ids must differ, got ${showValue(id)} twice`);
    ids.add(id);
  }
  return { version: 1, ...span, labels, benign };
}

function labelAt(value: unknown, place: string): Label {
  const item = objectAt(value, place);
  const { startMs, endMs } = spanAt(item, place);
  const onsetMs = wholeAt(item, 'onsetMs', place);
  if (onsetMs < startMs || onsetMs >= endMs) {
    throw wanted(`${place}.onsetMs`, `in [startMs, endMs) = [${startMs}, ${endMs})`, onsetMs);
  }
  const category = CATEGORIES.find((name) => name === item['category']);
  if (category === undefined) throw wanted(`${place}.category`, CATEGORIES.join(', '), item['category']);
  const strength = item['strength'];
  if (typeof strength !== 'number' || !(strength >= 0 && strength <= 1)) {
    throw wanted(`${place}.strength`, 'a number from 0 to 1', strength);
  }
  return {
    id: textAt(item, 'id', place),
    kind: textAt(item, 'kind', place),
    category,
    startMs,
    endMs,
    onsetMs,
    services: servicesAt(item, place),
    rootService: textAt(item, 'rootService', place),
    strength,
  };
}

function benignAt(value: unknown, place: string): BenignStretch {
  const item = objectAt(value, place);
  return { kind: textAt(item, 'kind', place), ...spanAt(item, place), services: servicesAt(item, place) };
}

function spanAt(item: Record<string, unknown>, place: string): { startMs: number; endMs: number } {
  const startMs = wholeAt(item, 'startMs', place);
  const endMs = wholeAt(item, 'endMs', place);
  if (endMs <= startMs) throw wanted(`${place}.endMs`, `after startMs ${startMs}`, endMs);
  return { startMs, endMs };
}

function servicesAt(item: Record<string, unknown>, place: string): string[] {
  const services = listAt(item, 'services', place);
  const isNames = services.every((name) => typeof name === 'string' && name !== '');
  if (!isNames || services.length === 0)
    throw wanted(`${place}.services`, 'a list of service names', services);
  return services as string[];
}

function wholeAt(item: Record<string, unknown>, key: string, place: string): number {
  const value = item[key];
  if (!Number.isSafeInteger(value)) throw wanted(`${place}.${key}`, 'whole milliseconds since 1970', value);
  return value as number;
}

function textAt(item: Record<string, unknown>, key: string, place: string): string {
  const value = item[key];
  if (typeof value !== 'string' || value === '') throw wanted(`${place}.${key}`, 'a text', value);
  return value;
}

function listAt(item: Record<string, unknown>, key: string, place: string): unknown[] {
  const value = item[key];
  if (!Array.isArray(value)) throw wanted(`${place}.${key}`, 'a list', value);
  return value;
}

function objectAt(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wanted(place, 'an object', value);
  }
  return value as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LabelsError(`labels must be one JSON document, got ${showValue(text)}`, { cause });
  }
}

function wanted(place: string, what: string, came: unknown): LabelsError {
  return new LabelsError(`${place} must be ${what}, got ${showValue(came)}`);
}
