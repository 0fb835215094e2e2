// The contract of a store about deliveries, as tests that any of them must pass.
import { expect, test } from 'vitest';
import type { AlertEvent } from '../../core/alert-event.js';
import { FencedError, type ResultStore, type StreamOwner } from '../ports.js';
import { TEST_KEY, testCommit, testEvent } from '../store/result-store.testkit.js';
import type { DeliveryOutcome, NewDelivery } from './delivery.js';

export function newDelivery(
  event: AlertEvent,
  sink: string,
  state: NewDelivery['state'] = 'waiting',
): NewDelivery {
  return { eventId: event.eventId, alertId: event.alertId, sink, state };
}

function outcome(changes: Partial<DeliveryOutcome>): DeliveryOutcome {
  return {
    eventId: 'a1-0',
    sink: 'hook',
    attempts: 0,
    state: 'sent',
    isSettled: true,
    nextAttemptMs: null,
    lastError: null,
    atMs: 2000,
    ...changes,
  };
}

const opened = testEvent({ explanation: { peakEndMs: 30_000, features: [], templates: [] } });
const updated = testEvent({ type: 'updated', eventId: 'a1-1', startMs: 30_000 });
const resolved = testEvent({ type: 'resolved', eventId: 'a1-2', reason: 'quiet', startMs: 90_000 });
const claim = { eventId: 'a1-0', sink: 'hook', attempt: 1, leasedUntilMs: 9000, atMs: 1000 };

/**
 * @param name of the store, for the tests' names
 * @param open a store that was never used before, each time another
 * @param reopen the same data after its process went away; left out for a store that forgets
 */
