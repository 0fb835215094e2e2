// What a person is told about a topic that grew: what cannot be known, and what is waited for.
import { partitionOfStream } from './stream-id.js';
import type { Growth } from './topic-growth.js';

export function unknownOrder(topic: string, { before, now }: Growth): Error {
  return new Error(
    `topic ${topic} has ${now} partitions and had ${before} when its results began: its sources are spread anew by that, and with the time stamps of its producers (message.timestamp.type=CreateTime) nobody can say which of their records came first. Make a new topic of ${now} partitions for the producers and consume that one; what came before the growth is stored`,
  );
}

/** @param missing streams that have not answered */
export function waitingFor(
  topic: string,
  partition: number,
  source: string,
  missing: readonly string[],
): string {
  const names = missing.map((each) => partitionOfStream(topic, each)!).sort((a, b) => a - b);
  return `partition ${partition} of topic ${topic} waits before the first record of source '${source}', until partitions ${names.join(', ')} are read to where they ended: let consumers of this group with the same model read them`;
}
