import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertSummary } from '../api.js';
import { createTestDashboard, openedAt, T0, type TestDashboard, windowsOf } from '../dashboard.testkit.js';
import { currentPosition } from './changes.js';
import { decodeEventId } from './event-id.js';
import type { EventClient } from './event-hub.js';

interface Page extends EventClient {
  /** What a browser would have dispatched: name and data, in order. */
  events(): { readonly name: string; readonly data: unknown }[];
  lastId(): string;
  isCut: boolean;
}

const CALLER = { name: null, mayWrite: true, csrfToken: 'token' };

function createPage(room = Infinity, address = '127.0.0.1'): Page {
  let text = '';
  const page = {
    address,
    isCut: false,
    caller: () => CALLER,
    send: (more: string) => (text += more).length < room,
    cut: () => {
      page.isCut = true;
    },
    events: () =>
      text
        .split('\n\n')
        .filter((each) => each.startsWith('event: '))
        .map((each) => {
          const [, name, data] = /^event: (\w+)\nid: \S+\ndata: (.*)$/.exec(each)!;
          return { name: name!, data: JSON.parse(data!) as unknown };
        }),
    lastId: () =>
      text
        .match(/^id: (\S+)$/gm)
        ?.at(-1)
        ?.slice(4) ?? '',
  };
  return page;
}

const connect = async (
  { hub, data }: TestDashboard,
  page: Page,
  id = '',
): Promise<(() => void) | undefined> => hub.connect(page, decodeEventId(id) ?? (await currentPosition(data)));

const namesOf = (page: Page): string[] => page.events().map(({ name }) => name);

test('a page is told how things stand, then what changes, and nothing while nothing does', async () => {
  const dashboard = await createTestDashboard();
  const page = createPage();
  await connect(dashboard, page);
  await dashboard.hub.tick();
  expect(namesOf(page)).toEqual(['status']);

  await dashboard.commit({ windows: windowsOf('api', [0.1, 0.95]), alerts: [openedAt('api', 1)] });
  dashboard.clock.set(dashboard.clock.nowMs() + 1000);
  await dashboard.hub.tick();
  expect(namesOf(page)).toEqual(['status', 'alert', 'windows', 'status']);
  expect(page.events()[1]!.data).toMatchObject({ alertId: 'alert-api-1', state: 'firing' });
  expect(page.events()[2]!.data).toMatchObject({ sources: ['api'] });
  expect(page.events()[3]!.data).toMatchObject({ firing: 1, who: { name: null, mayWrite: true } });

  await dashboard.hub.tick();
  expect(page.events()).toHaveLength(4);
});

test('what people do is told: notes, silences, and their end with time alone', async () => {
  const dashboard = await createTestDashboard();
  const { data, hub, clock } = dashboard;
  await dashboard.commit({ windows: windowsOf('api', [0.1, 0.95]), alerts: [openedAt('api', 1)] });
  const page = createPage();
  await connect(dashboard, page);
  const states = (): unknown[] =>
    page.events().flatMap(({ name, data: told }) => (name === 'alert' ? (told as AlertSummary).state : []));
  const atMs = clock.nowMs();

  await data.desk.note({ alertId: 'alert-api-1', action: { type: 'acknowledged' }, who: 'kim', atMs });
  await hub.tick();
  const silence = { match: { source: 'api' }, cause: 'silence', reason: 'x', who: 'kim', atMs } as const;
  await data.desk.addSilence({ ...silence, fromMs: atMs + 10_000, untilMs: atMs + 20_000 });
  for (const laterMs of [1000, 10_000, 19_999, 20_000]) {
    clock.set(atMs + laterMs);
    await hub.tick();
  }

  expect(states()).toEqual(['acknowledged', 'acknowledged', 'silenced', 'acknowledged']);
  expect(namesOf(page).filter((name) => name === 'silences')).toHaveLength(3);
});

test('that the store cannot be read is told once, to whoever comes meanwhile too, and so is its return', async () => {
  const dashboard = await createTestDashboard();
  const { hub } = dashboard;
  const [early, late] = [createPage(), createPage()];
  await connect(dashboard, early);

  for (const isReadable of [true, false, false]) hub.tellStore(isReadable);
  await connect(dashboard, late);
  hub.tellStore(true);

  const told = [{ isReadable: false }, { isReadable: true }].map((data) => ({ name: 'store', data }));
  expect([early.events(), late.events()]).toEqual([told, told]);
});

test('a deploy is told to whoever watches', async () => {
  const dashboard = await createTestDashboard();
  const page = createPage();
  await connect(dashboard, page);
  await dashboard.data.reader.addMarker({ atMs: T0, text: 'checkout 2.4.1' });
  await dashboard.hub.tick();

  expect(page.events()[0]).toEqual({
    name: 'marker',
    data: { kind: 'deploy', atMs: T0, text: 'checkout 2.4.1' },
  });
});

