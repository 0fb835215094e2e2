// Templates behind two verbs: a miner learns from message bodies and freezes into a dictionary;
// a matcher, built from that dictionary alone, says which template a body has. All of it is plain data.

/** The fixed part of many messages. */
export interface Template {
  /** First 16 hex digits of a SHA-256 over its content: the same however and in whatever order it was found. */
  readonly id: string;
  /** Reads like the lines it stands for; each variable part is `<*>`. */
  readonly text: string;
  /** How many learned messages it covers. */
  readonly count: number;
}

export type MinerName = 'shape' | 'drain';

/** What a miner freezes into: plain JSON, sorted, the same bytes for the same set of messages. */
export interface TemplateDictionary {
  readonly miner: MinerName;
  readonly version: 1;
  /** Sorted by id. A template's index is its position here. */
  readonly templates: readonly Template[];
  /** Ids that were given out before a merge → the id that they now go by. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Messages that were folded into the overflow template because a source had too many shapes. */
  readonly overflowCount: number;
  /** Whatever the miner's matcher needs besides: plain JSON, private to the miner. */
  readonly tables: unknown;
}

export interface MinerOptions {
  /** Shapes kept per source before the rarest are folded together. Default 16,384. */
  readonly maxShapesPerSource?: number;
}

export interface TemplateMiner {
  /** @param source whose message it is: only bounds memory, never changes a template */
  learn(body: string, source: string): void;
  /** Merges what was learned into templates. Independent of the order of the `learn` calls. */
  freeze(): TemplateDictionary;
}

/** `index` when the body has no known template. */
export const NEW_TEMPLATE = -1;

export interface TemplateMatcher {
  readonly templates: readonly Template[];
  /** Index into `templates`, or `NEW_TEMPLATE`. Pure: matching never changes the dictionary. */
  match(body: string): number;
  /** For a body that matched none: the id and text it has until a later fit merges it. */
  describeNew(body: string): { readonly id: string; readonly text: string };
}
