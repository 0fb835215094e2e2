// A look at what one stream has for one sink: what people said is asked, what follows is noted, what is due comes out.
import { acknowledgedBy } from '../alerts/said-of.js';
import type { OpenDelivery } from './delivery.js';
import { decide, type Facts } from './decide.js';
import { matchingSilence } from './matching-silence.js';
import type { SinkLoopOptions, SinkStream } from './sink-loop-options.js';

export interface Look {
  /** The first of each alert that something is due of, in the order of the events. */
  readonly due: readonly OpenDelivery[];
  /** Events that wait, due now or later. */
  readonly waiting: number;
  /** Something may become due without a commit. */
  readonly lookAgainMs: number | undefined;
}

export async function lookAt(
  stream: SinkStream,
  { sink, clock, desk, giveUpAfterMs }: Pick<SinkLoopOptions, 'sink' | 'clock' | 'desk' | 'giveUpAfterMs'>,
): Promise<Look> {
  const { box } = stream;
  const open = await box.openDeliveries(sink.name);
  if (open.length === 0) return { due: [], waiting: 0, lookAgainMs: undefined };
  const byAlert = new Map<string, OpenDelivery[]>();
  for (const delivery of open) {
    const { alertId } = delivery.event;
    byAlert.set(alertId, [...(byAlert.get(alertId) ?? []), delivery]);
  }
  const nowMs = clock.nowMs();
  const silences = (await desk?.silences({ activeAtMs: nowMs })) ?? [];
  const acknowledged = new Map<string, string>();
  for (const [alertId, deliveries] of byAlert) {
    if (desk === undefined || !deliveries.some(({ event }) => event.type === 'updated')) continue;
    const who = acknowledgedBy(await desk.notes({ alertId }));
    if (who !== undefined) acknowledged.set(alertId, who);
  }
  const facts: Facts = {
    nowMs,
    isLive: stream.isLive(),
    silencedBy: (event) => {
      const silence = matchingSilence(event, silences);
      return silence && `${silence.cause} ${silence.id} by ${silence.who}: ${silence.reason}`;
    },
    acknowledgedBy: (alertId) => acknowledged.get(alertId),
    giveUpAfterMs,
  };

  const decisions = [...byAlert.values()].map((deliveries) => decide(deliveries, facts));
  const notes = decisions.flatMap((decision) => decision.notes);
  if (notes.length > 0)
    await box.noteOutcomes(
      notes.map(({ delivery, state, isSettled, reason }) => ({
        eventId: delivery.event.eventId,
        sink: sink.name,
        attempts: delivery.attempts,
        state,
        isSettled,
        nextAttemptMs: null,
        lastError: reason,
        atMs: nowMs,
      })),
    );
  const noted = new Map(notes.map(({ delivery, state }) => [delivery, state]));
  const agains = decisions.flatMap(({ lookAgainMs }) => lookAgainMs ?? []);
  return {
    due: decisions.flatMap(({ due }) => due ?? []).sort((a, b) => open.indexOf(a) - open.indexOf(b)),
    waiting: open.filter((each) => (noted.get(each) ?? each.state) === 'waiting').length,
    lookAgainMs: agains.length === 0 ? undefined : Math.min(...agains),
  };
}