test('pages that stand at one place share one look at the store', async () => {
  const dashboard = await createTestDashboard();
  const { reader } = dashboard.data;
  let looks = 0;
  const changesSince = reader.changesSince.bind(reader);
  Object.assign(reader, {
    changesSince: async (cursor: Parameters<typeof changesSince>[0]) => (looks++, changesSince(cursor)),
  });
  const pages = Array.from({ length: 20 }, () => createPage());
  for (const page of pages) await connect(dashboard, page);
  await dashboard.hub.tick();
  await dashboard.commit({ windows: windowsOf('api', [0.95]), alerts: [openedAt('api', 0)] });
  await dashboard.hub.tick();

  expect(looks).toBe(2);
  expect(pages.every((page) => namesOf(page).includes('alert'))).toBe(true);
});

test('a page that does not read is cut off, and the others go on', async () => {
  const dashboard = await createTestDashboard();
  const [slow, quick] = [createPage(600), createPage()];
  for (const page of [slow, quick]) await connect(dashboard, page);
  await dashboard.hub.tick();
  await dashboard.commit({ windows: windowsOf('api', [0.95]), alerts: [openedAt('api', 0)] });
  await dashboard.hub.tick();

  expect([slow.isCut, quick.isCut, dashboard.hub.clients]).toEqual([true, false, 1]);
  expect(namesOf(quick)).toContain('alert');
});

test('whoever may not see it any more is cut off, and there is an end to how many may', async () => {
  const dashboard = await createTestDashboard();
  let isIn = true;
  const page = { ...createPage(), caller: () => (isIn ? CALLER : undefined) };
  await connect(dashboard, page);
  await dashboard.hub.tick();
  isIn = false;
  await dashboard.hub.tick();
  expect(dashboard.hub.clients).toBe(0);

  const left: (() => void)[] = [];
  const fill = async (address: string): Promise<number> => {
    const before = left.length;
    for (let leave; (leave = await connect(dashboard, createPage(Infinity, address))) !== undefined;)
      left.push(leave);
    return left.length - before;
  };
  expect([await fill('10.0.0.1'), await fill('10.0.0.2'), await fill('10.0.0.3')]).toEqual([60, 60, 60]);
  expect([await fill('10.0.0.4'), await fill('10.0.0.5')]).toEqual([20, 0]);
  left[0]!();
  expect(await connect(dashboard, createPage(Infinity, '10.0.0.5'))).toBeDefined();
});

interface Step {
  readonly do: 'open' | 'resolve' | 'note' | 'look' | 'break';
  readonly alert: number;
}

test('however often a connection breaks, a page knows in the end what is so, and no event came to it twice', async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom('open', 'resolve', 'note', 'look', 'break'),
    alert: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const dashboard = await createTestDashboard();
      const { data, hub, clock } = dashboard;
      let page = createPage();
      let leave = await connect(dashboard, page);
      await hub.tick();
      const heard: string[] = [];
      const known = new Map<string, AlertSummary>();
      const read = (): void => {
        for (const { name, data: told } of page.events())
          if (name === 'alert') {
            const summary = told as AlertSummary;
            known.set(summary.alertId, summary);
            heard.push(`${summary.alertId} ${summary.state} ${summary.verdict}`);
          }
      };
      let [changes, eventNumber] = [0, 0];
      for (const each of [...steps, { do: 'look', alert: 0 } satisfies Step]) {
        clock.set(clock.nowMs() + 500);
        if (each.do === 'look') await hub.tick();
        else if (each.do === 'break') {
          read();
          leave?.();
          const last = page.lastId();
          page = createPage();
          leave = await connect(dashboard, page, last);
        } else if (each.do === 'note') {
          changes++;
          await data.desk.note({
            alertId: `alert-api-${each.alert}`,
            action: { type: 'judged', verdict: 'real' },
            who: 'kim',
            atMs: clock.nowMs(),
          });
        } else {
          changes++;
          const event = openedAt('api', each.alert, { eventId: `event-${eventNumber++}` });
          await dashboard.commit({
            alerts: [each.do === 'open' ? event : { ...event, type: 'resolved', reason: 'quiet' }],
          });
        }
      }
      read();
      leave?.();
      const stored = await data.reader.alerts({ fromMs: 0, toMs: T0 * 2 });
      expect(new Set(known.keys())).toEqual(new Set(stored.map(({ alert: { alertId } }) => alertId)));
      for (const {
        alert: { alertId, isOpen },
      } of stored)
        expect(known.get(alertId)!.state === 'resolved').toBe(!isOpen);
      expect(heard.length).toBeLessThanOrEqual(changes);
    }),
    { numRuns: 25 },
  );
}, 20_000);
