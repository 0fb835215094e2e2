// One partition of a topic that may grow, read in turns: each begins with what the store has, and ends when a source is to
// come from another partition or to go to one.
import type { HeldLane } from '../lanes/lanes.js';
import { isSameArtifact } from '../lanes/promotion.js';
import { FencedError } from '../ports.js';
import { createWishAnswers, type Standing } from './answer-wishes.js';
import { createWishes } from './ask-wishes.js';
import { unknownOrder, waitingFor } from './growth-words.js';
import type { GateStop, SourceGate } from './source-gate.js';
import type { SourceMovesOptions } from './source-moves-options.js';
import type { SourceWish } from './source-wish.js';
import { streamIdOfPartition } from './stream-id.js';
import type { Growth } from './topic-growth.js';

export interface PartitionMoves {
  readonly gate: SourceGate;
  /** A turn begins. @returns aborts with the loop's own signal, or when a source is to come or go */
  begin(signal: AbortSignal): Promise<AbortSignal>;
  /** Whether a source is to come, of whose windows nobody here knows what is still open. */
  isWaiting(): boolean;
  /** What the turn begins with. @param held the artifacts that read in it, whenever it is asked */
  onTakeOver(sources: readonly string[], held: () => readonly HeldLane[]): void;
  /** Whether the turn ended for a source to come or go: then settle, and begin the next one. */
  isBetweenTurns(): boolean;
  /** Gives what is wished for and waits for what is, until the next turn can begin or the signal aborts. */
  settle(signal: AbortSignal): Promise<void>;
  /** Looks, in the middle of a turn, whether there is something to give. */
  serve(): Promise<void>;
}

const ASK_EVERY_MS = 200;
const PATIENCE_MS = 10_000;
/** Who waits for so long looks whether it is to read with another artifact by now, as those may that it waits for. */
const TURN_AGAIN_MS = 5000;

