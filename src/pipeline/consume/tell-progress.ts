// What a consumer says while it runs and nothing is wrong: that records come, and once a minute how many. Without it a person
// waits for the first alert and does not know whether anything is read at all.
import type { ConsumeObserver } from '../health/consume-status.js';
import { createConsumeStatus, type RunTotals } from '../health/consume-status.js';
import { groupLag } from '../health/group-lag.js';
import type { PartitionGroup } from '../partitions/partition-group.js';
import { within } from '../partitions/within.js';
import type { Clock } from '../ports.js';
import { countedWords } from '../../shell/counted-words.js';
import { topicOfStream } from '../lanes/promotion.js';
import { alertWords, describeCounts } from './describe-counts.js';

export interface ProgressTeller {
  /** For the loops. */
  readonly observer: ConsumeObserver;
  /** Lag is then told, too. */
  watchGroup(name: string, group: Pick<PartitionGroup, 'topic' | 'offsets'>): void;
  stop(): void;
}

export const TELL_EVERY_MS = 60_000;
const ASK_WITHIN_MS = 2000;

/** @param say gets a sentence when the first records were stored, then one a minute while there is something new */
export function tellProgress(clock: Clock, say: (sentence: string) => void): ProgressTeller {
  const status = createConsumeStatus(clock, 0);
  const done = new AbortController();
  let hasBegun = false;
  /** Of the last line; that nothing comes any more is said once. */
  let told: RunTotals | undefined;
  let isSilenceTold = false;
  let askLag: (() => Promise<number>) | undefined;

  const lagNow = async (): Promise<number | undefined> => {
    let lag: number | undefined;
    if (askLag !== undefined)
      await within(
        ASK_WITHIN_MS,
        clock,
        askLag().then((messages) => (lag = messages)),
      );
    return lag;
  };

  const tell = async (): Promise<void> => {
    const lag = await lagNow();
    const { totals } = status.state();
    const isNew = totals.read > (told?.read ?? 0) || totals.windows > (told?.windows ?? 0);
    if (done.signal.aborted || (!isNew && isSilenceTold)) return;
    told = totals;
    isSilenceTold = !isNew;
    say(
      `· ${timeOfDay(clock.nowMs())} ${isNew ? describeTotals(totals, lag) : `nothing came for a minute${lagWords(lag)}`}`,
    );
  };

  const run = async (): Promise<void> => {
    while (!done.signal.aborted) {
      await clock.sleep(TELL_EVERY_MS, done.signal);
      if (!done.signal.aborted) await tell();
    }
  };
  void run();

  return {
    observer: {
      ...status,
      onTakeOver: (streamId, state) => {
        status.onTakeOver(streamId, state);
        // the partitions of a topic come and go with each meeting of the group
        if (state.counts === undefined || topicOfStream(streamId) !== undefined) return;
        say(`going on where the last run stopped, behind ${describeCounts(state.counts)}`);
      },
      onCommit: (streamId, commit) => {
        status.onCommit(streamId, commit);
        const { read } = status.state().totals;
        if (hasBegun || read === 0) return;
        hasBegun = true;
        say(
          `records come: ${count(read)} read so far; a window is told of once it is over, and all that came each minute`,
        );
      },
    },
    watchGroup: (name, group) => {
      askLag = async () => {
        const { messages } = groupLag(name, group, await group.offsets(), status.state());
        return [...messages.values()].reduce((sum, each) => sum + each, 0);
      };
    },
    stop: () => done.abort(),
  };
}

/** Since the process began. */
function describeTotals(totals: RunTotals, lag: number | undefined): string {
  const { read, windows, alertsOpened, late, deadLettered, lost } = totals;
  const parts = [countedWords(read, 'record'), countedWords(windows, 'window'), alertWords(alertsOpened, 0)];
  const gone = lost > 0 ? `, ${count(lost)} lost` : '';
  return `${parts.join(', ')}; ${count(late)} late, ${count(deadLettered)} set aside${gone}${lagWords(lag)}`;
}

function lagWords(lag: number | undefined): string {
  return lag === undefined ? '' : `; ${count(lag)} messages behind`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `18:00:30Z` */
function timeOfDay(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(11, 19)}Z`;
}
