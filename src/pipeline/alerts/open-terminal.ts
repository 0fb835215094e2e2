// The terminal of a run: what fires still from the last one is said first, then alerts as they come, marked with what people
// say of them where a store keeps that.
import { createTerminalSink } from '../adapters/terminal-sink.js';
import type { AlertSink, Clock, ResultStore } from '../ports.js';
import { openDesk } from '../store/open-desk.js';
import type { StoreAddress } from '../store/store-address.js';
import type { ArtifactKey } from '../stream-key.js';
import { alertUrl } from './alert-url.js';
import { createAskSaidOf } from './said-of.js';
import type { Paint } from './show-alert.js';
import { stillFiringWords } from './still-firing.js';

export interface Terminal {
  readonly sink: AlertSink;
  close(): Promise<void>;
}

export interface OpenTerminalOptions {
  readonly store: Pick<ResultStore, 'alerts' | 'modelSwitches'>;
  /** Of that store; it must be there. */
  readonly address: StoreAddress;
  readonly artifact: ArtifactKey;
  /** Undefined where several streams are read. */
  readonly streamId: string | undefined;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
  readonly paint: Paint;
  /** Of the dashboard; undefined where there is none. */
  readonly dashboardUrl: string | undefined;
  /** Takes whole lines. */
  readonly write: (text: string) => void;
}

/** @throws Error when what people said cannot be looked up */
export async function openTerminal(options: OpenTerminalOptions): Promise<Terminal> {
  const { store, address, artifact, streamId, clock, stopping, paint, dashboardUrl, write } = options;
  const desk =
    address.kind === 'memory'
      ? undefined
      : await openDesk(address, { clock, create: false, onWarning: () => {}, stopping });
  const askSaidOf = createAskSaidOf(desk, clock);
  const firing = await stillFiringWords(store, artifact, askSaidOf, streamId);
  if (firing !== undefined) write(`${paint('red', '●')} ${firing}\n`);
  return {
    sink: createTerminalSink(write, paint, askSaidOf, (alertId) =>
      dashboardUrl === undefined ? undefined : alertUrl(dashboardUrl, alertId),
    ),
    close: async () => desk?.close(),
  };
}
