// What a partition's reader asks before a source is scored there for the first time. In a topic that grew, its older records
// may lie in another partition and must come first.

export interface SourceGate {
  /**
   * Reading begins, or begins again.
   *
   * @param known partitions of the topic when the stream's results began, as its position has it
   * @returns what its position is to have from now on
   */
  begin(known: number | undefined): Promise<number | undefined>;
  isKnown(source: string): boolean;
  /**
   * @param firsts sources that are not known, and when the broker took the first message of each, ms since epoch
   * @param isAppendTime whether these times are the broker's own
   * @returns those that must not be scored yet; the others are known from now on
   * @throws Error that says what to do about a topic whose order cannot be known
   */
  meet(firsts: ReadonlyMap<string, number>, isAppendTime: boolean): Promise<ReadonlySet<string>>;
  /** Reading stops before a message, to begin again once its sources may be scored. */
  stopBefore(stop: GateStop): void;
  /** All messages before the offset were taken. */
  onReadTo(offset: number): void;
  /** The input is over. */
  onEnd(): void;
}

/** A message that is not to be read yet. */
export interface GateStop {
  /** When the broker took it, ms since epoch. */
  readonly appendTimeMs: number;
  readonly sources: readonly string[];
}
