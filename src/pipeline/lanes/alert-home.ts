// An artifact that reads a stream no more, while alerts that it opened may still be on: an alert is stored, and told, under the
// name of the artifact that opened it, whoever speaks for its source by then.
import type { AlertEvent } from '../../core/alert-event.js';
import { createCounter } from '../consume/counts.js';
import type { Commit, OwnedCommit, StampedWindow, StreamState } from '../ports.js';
import { type AlertBox, createAlertBox, type Lane, type LaneOptions } from './lane.js';
import type { LaneNote } from './promotion.js';

export interface AlertHome extends AlertBox {
  /** Undefined of one that stopped reading for a failure: it is tried again in another run. */
  readonly note: LaneNote | undefined;
  /** As of its last commit: it stays at that place. */
  readonly stored: Pick<StreamState, 'position' | 'counts'>;
  /** To be committed. */
  alerts: AlertEvent[];
  rows: Map<string, StampedWindow>;
  /** What it counted was handed over, and the store does not say so yet. */
  areCountsDue: boolean;
}

/** What it has to store. */
export interface HomePart extends OwnedCommit {
  readonly commit: Omit<Commit, 'alertRows'> & { readonly alertRows: AlertHome['rows'] };
}

/** Of a lane that is not fed any more. @param events what it had yet to commit of alerts */
export function homeOf(
  { key, owner, outbox, courier, stored }: Lane,
  note: LaneNote | undefined,
  events: Pick<AlertHome, 'alerts' | 'rows'> = { alerts: [], rows: new Map() },
): AlertHome {
  return { key, owner, outbox, courier, stored, note, areCountsDue: false, ...events };
}

/** Of one that an earlier run left. */
export function openHome(
  key: Lane['key'],
  owner: Lane['owner'],
  options: LaneOptions,
  isLive: () => boolean,
): AlertHome {
  const { state } = owner;
  const box = createAlertBox(key, owner, options, isLive);
  return { ...box, note: state.lane, stored: state, areCountsDue: false, alerts: [], rows: new Map() };
}

export function noteAtHome(home: AlertHome, event: AlertEvent, row: StampedWindow): void {
  home.alerts.push(event);
  home.rows.set(event.eventId, row);
}

/** What waits, as a commit that changes nothing else; undefined where nothing does. @param note where that is to change */
export function homeCommitOf(home: AlertHome, commitTimeMs: number, note?: LaneNote): HomePart | undefined {
  const { key, owner, courier, stored, alerts, rows } = home;
  if (alerts.length === 0 && note === undefined && !home.areCountsDue) return undefined;
  const commit: HomePart['commit'] = {
    // of one that was given an alert and has read nothing here, there is none
    position: stored.position ?? null,
    counts: stored.counts ?? createCounter().counts(0),
    sources: [],
    windows: [],
    alerts,
    alertRows: rows,
    deadLetters: [],
    deliveries: courier?.deliveriesOf(alerts, commitTimeMs),
    commitTimeMs,
    ...(note === undefined ? {} : { lane: note }),
  };
  home.areCountsDue = false;
  home.alerts = [];
  home.rows = new Map();
  return { key, epoch: owner.epoch, commit };
}
