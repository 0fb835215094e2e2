// What people said, as the answers need it: notes by alert, read on from where the last look ended, and all silences.
import type { Explanation } from '../../../core/alert.js';
import { kindOf } from '../../../core/alert-kind.js';
import type { AlertNote, Desk, Silence, SilenceMatch, Verdict } from '../../desk/desk.js';
import { standingVerdict } from '../../desk/verdict.js';

export interface DeskView {
  readonly nowMs: number;
  /** By sequence. */
  notesOf(alertId: string): readonly AlertNote[];
  /** By id, those that are over or lifted too. */
  readonly silences: readonly Silence[];
}

/** @returns a look at the desk as it is now */
export function createDeskWatch(desk: Desk): (nowMs: number) => Promise<DeskView> {
  const notes = new Map<string, AlertNote[]>();
  let seen = -1;
  let looking: Promise<void> = Promise.resolve();
  // one after the other: two looks at once would take the same notes twice
  const lookForNotes = async (): Promise<void> => {
    for (const note of await desk.notes(seen < 0 ? {} : { after: seen })) {
      const known = notes.get(note.alertId);
      if (known) known.push(note);
      else notes.set(note.alertId, [note]);
      seen = Math.max(seen, note.sequence);
    }
  };
  return async (nowMs) => {
    const look = looking.then(lookForNotes);
    looking = look.catch(() => {});
    await look;
    const silences = await desk.silences({});
    return { nowMs, notesOf: (alertId) => notes.get(alertId) ?? [], silences };
  };
}

/** The one that stands; null where none does. */
export function verdictOf(notes: readonly AlertNote[]): Verdict | null {
  return standingVerdict(notes)?.verdict ?? null;
}

export function isAcknowledged(notes: readonly AlertNote[]): boolean {
  const last = notes.findLast(({ action }) => action.type.endsWith('acknowledged'));
  return last?.action.type === 'acknowledged';
}

export function isActive({ fromMs, untilMs, lifted }: Silence, atMs: number): boolean {
  return lifted === undefined && fromMs <= atMs && atMs < untilMs;
}

/** All that is given must fit. */
export function isMatch(
  { source, kind, templateId }: SilenceMatch,
  alert: { readonly source: string; readonly explanation: Explanation | undefined },
): boolean {
  return (
    (source === undefined || source === alert.source) &&
    (kind === undefined || kind === kindOf(alert.explanation)) &&
    (templateId === undefined ||
      (alert.explanation?.templates.some((each) => each.templateId === templateId) ?? false))
  );
}
