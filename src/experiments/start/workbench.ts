// What the pipeline's commands need of the workbench, handed to them by the command line: the two never import each other.
import { readArtifact } from '../artifact-folder.js';
import { addInputOptions, inputOptionsOf } from '../commands/input-options.js';
import { stopOnInterrupt } from '../commands/interrupt.js';
import { createProgress } from '../commands/progress.js';
import type { Label } from '../labels.js';
import { adoptTuning } from '../tune/adopt-tuning.js';
import { refitWords } from '../tune/refit-words.js';
import { replayLines } from '../tune/replay-lines.js';
import { createLiveFeed, type FeedPosition, type LiveFeed } from './live-feed.js';
import { type DemoOptions, prepareDemo } from './prepare-demo.js';
import { type OwnLogOptions, prepareOwnLog } from './prepare-own-log.js';
import type { StartHooks } from './start-hooks.js';
import { openTraffic, type TrafficFeed, type TrafficOptions } from './traffic.js';

const LIVE_RATE = 5;
const LIVE_ANOMALIES_PER_HOUR = 6;

export const workbench = {
  readArtifact,
  stopOnInterrupt,
  progress: createProgress,
  addInputOptions,
  inputOptionsOf,
  adoptTuning,
  refitWords,
  replayLines,
  /** Live traffic from now on, or from a snapshot of it. */
  openFeed: (from: unknown): LiveFeed =>
    createLiveFeed(
      (from as FeedPosition | undefined) ?? {
        options: {
          startMs: Date.now(),
          recordsPerSecond: LIVE_RATE,
          anomaliesPerHour: LIVE_ANOMALIES_PER_HOUR,
        },
      },
    ),
  /** Traffic at a given rate, beginning now or where a snapshot was, for producers. */
  openTraffic: (options: TrafficOptions, from: unknown): TrafficFeed => openTraffic(options, from),
  prepareDemo: async (options: DemoOptions, hooks: StartHooks) => {
    const demo = await prepareDemo(options, hooks);
    if (demo === undefined) return undefined;
    const openFeed = (from: unknown): Omit<LiveFeed, 'labels'> & { labels(): readonly Label[] } => {
      const feed = createLiveFeed((from as FeedPosition | undefined) ?? demo.feed);
      return { ...feed, labels: () => feed.labels().labels };
    };
    return { ...demo, fromMs: createLiveFeed(demo.feed).reachedMs(), openFeed };
  },
  prepareOwnLog: (path: string, options: Omit<OwnLogOptions, 'path'>, hooks: StartHooks) =>
    prepareOwnLog({ ...options, path }, hooks),
};
