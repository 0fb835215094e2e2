// The courier of a process, from its settings: with the desk of the same store, whose silences it heeds.
import type { Desk } from '../desk/desk.js';
import type { Clock } from '../ports.js';
import { openDesk } from '../store/open-desk.js';
import type { StoreAddress } from '../store/store-address.js';
import { messageOf } from './alert-message.js';
import { type Courier, createCourier } from './courier.js';
import { openSink } from './open-sinks.js';
import type { AlertSettings } from './sink-settings.js';

export interface OpenCourierOptions {
  readonly settings: AlertSettings;
  /** Of the results; it must be there. One in memory has no desk: nobody can reach it to silence anything. */
  readonly store: StoreAddress;
  readonly clock: Clock;
  readonly onWarning: (sentence: string) => void;
}

/** @returns undefined where no sink is named @throws Error when the desk cannot be opened */
export async function openCourier({
  settings,
  store,
  clock,
  onWarning,
}: OpenCourierOptions): Promise<Courier | undefined> {
  const { sinks, message, notifyHistory, historyAfterMs, giveUpAfterMs } = settings;
  if (sinks.length === 0) return undefined;
  const desk: Desk | undefined =
    store.kind === 'memory' ? undefined : await openDesk(store, { clock, create: false, onWarning });
  const courier = createCourier({
    sinks: sinks.map(openSink),
    clock,
    desk,
    // of no two processes the same, so that they do not all try again at one moment
    seed: `${process.pid} ${clock.nowMs()}`,
    notifyHistory,
    historyAfterMs,
    giveUpAfterMs,
    messageOf: (told, key, sentMs) => messageOf(told, key, sentMs, message),
    onWarning,
  });
  return {
    ...courier,
    stop: async () => {
      await courier.stop();
      await desk?.close();
    },
  };
}
