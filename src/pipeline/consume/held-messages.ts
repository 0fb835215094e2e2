// Messages of records that are not decided yet: one far from its source's time waits for the next ones of that source, which
// may come in another batch. Should it be refused then, it is poison with all its bytes like any other.
import { JUMP_CONFIRMATIONS } from '../../core/window/time-gate.js';
import type { LogRecord } from '../../core/record.js';
import type { RecordBatch, SourceMessage } from '../ports.js';

export interface HeldMessages {
  /** After each batch. @param isAnyWaiting whether there is a record that may still be refused */
  keep(batch: RecordBatch, isAnyWaiting: boolean): void;
  /** Undefined of a record that an earlier run read. */
  messageOf(record: LogRecord): SourceMessage | undefined;
}

/** Fewer wait of a source than confirm one another, and only its last ones. */
const HELD_OF_A_SOURCE = JUMP_CONFIRMATIONS - 1;

interface Held {
  readonly record: LogRecord;
  readonly message: SourceMessage;
}

export function createHeldMessages(): HeldMessages {
  const held = new Map<string, readonly Held[]>();
  return {
    keep: ({ reads, messageOf }, isAnyWaiting) => {
      if (!isAnyWaiting) return held.clear();
      if (messageOf === undefined) return;
      const latest = new Map<string, Held[]>();
      for (let index = reads.length - 1; index >= 0; index--) {
        const read = reads[index]!;
        if (!read.ok) continue;
        const { record } = read;
        const own = latest.get(record.source) ?? [];
        if (own.length === HELD_OF_A_SOURCE) continue;
        own.unshift({ record, message: messageOf(index) });
        latest.set(record.source, own);
      }
      for (const [source, own] of latest)
        held.set(source, [...(held.get(source) ?? []), ...own].slice(-HELD_OF_A_SOURCE));
    },
    messageOf: (record) => held.get(record.source)?.find((each) => each.record === record)?.message,
  };
}
