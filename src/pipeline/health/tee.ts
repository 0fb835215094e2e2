// What the loops tell of themselves, told to several who listen: the metrics of a port, and the heartbeats in the store.
import type { StageTelemetry } from '../latency/telemetry.js';
import type { Commit, Telemetry } from '../ports.js';
import type { ConsumeObserver } from './consume-status.js';

export function teeObserver(observers: readonly ConsumeObserver[]): ConsumeObserver {
  return {
    onAssigned: (partitions) => observers.forEach((each) => each.onAssigned(partitions)),
    onTakeOver: (streamId, state) => observers.forEach((each) => each.onTakeOver(streamId, state)),
    onRead: (streamId) => observers.forEach((each) => each.onRead(streamId)),
    onCommit: (streamId, commit) => observers.forEach((each) => each.onCommit(streamId, commit)),
    onReleased: (streamId) => observers.forEach((each) => each.onReleased(streamId)),
    onStopping: () => observers.forEach((each) => each.onStopping()),
  };
}

/** An observer for what is told with each commit alone. */
export function observeCommits(onCommit: (sources: Commit['sources']) => void): ConsumeObserver {
  return {
    onAssigned: () => {},
    onTakeOver: () => {},
    onRead: () => {},
    onCommit: (_streamId, { sources }) => onCommit(sources),
    onReleased: () => {},
    onStopping: () => {},
  };
}

/** @returns the main one, that also tells the other what it is told */
export function teeTelemetry(main: StageTelemetry, other: Telemetry): StageTelemetry {
  return {
    ...main,
    observe: (stage, isLive, durationMs, times) => {
      main.observe(stage, isLive, durationMs, times);
      other.observe(stage, isLive, durationMs, times);
    },
  };
}
