// A topic that gets more partitions sends most sources to another one than before: whoever reads the old and whoever reads
// the new would each see a part of a window. So no record of a source that may have moved is scored.

export interface TopicGrowth {
  /**
   * @param known partitions of the topic when the results of the caller's stream began; undefined when they begin now
   * @returns the least that any stream of this process knows, for the caller's to know from now on
   * @throws Error that says what to do, once the topic has more
   */
  check(known: number | undefined): Promise<number | undefined>;
}

/** @param count asks the broker until it is answered; undefined when that is of no use any more */
export function createTopicGrowth(topic: string, count: () => Promise<number | undefined>): TopicGrowth {
  let before = Infinity;
  return {
    check: async (known) => {
      const now = await count();
      if (now === undefined) return known;
      before = Math.min(before, known ?? Infinity, now);
      if (now <= before) return before;
      throw new Error(
        `topic ${topic} has ${now} partitions and had ${before} when its results began: its sources are spread anew by that, and their windows would be torn. Make a new topic of ${now} partitions for the producers and consume that one; what came before the growth is stored`,
      );
    },
  };
}
