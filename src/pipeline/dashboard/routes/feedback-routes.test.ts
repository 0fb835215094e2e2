import { expect, test } from 'vitest';
import type { Verdict } from '../../desk/desk.js';
import { signFeedback } from '../../sinks/signed-link.js';
import {
  createTestDashboard,
  LINK_SECRET,
  openedAt,
  T0,
  type TestDashboard,
  windowsOf,
} from '../dashboard.testkit.js';

const WRITE = { name: 'anna', role: 'write', token: 'write-0123456789abcdef' } as const;
const FORM = { host: 'localhost', origin: 'http://localhost' };

async function withAlert(source = 'api'): Promise<TestDashboard> {
  // a login that nobody who comes by a link has
  const dashboard = await createTestDashboard({ tokens: [WRITE] });
  await dashboard.commit({
    windows: windowsOf(source, [0.95]),
    alerts: [openedAt(source, 0, { alertId: 'a1' })],
  });
  return dashboard;
}

const linkOf = (verdict: Verdict, changes: { alertId?: string; expiresMs?: number } = {}): string =>
  `/f/${signFeedback({ alertId: 'a1', verdict, expiresMs: T0 * 2, ...changes }, LINK_SECRET)}`;

const judgements = async ({ data }: TestDashboard): Promise<unknown[]> =>
  (await data.desk.notes({ alertId: 'a1' })).map(({ action, who }) => [action, who]);

test('a link is opened by scanners and says nothing; the button on its page does, once', async () => {
  const dashboard = await withAlert();
  const { app, get } = dashboard;
  const link = linkOf('false');

  for (let opened = 0; opened < 3; opened++) {
    const page = await get(link);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(new RegExp(`<form method="post" action="${link}">`));
  }
  expect(await judgements(dashboard)).toEqual([]);

  for (let pressed = 0; pressed < 2; pressed++)
    expect((await app.request(link, { method: 'POST', headers: FORM })).status).toBe(200);
  expect(await judgements(dashboard)).toEqual([
    [{ type: 'judged', verdict: 'false' }, 'link in a notification'],
  ]);

  await app.request(linkOf('real'), { method: 'POST', headers: FORM });
  expect(await judgements(dashboard)).toHaveLength(2);
});

test('a link that was changed, is too old or of no alert here changes nothing', async () => {
  const dashboard = await withAlert();
  const press = async (link: string): Promise<number> =>
    (await dashboard.app.request(link, { method: 'POST', headers: FORM })).status;

  expect(await press(`${linkOf('real')}x`)).toBe(403);
  expect(await press('/f/nonsense')).toBe(403);
  expect(await press(linkOf('real', { expiresMs: T0 }))).toBe(403);
  expect(await press(linkOf('real', { alertId: 'a2' }))).toBe(404);
  expect(await judgements(dashboard)).toEqual([]);
});

test('no page of another site presses the button', async () => {
  const dashboard = await withAlert();
  const forged = { host: 'localhost', origin: 'https://evil.example' };

  expect((await dashboard.app.request(linkOf('real'), { method: 'POST', headers: forged })).status).toBe(403);
  expect(await judgements(dashboard)).toEqual([]);
});

test('a name from the logs is text on the page, whatever it looks like', async () => {
  const { get } = await withAlert(`"><script>alert(1)</script>`);

  const text = await (await get(linkOf('real'))).text();

  expect(text).not.toContain('<script');
  expect(text).toContain('&#60;script&#62;');
});
