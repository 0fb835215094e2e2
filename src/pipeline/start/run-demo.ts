// The demo's stream: traffic of a simulated shop, what goes wrong in it told as it is injected, and judged at the end.
import { createFeedSource } from '../adapters/feed-source.js';
import { isCanaryAlert } from '../canary/canary-stream.js';
import { judgeAlerts } from '../alerts/judge-alerts.js';
import { lineResults } from '../lanes/line-results.js';
import { storedLabelOf } from '../labels/stored-label.js';
import type { DemoFeed, PreparedDemo } from './start-deps.js';
import { timeOfDay } from './start-report.js';
import type { StartRun } from './start-run.js';
import { runStream } from './run-stream.js';

/** A tick comes once a second. */
const TICK_DELAY_MS = 1000;

export async function runDemo(demo: PreparedDemo, run: StartRun): Promise<void> {
  const { clock, print, paint } = run;
  let feed: DemoFeed | undefined;
  const source = createFeedSource((from) => (feed = demo.openFeed(from)), clock);
  const told = new Set<string>();
  const tellInjected = (): void => {
    for (const { id, kind, rootService, strength, onsetMs } of feed?.labels() ?? []) {
      if (!told.has(id) && onsetMs >= (liveAtMs ?? Infinity))
        print(
          paint(
            'dim',
            `○ injected ${kind} in ${rootService}, strength ${strength}, at ${timeOfDay(onsetMs)}`,
          ),
        );
      told.add(id);
    }
  };
  let liveAtMs: number | undefined;
  await runStream(demo, source, run, {
    fromMs: demo.fromMs,
    onLive: () => {
      liveAtMs = clock.nowMs();
      feed!.planShow(Math.floor(liveAtMs));
      print(
        paint(
          'dim',
          '  the first anomaly comes in a few seconds; it can be told once its 30 s window is over',
        ),
      );
    },
    onCommit: tellInjected,
    // what began before the stream did is nobody's to catch
    labels: () => (feed?.labels() ?? []).filter(({ onsetMs }) => onsetMs >= demo.fromMs).map(storedLabelOf),
    judge: async (store, artifact) => {
      const { spec, detector } = artifact;
      const { windows, alerts } = await lineResults(store, artifact, source.streamId);
      // the canary is judged by itself
      const own = alerts.filter((alert) => !isCanaryAlert(alert));
      return judgeAlerts(feed!.labels(), windows, own, {
        fromMs: demo.fromMs,
        nowMs: clock.nowMs(),
        hopMs: spec.window.hopMs,
        closeDelayMs: spec.window.allowedLatenessMs + TICK_DELAY_MS,
        graceMs: detector.holdMs,
      });
    },
  });
}
