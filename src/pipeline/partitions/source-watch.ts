// A source belongs in one partition: in two of them each has half of its records, and its windows come out wrong. Whoever
// wrote the messages did not key them by service; a person must be told.

export interface SourceWatch {
  onSource(partition: number, source: string): void;
  /** How many sources came in more than one partition. */
  splitSources(): number;
}

export function createSourceWatch(topic: string, onWarning: (sentence: string) => void): SourceWatch {
  const homes = new Map<string, number>();
  const split = new Set<string>();
  return {
    onSource: (partition, source) => {
      const home = homes.get(source);
      if (home === undefined) homes.set(source, partition);
      if (home === undefined || home === partition || split.has(source)) return;
      split.add(source);
      onWarning(
        `source '${source}' comes in partitions ${home} and ${partition} of topic ${topic}, so that each of its windows holds only a part of its records: let the producers key their messages by service, and do not add partitions to a topic that is in use`,
      );
    },
    splitSources: () => split.size,
  };
}
