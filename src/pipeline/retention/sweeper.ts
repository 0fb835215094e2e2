// One loop's share of the deleting: between its commits and for a few milliseconds at a time, so that nothing that is read
// waits for it. What was left undone by a crash is found by the next sweep.
import type { Artifact } from '../../core/artifact.js';
import type { SourceSnapshot } from '../../core/window/source-state.js';
import { type Clock, FencedError, type StreamState } from '../ports.js';
import { cutoffMs, sourceCutoffMs } from './cutoff.js';
import { planPieces, type PlannedPiece } from './plan.js';
import type { Prunable, Pruner, SweepSettings } from './prune.js';
import type { Retention } from './retention.js';

/** An artifact that reads the stream. */
export interface SweptLane {
  readonly artifact: Pick<Artifact, 'spec'>;
  readonly owner: Pruner;
  readonly intake: { state(): Pick<StreamState, 'sources'>; maxEventTimeMs(): number | undefined };
}

export interface Sweeper {
  /**
   * Deletes a little if anything is due. To be called again and again.
   *
   * @param isStored everything that was read so far: what is old is decided then, and is the same after a crash
   */
  step(isStored: boolean): Promise<void>;
}

/** Between two deletions, so that they take a small part of the store's time. */
const REST_MS = 250;
/** Of looking for something to delete, at a time. */
const LOOK_FOR_MS = 10;
/** An hour at least has to become old: less is not worth a look. */
const SWEEP_EVERY_MS = 3_600_000;
/** Rows in one transaction. Lines of alerts and days of templates are far wider than the others. */
const MOST_ROWS: Readonly<Record<Prunable, number>> = {
  windows: 500,
  evidence: 5,
  deliveries: 500,
  deadLetters: 200,
  hours: 500,
  templateDays: 500,
};

interface Sweep {
  readonly owner: Pruner;
  readonly settings: SweepSettings;
  readonly pieces: readonly PlannedPiece[];
  at: number;
}

/** @param lanes those that read just now */
export function createSweeper(
  retention: Retention,
  lanes: () => readonly SweptLane[],
  clock: Pick<Clock, 'nowMs'>,
): Sweeper {
  /** Before when each lane is swept, or being swept. */
  const sweptMs = new WeakMap<SweptLane, number>();
  let sweep: Sweep | undefined;
  let restsUntilMs = clock.nowMs() + REST_MS;

  const begin = async (): Promise<Sweep | undefined> => {
    for (const lane of lanes()) {
      const nowMs = clock.nowMs();
      const beforeMs = cutoffMs(retention.keepMs, lane.intake.maxEventTimeMs(), nowMs);
      if (beforeMs === undefined || beforeMs - (sweptMs.get(lane) ?? -Infinity) < SWEEP_EVERY_MS) continue;
      const findsLeft = retention.takesLeft();
      const { keepMs } = retention;
      const settings = { keepMs, beforeMs, leftSinceMs: Math.floor(nowMs - keepMs), findsLeft };
      const { kept, left } = await lane.owner.beginSweep(settings);
      sweptMs.set(lane, beforeMs);
      retention.sweepBegan(beforeMs);
      const pieces = [
        ...planPieces(settings, cutoffsOf(lane, beforeMs), kept),
        ...left.flatMap((each) =>
          planPieces(
            settings,
            each.sources.map((source) => [source, beforeMs] as const),
            each.kept,
            each,
          ),
        ),
      ];
      return { owner: lane.owner, settings, pieces, at: 0 };
    }
    return undefined;
  };

  /** Until something was deleted, or it was looked for long enough. @returns whether the sweep is over */
  const goOn = async (current: Sweep): Promise<boolean> => {
    const { owner, settings, pieces } = current;
    const untilMs = clock.nowMs() + LOOK_FOR_MS;
    while (current.at < pieces.length) {
      const { piece, lane } = pieces[current.at]!;
      const most = MOST_ROWS[piece.of];
      const rows = await owner.prune(piece, most, settings, lane);
      if (rows < most) current.at++;
      retention.note(piece.of, rows);
      if (rows > 0 || clock.nowMs() >= untilMs) break;
    }
    return current.at >= pieces.length;
  };

  return {
    step: async (isStored) => {
      if (clock.nowMs() < restsUntilMs) return;
      try {
        if (isStored) sweep ??= await begin();
        if (sweep !== undefined && (await goOn(sweep))) {
          retention.sweepEnded();
          sweep = undefined;
        }
      } catch (error) {
        // what to do about it, the next commit decides: a shadow may be taken over without harm
        if (!(error instanceof FencedError)) throw error;
        sweep = undefined;
      }
      restsUntilMs = clock.nowMs() + REST_MS;
    },
  };
}

function cutoffsOf({ artifact, intake }: SweptLane, beforeMs: number): (readonly [string, number])[] {
  return intake.state().sources.map(({ source, windows }) => {
    const newestMs = (windows as SourceSnapshot | null)?.gate.maxEventTimeMs ?? undefined;
    return [source, sourceCutoffMs(beforeMs, newestMs, artifact.spec.window)];
  });
}
