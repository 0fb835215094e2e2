// A sink that is elsewhere: a person's or another system's, that may be slow, away or of another opinion. What it is sent,
// and how it says that it did not take it.
import type { AlertSeverity } from '../../core/alert-kind.js';
import type { AlertEvent } from '../../core/alert-event.js';
import type { Verdict } from '../desk/desk.js';
import type { ArtifactKey } from '../stream-key.js';

/** An alert event with everything that a sink may want to say about it. */
export interface AlertMessage {
  /** Text in it is as it stood in the log, and may be anything. */
  readonly event: AlertEvent;
  readonly streamId: string;
  readonly artifact: ArtifactKey;
  /** Of the reasons that the event gives, or else of those that the alert opened with. */
  readonly kind: string;
  readonly severity: AlertSeverity;
  /** What the alert opened with: the same in all messages of it. */
  readonly opened: { readonly eventId: string; readonly kind: string; readonly severity: AlertSeverity };
  /** One line. Nothing in it moves a cursor or turns the reading order; markup of the sink is not escaped yet. */
  readonly title: string;
  /** Lines, as safe as the title. */
  readonly text: string;
  /** To the alert on the dashboard; null where its address is not known. */
  readonly link: string | null;
  /** Signed links by which the reader judges the alert; null where there is no secret to sign with. */
  readonly feedback: Readonly<Record<Verdict, string>> | null;
  /** By our clock, ms since epoch. */
  readonly sentMs: number;
}

export interface RemoteSink {
  /** Lower-case letters, digits and hyphens: what deliveries are kept under. */
  readonly name: string;
  /** Longest attempt. */
  readonly timeoutMs: number;
  /** For a receiver that forgets: how often it is told again what still fires. */
  readonly repeatEveryMs?: number | undefined;
  /**
   * Resolves once the receiver has taken it. The same event may come again after a crash, and for repetition.
   *
   * @param signal aborts the attempt
   * @throws SinkError saying whose fault it is; whatever else is thrown is taken for an outage
   */
  send(message: AlertMessage, signal: AbortSignal): Promise<void>;
  close?(): void;
}

export class SinkError extends Error {
  override readonly name = 'SinkError';
  /** The receiver works and refuses this message: another one may pass. Otherwise nothing would. */
  readonly isAboutMessage: boolean;
  /** So long the receiver asks to be left alone, ms. */
  readonly retryAfterMs: number | undefined;

  constructor(
    sentence: string,
    options: { isAboutMessage?: boolean; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(sentence, { cause: options.cause });
    this.isAboutMessage = options.isAboutMessage ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}