export function testDeliveries(
  name: string,
  open: () => ResultStore | Promise<ResultStore>,
  reopen?: (store: ResultStore) => Promise<ResultStore>,
): void {
  const begin = async (store: ResultStore, ...alerts: AlertEvent[]): Promise<StreamOwner> => {
    const owner = await store.takeOver(TEST_KEY, []);
    const deliveries = alerts.flatMap((event) => [newDelivery(event, 'hook'), newDelivery(event, 'mail')]);
    await owner.commit(testCommit({ alerts, deliveries }));
    return owner;
  };

  test(`${name}: each sink has each event once, in order, until it is settled`, async () => {
    let store = await open();
    const owner = await begin(store, opened, updated);
    await owner.claimDelivery(claim);
    await owner.noteOutcomes([outcome({ attempts: 1 })]);
    // the same events again, as a commit whose outcome was not known would bring them
    await owner.commit(
      testCommit({
        alerts: [opened],
        deliveries: [newDelivery(opened, 'hook'), newDelivery(opened, 'mail')],
      }),
    );
    if (reopen) store = await reopen(store);
    const next = await store.takeOver(TEST_KEY, []);

    const [hook, ...noMore] = await next.openDeliveries('hook');
    const mail = await next.openDeliveries('mail');

    expect(hook).toEqual({
      event: updated,
      first: opened,
      wasTold: true,
      state: 'waiting',
      attempts: 0,
      leasedUntilMs: null,
      commitTimeMs: 1_000_000,
    });
    expect(noMore).toEqual([]);
    expect(mail.map(({ event, wasTold }) => [event.eventId, wasTold])).toEqual([
      ['a1-0', false],
      ['a1-1', false],
    ]);
    expect(await next.openDeliveries('other')).toEqual([]);
    await store.close();
  });

  test(`${name}: an attempt is claimed by the owner alone, and ended by whoever began the last one`, async () => {
    const store = await open();
    const old = await begin(store, opened);
    await old.claimDelivery(claim);
    const owner = await store.takeOver(TEST_KEY, []);

    const late = old.claimDelivery({ ...claim, attempt: 2 });
    await expect(late).rejects.toThrow(FencedError);
    expect(await owner.openDeliveries('hook')).toMatchObject([{ attempts: 1, leasedUntilMs: 9000 }]);
    await owner.claimDelivery({ ...claim, attempt: 2, leasedUntilMs: 20_000 });
    await old.noteOutcomes([outcome({ attempts: 1 })]);

    expect(await owner.openDeliveries('hook')).toMatchObject([{ attempts: 2, leasedUntilMs: 20_000 }]);
    await owner.noteOutcomes([outcome({ attempts: 2 })]);
    expect(await owner.openDeliveries('hook')).toEqual([]);
    await store.close();
  });

  test(`${name}: a former owner may end what it began, and what is settled stays so`, async () => {
    const store = await open();
    const old = await begin(store, opened);
    await old.claimDelivery(claim);
    const owner = await store.takeOver(TEST_KEY, []);
    await old.noteOutcomes([outcome({ attempts: 1 })]);
    await owner.noteOutcomes([outcome({ attempts: 1, state: 'given-up' })]);
    await owner.claimDelivery({ ...claim, attempt: 2 });

    expect((await store.deliveriesOf('a1'))[0]).toMatchObject({
      state: 'sent',
      attempts: 1,
      sentTimeMs: 2000,
    });
    await store.close();
  });

  test(`${name}: what a sink was told of stays told until the alert is over`, async () => {
    const store = await open();
    const owner = await begin(store, opened, updated);
    expect(await owner.toldEvents('hook')).toEqual([]);
    await owner.noteOutcomes([outcome({}), outcome({ eventId: 'a1-1' })]);
    expect(await owner.toldEvents('hook')).toEqual([
      { event: opened, first: opened },
      { event: updated, first: opened },
    ]);
    expect(await owner.toldEvents('mail')).toEqual([]);

    await owner.commit(testCommit({ alerts: [resolved], deliveries: [newDelivery(resolved, 'hook')] }));

    expect(await owner.toldEvents('hook')).toEqual([]);
    await store.close();
  });

  test(`${name}: whoever was told that an alert is over counts as told once it is told of its return`, async () => {
    const store = await open();
    const owner = await begin(store, opened);
    const returned = testEvent({ eventId: 'a1-3', reason: 'reopened', startMs: 120_000 });
    const wasTold = async (): Promise<boolean> => (await owner.openDeliveries('hook'))[0]!.wasTold;
    await owner.commit(testCommit({ alerts: [resolved], deliveries: [newDelivery(resolved, 'hook')] }));
    await owner.commit(testCommit({ alerts: [returned], deliveries: [newDelivery(returned, 'hook')] }));

    expect(await wasTold()).toBe(false);
    await owner.noteOutcomes([outcome({})]);
    expect(await wasTold()).toBe(true);
    await owner.noteOutcomes([outcome({ eventId: 'a1-2' })]);
    expect(await wasTold()).toBe(false);
    await store.close();
  });

  test(`${name}: what became of an alert's events is told by sink, failures with their words`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, []);
    const deliveries = [newDelivery(opened, 'hook'), newDelivery(opened, 'mail', 'history')];
    await owner.commit(testCommit({ alerts: [opened], deliveries }));
    const lastError = 'HTTP 500 \u0000\ud800';
    await owner.claimDelivery(claim);
    await owner.noteOutcomes([
      outcome({ attempts: 1, state: 'waiting', isSettled: false, nextAttemptMs: 7000.5, lastError }),
    ]);

    const common = { eventId: 'a1-0', commitTimeMs: 1_000_000, sentTimeMs: null };
    const nothing = { nextAttemptMs: null, lastError: null };
    expect(await store.deliveriesOf('a1')).toEqual([
      { ...common, sink: 'hook', state: 'waiting', attempts: 1, nextAttemptMs: 7001, lastError },
      { ...common, sink: 'mail', state: 'history', attempts: 0, ...nothing },
    ]);
    expect(await store.deliveriesOf('another')).toEqual([]);
    expect(await store.sinkSummaries()).toEqual([
      {
        sink: 'hook',
        waiting: 1,
        oldestWaitingMs: 1_000_000,
        sent: 0,
        givenUp: 0,
        lastSentMs: null,
        lastError,
      },
      {
        sink: 'mail',
        waiting: 0,
        oldestWaitingMs: null,
        sent: 0,
        givenUp: 0,
        lastSentMs: null,
        lastError: null,
      },
    ]);

    await owner.claimDelivery({ ...claim, attempt: 2 });
    await owner.noteOutcomes([outcome({ attempts: 2, atMs: 9000 })]);
    expect(await store.sinkSummaries()).toMatchObject([
      { sink: 'hook', waiting: 0, oldestWaitingMs: null, sent: 1, lastSentMs: 9000, lastError: null },
      { sink: 'mail' },
    ]);
    await store.close();
  });

  test(`${name}: a fenced owner's commit leaves no delivery behind`, async () => {
    const store = await open();
    const old = await store.takeOver(TEST_KEY, []);
    const owner = await store.takeOver(TEST_KEY, []);

    const late = old.commit(testCommit({ alerts: [opened], deliveries: [newDelivery(opened, 'hook')] }));

    await expect(late).rejects.toThrow(FencedError);
    expect(await owner.openDeliveries('hook')).toEqual([]);
    await store.close();
  });
}