/** @param onGrown the topic has more partitions, and a source came up that may have moved */
export function createPartitionMoves(
  partition: number,
  options: SourceMovesOptions,
  onGrown: (growth: Growth) => void,
): PartitionMoves {
  const { topic, store, growth, watch, clock, naps, onWarning } = options;
  const streamId = streamIdOfPartition(topic, partition);
  /** Sources that may be scored here. */
  const known = new Set<string>();
  /** Sources that may not be scored before all others have answered, with the append time of their first record. */
  const wished = new Map<string, number>();
  /** Of them, those that all have answered about since the last turn. */
  const answered = new Set<string>();
  /** Who read in the turn before. */
  let heldBefore: readonly HeldLane[] = [];
  /** Sources that the turn began with. */
  let loaded: ReadonlySet<string> = new Set();
  const given = new Set<string>();
  let held: () => readonly HeldLane[] = () => [];
  let turn: AbortController | undefined;
  /** The turn has its state from the store: before that nothing may be given of it. */
  let hasTakenOver = false;
  let readToOffset = -1;
  let isAtEnd = false;
  let stop: GateStop | undefined;
  /** Over however many turns in which nothing came. */
  let waitingSinceMs: number | undefined;
  let isWaitTold = false;

  const answers = createWishAnswers({ ...options, partition, held: () => held() });
  const wishes = createWishes({ topic, streamId, store, held: () => held() });
  const isWished = (source: string): boolean => wished.has(source);
  const standing = (): Standing => ({ readToOffset, isAtEnd, stoppedAtMs: stop?.appendTimeMs });
  const isHere = (source: string): boolean => known.has(source) || loaded.has(source);

  const give = async (ripe: readonly SourceWish[]): Promise<void> => {
    if (ripe.length === 0) return;
    await answers.give(ripe);
    naps.wake();
    for (const { source } of ripe) {
      // who waits for it, too, and never had it goes on waiting
      if (!isHere(source)) continue;
      given.add(source);
      known.delete(source);
      wished.delete(source);
    }
  };

  const gate: SourceGate = {
    begin: async (partitions) => (await growth.check(partitions))?.before ?? partitions,
    isKnown: (source) => known.has(source),
    meet: async (firsts, isAppendTime) => {
      const grown = await growth.check();
      // given up, for the whole process ends: nothing is to be scored that could not be asked about
      if (grown === undefined) return new Set(firsts.keys());
      if (grown.before === grown.now) {
        for (const source of firsts.keys()) {
          known.add(source);
          watch.onSource(partition, source);
        }
        return new Set();
      }
      if (!isAppendTime) throw unknownOrder(topic, grown);
      onGrown(grown);
      const all = options.readPartitions() ?? Array.from({ length: grown.now }, (_, each) => each);
      const others = all.filter((each) => each !== partition).map((each) => streamIdOfPartition(topic, each));
      const fresh = [...firsts].filter(([source]) => !wished.has(source));
      wishes.plan(new Map(fresh), others);
      for (const [source, appendTimeMs] of fresh) wished.set(source, appendTimeMs);
      return new Set(firsts.keys());
    },
    stopBefore: (at) => {
      stop = at;
      turn?.abort();
    },
    onReadTo: (offset) => {
      readToOffset = offset;
    },
    onEnd: () => {
      isAtEnd = true;
    },
  };

  return {
    gate,
    begin: async (signal) => {
      await wishes.close(isWished);
      turn = new AbortController();
      return AbortSignal.any([signal, turn.signal]);
    },
    isWaiting: () => wished.size > 0,
    onTakeOver: (sources, heldNow) => {
      held = heldNow;
      hasTakenOver = true;
      loaded = new Set(sources);
      // what was asked for is no answer any more once another process had the partition: it took the wishes back
      if (!isNextTurn(heldBefore, held()))
        for (const source of answered) if (!loaded.has(source)) answered.delete(source);
      for (const source of answered) {
        if (given.has(source)) watch.onBack(partition, source);
        if (loaded.has(source)) watch.onMoved(partition, source);
        else watch.onSource(partition, source);
        known.add(source);
      }
      answered.clear();
      for (const source of sources) {
        // what came before all others have answered waits with its records
        if (known.has(source) || wished.has(source)) continue;
        watch.onSource(partition, source);
        known.add(source);
      }
    },
    isBetweenTurns: () => turn?.signal.aborted === true,
    settle: async (signal) => {
      turn = undefined;
      hasTakenOver = false;
      heldBefore = held();
      const sinceMs = clock.nowMs();
      waitingSinceMs ??= sinceMs;
      if (await wishes.open(isWished)) naps.wake();
      while (!signal.aborted) {
        await give(await answers.ripe(standing()));
        const left = await wishes.leftToAnswer(isWished);
        const open = new Map([...wished].filter(([source]) => !left.has(source)));
        const askedAgain = await wishes.askOnceMore(open);
        const waitsFor = (stop?.sources ?? []).filter((source) => left.has(source) || askedAgain.has(source));
        if (waitsFor.length === 0) {
          stop = undefined;
          waitingSinceMs = undefined;
          isWaitTold = false;
          for (const source of open.keys()) {
            if (askedAgain.has(source)) continue;
            wished.delete(source);
            answered.add(source);
          }
          return;
        }
        if (!isWaitTold && clock.nowMs() - waitingSinceMs >= PATIENCE_MS) {
          isWaitTold = true;
          const missing = new Set(waitsFor.flatMap((source) => left.get(source) ?? []));
          onWarning(waitingFor(topic, partition, waitsFor[0]!, [...missing]));
        }
        if (clock.nowMs() - sinceMs >= TURN_AGAIN_MS) return;
        await naps.sleep(ASK_EVERY_MS, signal);
      }
    },
    serve: async () => {
      if (turn === undefined || turn.signal.aborted || !hasTakenOver) return;
      const own = turn;
      const ripe = await answers.ripe(standing());
      // what is remembered of it must be stored before it goes
      if (ripe.some(({ source }) => isHere(source))) return own.abort();
      await give(ripe).catch((error: unknown) => {
        // the loop will hear of it, too
        if (!(error instanceof FencedError)) throw error;
      });
    },
  };
}

/** Whether nobody else took over in between: whoever did takes the artifact over that goes on. */
function isNextTurn(before: readonly HeldLane[], now: readonly HeldLane[]): boolean {
  const last = before.findLast(({ isAlerting }) => isAlerting);
  const same = now.find(({ key }) => last !== undefined && isSameArtifact(key.artifact, last.key.artifact));
  return last === undefined || same?.epoch === last.epoch + 1;
}
