// A notice that says that it is a test, to each sink once: whether it arrives is for a person to see, whether it was taken
// is told here.
import { visibleText } from '../alerts/visible-text.js';
import type { Clock } from '../ports.js';
import { messageOf, type MessageOptions } from './alert-message.js';
import type { RemoteSink } from './sink.js';
import { createTimedSend } from './timed-send.js';

export interface TestResult {
  readonly sink: string;
  readonly isTaken: boolean;
  /** ms */
  readonly tookMs: number;
  /** Why it was not. */
  readonly error?: string;
}

const SCORE = 0.99;
const THRESHOLD = 0.9;
const WINDOW_MS = 30_000;
const MOST_ERROR_CHARACTERS = 300;

export async function sendTestNotice(
  sink: RemoteSink,
  clock: Clock,
  options: MessageOptions,
): Promise<TestResult> {
  const startMs = clock.nowMs();
  const endMs = Math.floor(startMs);
  const alertId = `test-${endMs.toString(16)}`;
  const window = { startMs: endMs - WINDOW_MS, endMs };
  const event = {
    type: 'opened',
    alertId,
    eventId: `${alertId}-0-0`,
    source: 'loghorn-test',
    sinceMs: window.startMs,
    untilMs: endMs,
    ...window,
    revision: 0,
    score: SCORE,
    threshold: THRESHOLD,
    peakScore: SCORE,
    explanation: {
      peakEndMs: endMs,
      features: [{ feature: 'new_template_count', value: 1, usualLow: 0, usualHigh: 0, amount: 1 }],
      templates: [
        {
          event: 'new',
          templateId: 'test',
          text: 'this is a test of loghorn: nothing is wrong',
          service: 'loghorn-test',
          severity: 'INFO',
          count: 1,
          usual: 0,
          example: '',
        },
      ],
    },
  } as const;
  const key = { streamId: 'test', artifact: { name: 'test', version: 'test' } };
  try {
    await createTimedSend(sink, clock).send(messageOf({ event, first: event }, key, startMs, options));
    return { sink: sink.name, isTaken: true, tookMs: clock.nowMs() - startMs };
  } catch (error) {
    return {
      sink: sink.name,
      isTaken: false,
      tookMs: clock.nowMs() - startMs,
      error: visibleText((error as Error).message, MOST_ERROR_CHARACTERS),
    };
  }
}
