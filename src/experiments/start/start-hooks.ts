// How preparing tells a person how far it is.

export interface StartHooks {
  readonly signal: AbortSignal;
  /** Runs one stage and shows its progress. */
  stage<T>(name: string, work: (show: (done: number, total: number) => void) => Promise<T>): Promise<T>;
  /** What came of the stage before, in a sentence. */
  say(sentence: string): void;
}
