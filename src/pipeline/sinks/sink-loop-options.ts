// What the loop of a sink needs, and the streams that it goes over.
import type { Random } from '../../core/random.js';
import type { Desk } from '../desk/desk.js';
import type { Clock } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import type { DeliveryBox, ToldEvent } from './delivery.js';
import type { AlertMessage, RemoteSink } from './sink.js';

export interface SinkLoopOptions {
  readonly sink: RemoteSink;
  readonly clock: Clock;
  /** For the spread of attempts. */
  readonly random: Random;
  /** Whose silences and acknowledgements hold; without it nothing is kept back. */
  readonly desk?: Pick<Desk, 'silences' | 'notes'> | undefined;
  readonly messageOf: (told: ToldEvent, key: StreamKey, sentMs: number) => AlertMessage;
  readonly giveUpAfterMs: number;
  readonly onWarning: (sentence: string) => void;
}

/** A stream that this process owns. */
export interface SinkStream {
  readonly key: StreamKey;
  readonly box: DeliveryBox;
  /** Whether it has caught up with its input. */
  isLive(): boolean;
}
