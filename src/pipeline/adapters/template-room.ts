// Room for new templates in a store, over all runs: hostile logs may make one of every line, and each would have a row a day.
import {
  MOST_NEW,
  MOST_NEW_OF_SOURCE,
  OTHER_TEMPLATES,
  othersOf,
  type TemplateTally,
} from '../consume/template-tally.js';

/** New templates that an artifact has rows of, by source. */
export interface TemplateRoom {
  readonly bySource: Map<string, Set<string>>;
  taken: number;
}

/** @param rows source and id of every new template that is stored */
export function createTemplateRoom(
  rows: Iterable<readonly [source: string, templateId: string]>,
): TemplateRoom {
  const room: TemplateRoom = { bySource: new Map(), taken: 0 };
  for (const [source, templateId] of rows) take(room, source, templateId);
  return room;
}

/**
 * Gives new templates room, for good, while there is any; those without are added up as the others of their source. Two
 * processes that write at once do not know of one another: each may fill what both see left.
 *
 * @returns by source and id, each pair once
 */
export function fitTallies(room: TemplateRoom, tallies: readonly TemplateTally[]): TemplateTally[] {
  const fitted = new Map<string, TemplateTally>();
  for (const tally of tallies) {
    const hasRoom = !tally.isNew || tally.templateId === OTHER_TEMPLATES || hasRoomFor(room, tally);
    if (hasRoom && tally.isNew) take(room, tally.source, tally.templateId);
    const kept = hasRoom ? tally : { ...tally, ...othersOf(tally.source) };
    const id = `${kept.templateId} ${kept.source}`;
    const known = fitted.get(id);
    fitted.set(id, known === undefined ? kept : addTallies(known, kept));
  }
  return [...fitted.values()].sort(
    (a, b) => compareText(a.source, b.source) || compareText(a.templateId, b.templateId),
  );
}

function hasRoomFor({ bySource, taken }: TemplateRoom, { source, templateId }: TemplateTally): boolean {
  const ids = bySource.get(source);
  if (ids?.has(templateId)) return true;
  return taken < MOST_NEW && (ids?.size ?? 0) < MOST_NEW_OF_SOURCE;
}

function take(room: TemplateRoom, source: string, templateId: string): void {
  if (templateId === OTHER_TEMPLATES) return;
  let ids = room.bySource.get(source);
  if (ids === undefined) room.bySource.set(source, (ids = new Set()));
  if (ids.has(templateId)) return;
  ids.add(templateId);
  room.taken++;
}

function addTallies(a: TemplateTally, b: TemplateTally): TemplateTally {
  const hours = new Map(a.hours);
  for (const [hour, count] of b.hours) hours.set(hour, (hours.get(hour) ?? 0) + count);
  return {
    ...a,
    hours,
    firstMs: Math.min(a.firstMs, b.firstMs),
    lastMs: Math.max(a.lastMs, b.lastMs),
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
