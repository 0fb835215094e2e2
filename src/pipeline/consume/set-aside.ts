// Lines and records that no window takes, until the next commit: the latest of each reason as dead letters for a person to
// look at, and what could not be read as poison with all its bytes.
import type { LogRecord } from '../../core/record.js';
import { type DeadLetter, DEAD_LETTERS_KEPT, type PoisonMessage, type SourceMessage } from '../ports.js';

export interface SetAside {
  /** @param message that it came in; undefined where the input has none */
  note(letter: DeadLetter, message: SourceMessage | undefined): void;
  /** Messages of poison that wait. */
  poison(): number;
  /** Everything since the last one. */
  gather(): { readonly deadLetters: readonly DeadLetter[]; readonly poison: readonly PoisonMessage[] };
}

const RAW_CHARACTERS = 4096;

export function createSetAside(): SetAside {
  let deadLetters: DeadLetter[] = [];
  let poison: PoisonMessage[] = [];
  return {
    note: (letter, message) => {
      deadLetters.push(letter);
      // late records were read well, and blank lines say nothing
      if (letter.reason === 'late' || letter.reason === 'blank') return;
      if (message !== undefined) poison.push({ reason: letter.reason, message });
    },
    poison: () => poison.length,
    gather: () => {
      const gathered = { deadLetters: latestOfEachReason(deadLetters), poison };
      deadLetters = [];
      poison = [];
      return gathered;
    },
  };
}

/** A record is no line any more: its fields, as JSON, cut to a bounded length. */
export function describeRecord({ eventTimeMs, source, severity, body }: LogRecord): string {
  return JSON.stringify({ eventTimeMs, source, severity, body }).slice(0, RAW_CHARACTERS);
}

function latestOfEachReason(letters: readonly DeadLetter[]): DeadLetter[] {
  const counts = new Map<string, number>();
  for (const { reason } of letters) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return letters.filter(({ reason }) => {
    const left = counts.get(reason)!;
    counts.set(reason, left - 1);
    return left <= DEAD_LETTERS_KEPT;
  });
}
