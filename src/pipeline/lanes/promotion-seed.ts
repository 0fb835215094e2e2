// An artifact that joins a stream where it stands. What was counted before it came cannot be had in its own templates, but
// where each source stands in time can: from there on it cuts, fills and corrects the very windows that the other one does.
import type { Artifact } from '../../core/artifact.js';
import { templateOf } from '../../core/scorer.js';
import type { LogRecord } from '../../core/record.js';
import { sourceForArtifact } from '../../core/source-name.js';
import { withoutSpoken } from '../consume/counts.js';
import { createMatcher } from '../../core/template/miner.js';
import type { SourceSnapshot } from '../../core/window/source-state.js';
import type { SourceMemory, StreamState } from '../ports.js';

type Scorable = Omit<Artifact, 'probe'>;

/** A state to begin with, and from which window on its rows are those of one that had read everything. */
export interface Seed {
  readonly state: StreamState;
  /** Null: from the first. */
  readonly fromMs: number | null;
}

/**
 * The panes that were begun are lost, and with them the rows of all windows that look back on one of them: through their
 * own length, the rolling features and the hold.
 *
 * @param champion all that the one that reads the stream knows, as of its last commit
 * @param leftovers sources that the store knows of the artifact from an earlier time
 */
export function seedState(
  artifact: Scorable,
  champion: StreamState,
  leftovers: readonly SourceMemory[],
): Seed {
  const known = new Set(champion.sources.map(({ source }) => source));
  const sources = placesOf(artifact, champion.sources);
  const forgotten = leftovers
    .filter(({ source }) => !known.has(source))
    .map(({ source }): SourceMemory => ({ source, windows: null, alertLife: null }));
  const { counts } = champion;
  return {
    state: {
      position: champion.position,
      counts: counts && withoutSpoken(counts),
      sources: [...sources, ...forgotten],
    },
    fromMs: wholeFromMs(artifact, snapshotsOf(champion)),
  };
}

/**
 * A former champion that has had its time for some sources before they came to the stream: it goes on at where they stand, so
 * that nothing that is late to them is taken for their beginning.
 */
export function withPlacesOf(artifact: Scorable, state: StreamState, champion: StreamState): StreamState {
  const known = new Set(state.sources.map(({ source }) => source));
  const missing = champion.sources.filter(({ source, windows }) => windows !== null && !known.has(source));
  if (missing.length === 0) return state;
  return { ...state, sources: [...state.sources, ...placesOf(artifact, missing)] };
}

/** Where each source stands, without what was counted. */
function placesOf(artifact: Scorable, sources: readonly SourceMemory[]): SourceMemory[] {
  const matcher = createMatcher(artifact.dictionary);
  const emptied = (snapshot: SourceSnapshot): SourceSnapshot => ({
    ...snapshot,
    panes: [],
    gate: {
      ...snapshot.gate,
      waiting: snapshot.gate.waiting.map((each) => {
        const { record } = each.item as { readonly record: LogRecord };
        return { ...each, item: { record, template: templateOf(matcher, record) } };
      }),
    },
  });
  return sources.map(({ source, windows }) => ({
    source,
    windows: windows === null ? null : emptied(windows as SourceSnapshot),
    alertLife: null,
  }));
}

/** First window start that no source has been shown yet; undefined before there is any source. */
export function nextStartMs({ spec }: Scorable, state: StreamState): number | undefined {
  const { hopMs, windowMs } = spec.window;
  const starts = snapshotsOf(state).flatMap(({ issuedToHop }) =>
    issuedToHop === null ? [] : [(issuedToHop + 1) * hopMs - windowMs],
  );
  return starts.length === 0 ? undefined : Math.max(...starts);
}

/** Why one cannot take the place of the other on the same reads; undefined when it can. */
export function differenceOf(wanted: Scorable, came: Scorable): string | undefined {
  const differing = (what: string, a: object, b: object): string[] =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((field) => {
      const [own, other] = [a, b].map((each) => JSON.stringify((each as Record<string, unknown>)[field]));
      return own === other
        ? []
        : [`${what} ${field} is ${other ?? 'not set'} instead of ${own ?? 'not set'}`];
    });
  // a name that no log has: whether there is one known source that takes what names none
  const own = '\u0000';
  const [named, otherwise] = [sourceForArtifact(wanted, own), sourceForArtifact(came, own)];
  const all = [
    ...differing('window spec', wanted.spec.window, came.spec.window),
    ...differing('input', wanted.input, came.input),
    ...(named === otherwise ? [] : ['records that name no source would be counted under another one']),
  ];
  return all.length === 0 ? undefined : all.join('; ');
}

/**
 * Whether nothing that a source may still write in time can change a window that ends before then. One that was silent
 * for `maxSilenceMs` by the clock is taken to sleep: what it wrote in that time and comes only now is not waited for.
 */
export function isFinalBefore({ spec }: Scorable, state: StreamState, untilMs: number): boolean {
  const { hopMs, windowMs, allowedLatenessMs, correctionMs, maxSilenceMs } = spec.window;
  const delayMs = windowMs + hopMs + allowedLatenessMs + correctionMs;
  const silenceHops = Math.floor(maxSilenceMs / hopMs);
  return snapshotsOf(state).every(({ gate, lastHop, issuedToHop, dirty }) => {
    if (dirty !== null || gate.waiting.length > 0) return false;
    if (gate.maxEventTimeMs !== null && gate.maxEventTimeMs >= untilMs + delayMs) return true;
    return lastHop === null || (issuedToHop !== null && issuedToHop >= lastHop + 1 + silenceHops);
  });
}

function wholeFromMs({ spec, detector }: Scorable, snapshots: readonly SourceSnapshot[]): number | null {
  const { hopMs, windowMs } = spec.window;
  const lookBackHops =
    Math.max(1, Math.floor(spec.rollingMs / hopMs)) +
    Math.max(1, Math.floor(detector.holdMs / hopMs)) +
    windowMs / hopMs;
  const hops = snapshots.flatMap(({ gate, lastHop, issuedToHop }) => {
    const begun = [gate.maxEventTimeMs === null ? null : Math.floor(gate.maxEventTimeMs / hopMs), lastHop];
    const known = [...begun, issuedToHop].filter((hop) => hop !== null);
    return known.length === 0 ? [] : [Math.max(...known) + 1 + lookBackHops];
  });
  return hops.length === 0 ? null : Math.max(...hops) * hopMs;
}

function snapshotsOf({ sources }: StreamState): SourceSnapshot[] {
  return sources.flatMap(({ windows }) => (windows === null ? [] : [windows as SourceSnapshot]));
}
