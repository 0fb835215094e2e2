// Up to which message a partition may be read: the first one with a source whose older records may lie elsewhere is not.
import type { Read } from '../../core/record.js';
import type { MessageDecoder } from './decode-messages.js';
import type { PartitionMessage } from './partition-group.js';
import type { GateStop, SourceGate } from './source-gate.js';

export interface Decoded {
  readonly reads: readonly Read[];
  /** Of each read, which message it came in. */
  readonly messageIndices: readonly number[];
}

export function decodeMessages(decoder: MessageDecoder, messages: readonly PartitionMessage[]): Decoded {
  const reads: Read[] = [];
  const messageIndices: number[] = [];
  decoder.decode(messages, reads, messageIndices);
  return { reads, messageIndices };
}

export interface Stop extends GateStop {
  readonly messageIndex: number;
}

/** The first message with a source that must not be scored yet; undefined when there is none. */
export async function findStop(
  gate: SourceGate,
  messages: readonly PartitionMessage[],
  { reads, messageIndices }: Decoded,
  isAppendTime: boolean,
): Promise<Stop | undefined> {
  const appendTimeOf = (readIndex: number): number => Number(messages[messageIndices[readIndex]!]!.timestamp);
  const firsts = new Map<string, number>();
  reads.forEach((read, index) => {
    if (!read.ok || gate.isKnown(read.record.source) || firsts.has(read.record.source)) return;
    firsts.set(read.record.source, appendTimeOf(index));
  });
  if (firsts.size === 0) return undefined;
  const waiting = await gate.meet(firsts, isAppendTime);
  const isWaiting = (read: Read): boolean => read.ok && waiting.has(read.record.source);
  const at = reads.findIndex(isWaiting);
  if (at < 0) return undefined;
  const messageIndex = messageIndices[at]!;
  const ofMessage = reads.filter((read, index) => messageIndices[index] === messageIndex && isWaiting(read));
  return {
    messageIndex,
    appendTimeMs: appendTimeOf(at),
    sources: [...new Set(ofMessage.flatMap((read) => (read.ok ? [read.record.source] : [])))],
  };
}
