// Whether the messages that a client gives are the ones that come next. It may go back by itself, jump, or answer late to
// what it was asked before; and the log may be another one than the one that was read.
import type { PartitionBatch, PartitionMessage } from './partition-group.js';

/** The last message that was read: read again, it tells whether the log is the same one. */
export interface LastRead {
  readonly offset: number;
  /** The broker's time of it, ms since epoch. */
  readonly timestampMs: number;
}

export type Verdict =
  /** These go on where reading stood; with `missing`, after a gap that was there twice. */
  | { readonly kind: 'next'; readonly messages: readonly PartitionMessage[]; readonly isAfterGap: boolean }
  /** A gap: maybe an answer to what was asked before. Ask again from the offset that is next. */
  | { readonly kind: 'ask-again' }
  /** All of it was read before: find out anew where to go on. */
  | { readonly kind: 'behind' }
  /** The last message is not the one that was read. */
  | { readonly kind: 'other-log' };

export interface Continuity {
  /** @param check to be told by the first message, which is then not given out again */
  begin(nextOffset: number, check: LastRead | undefined): void;
  judge(batch: PartitionBatch): Verdict;
  moveTo(nextOffset: number): void;
  nextOffset(): number;
  /** Whether the log is still to be known again. */
  isChecking(): boolean;
}

export function createContinuity(): Continuity {
  let nextOffset = 0;
  let check: LastRead | undefined;
  let askedAgainFor: number | undefined;

  const isOtherLog = ({ offset, timestampMs }: LastRead, first: PartitionMessage | undefined): boolean =>
    first !== undefined && Number(first.offset) === offset && Number(first.timestamp) !== timestampMs;

  return {
    begin: (offset, last) => {
      nextOffset = offset;
      check = last;
    },
    judge: ({ messages, firstOffset, nextOffset: behindBatch }) => {
      if (check !== undefined && behindBatch > check.offset) {
        if (isOtherLog(check, messages[0])) return { kind: 'other-log' };
        check = undefined;
      }
      if (behindBatch < nextOffset) return { kind: 'behind' };
      const isAfterGap = firstOffset > nextOffset;
      if (isAfterGap && askedAgainFor !== nextOffset) {
        askedAgainFor = nextOffset;
        return { kind: 'ask-again' };
      }
      const isNew = ({ offset }: PartitionMessage): boolean => Number(offset) >= nextOffset;
      return {
        kind: 'next',
        messages: firstOffset < nextOffset ? messages.filter(isNew) : messages,
        isAfterGap,
      };
    },
    moveTo: (offset) => {
      nextOffset = offset;
    },
    nextOffset: () => nextOffset,
    isChecking: () => check !== undefined,
  };
}
