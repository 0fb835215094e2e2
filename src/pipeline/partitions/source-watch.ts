// A source belongs in one partition: in two of them each has half of its records, and its windows come out wrong. Whoever
// wrote the messages did not key them by service, or producers do not agree on the partitions; a person must be told.

export interface SourceWatch {
  onSource(partition: number, source: string): void;
  /** It came in another partition before and goes on in this one. */
  onMoved(partition: number, source: string): void;
  /** It has been in this partition before, went on in another one and is back. */
  onBack(partition: number, source: string): void;
  /** How many sources came in more than one partition at a time. */
  splitSources(): number;
  /** How many came to this process from another partition, with all that was known of them. */
  movedSources(): number;
}

export function createSourceWatch(topic: string, onWarning: (sentence: string) => void): SourceWatch {
  const homes = new Map<string, number>();
  const split = new Set<string>();
  let moved = 0;
  const tell = (source: string, sentence: string): void => {
    if (split.has(source)) return;
    split.add(source);
    onWarning(sentence);
  };
  return {
    onSource: (partition, source) => {
      const home = homes.get(source);
      if (home === undefined) homes.set(source, partition);
      if (home === undefined || home === partition) return;
      tell(
        source,
        `source '${source}' comes in partitions ${home} and ${partition} of topic ${topic}, so that each of its windows holds only a part of its records: let all producers key their messages by service, with the same partitioner`,
      );
    },
    onMoved: (partition, source) => {
      moved++;
      homes.set(source, partition);
    },
    onBack: (partition, source) => {
      const other = homes.get(source);
      tell(
        source,
        `source '${source}' goes to and fro between partition ${partition} of topic ${topic} and ${other === undefined || other === partition ? 'another one' : `partition ${other}`}, and is waited for each time: its producers do not agree on how many partitions there are, restart those that were started before there were more`,
      );
    },
    splitSources: () => split.size,
    movedSources: () => moved,
  };
}
