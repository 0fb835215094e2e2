// A webhook, a mail server and an Alertmanager, all real and on loopback, that are away for a while and killed while they are
// told something, with the consumer killed as well: every event comes, and what comes twice is the same under the same id.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { requireOrSkip } from '../../require.testkit.js';
import {
  HOW_TO_ENABLE_ALERTMANAGER,
  isAlertmanagerThere,
  startAlertmanager,
  type TestAlertmanager,
} from '../adapters/alertmanager.testkit.js';
import { type RunningCli, startCli } from '../adapters/kafka-source.testkit.js';
import { type MailServer, startMailServer } from '../adapters/mail-server.testkit.js';
import { type HttpPeer, startHttpPeer } from './http-peer.testkit.js';
import { createSinksLog, isAllSent, type SinksLog, until } from './sinks-log.testkit.js';

const ROUNDS = 3;
const SINKS = ['pager', 'mail', 'manager'];
const hasManager = requireOrSkip('alertmanager', isAlertmanagerThere(), HOW_TO_ENABLE_ALERTMANAGER);

interface Arrival {
  readonly id: string;
  readonly content: string;
}

describe.runIf(hasManager)('sinks that are away or die in the middle', () => {
  let log: SinksLog;
  let manager: TestAlertmanager;
  const running = new Set<RunningCli>();

  beforeAll(async () => {
    log = createSinksLog(30_000);
    manager = await startAlertmanager(new URL('http://127.0.0.1:9/'));
  });
  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await manager?.stop();
    log?.remove();
  });

  test('each event arrives at each of them; what comes twice is the same', async () => {
    const random = createRandom('outages of sinks');
    const [hookPort, mailPort] = [await freePort(), await freePort()];
    const sinks = log.writeSinks('sinks.json', {
      notifyHistory: true,
      sinks: [
        { type: 'webhook', name: 'pager', url: `http://127.0.0.1:${hookPort}/in`, timeout: '5s' },
        {
          type: 'email',
          name: 'mail',
          url: `smtp://127.0.0.1:${mailPort}?starttls=never`,
          from: 'Loghorn <loghorn@example.net>',
          to: ['ops@example.net'],
          timeout: '5s',
        },
        { type: 'alertmanager', name: 'manager', url: manager.url.href, timeout: '5s', resolveAfter: '20s' },
      ],
    });
    const words = [...log.wordsOf('outages.db', sinks), '--follow'];
    const start = (): RunningCli => {
      const consumer = startCli(...words);
      running.add(consumer);
      return consumer;
    };
    const hooks: HttpPeer[] = [];
    const posts: MailServer[] = [];

    for (let round = 0; round < ROUNDS; round++) {
      const consumer = start();
      // none of them is there yet
      for (const sink of round === 0 ? SINKS.slice(0, 2) : SINKS)
        await until(`word that ${sink} is away`, () =>
          consumer.stderr().includes(`sink ${sink} takes no alerts`),
        );
      if (round > 0) await manager.start();
      // they take what comes, and the nth has no answer
      const [nthPost, nthMail] = [1 + random.below(6), 1 + random.below(6)];
      const hook = await startHttpPeer((response, n) => void (n < nthPost && response.end('ok')), hookPort);
      const post = await startMailServer({}, (n, done) => void (n < nthMail && done()), mailPort);
      hooks.push(hook);
      posts.push(post);
      await until(
        'a request and a mail without an answer',
        () => hook.requests.length > nthPost && post.mails.length > nthMail,
      );
      await sleep(random.below(200));
      consumer.child.kill('SIGKILL');
      await Promise.all([hook.close(), post.close(), manager.kill(), consumer.ended]);
    }
    await manager.start();
    hooks.push(await startHttpPeer(undefined, hookPort));
    posts.push(await startMailServer({}, undefined, mailPort));
    const last = start();
    for (const sink of SINKS)
      await until(`the rest for ${sink}`, async () => isAllSent(await log.deliveriesTo(sink, 'outages.db')));

    const wanted = (await log.deliveriesTo('pager', 'outages.db')).map(({ eventId }) => eventId).sort();
    expect(wanted.length).toBeGreaterThan(20);
    const arrived: Record<string, readonly Arrival[]> = {
      pager: hooks.flatMap(({ requests }) =>
        requests.map(({ headers, body }) => ({
          id: headers['idempotency-key'] as string,
          content: contentOf(body),
        })),
      ),
      mail: posts.flatMap(({ mails }) =>
        mails.map(({ source }) => ({ id: messageIdOf(source), content: subjectOf(source) })),
      ),
    };
    for (const each of Object.values(arrived)) {
      const ids = each.map(({ id }) => id);
      expect([...new Set(ids)].sort()).toEqual(wanted);
      // of each kill the one that was under way
      expect(ids.length - wanted.length).toBeLessThanOrEqual(ROUNDS);
      expect(ids.length).toBeGreaterThan(wanted.length);
      expect(new Set(each.map(({ id, content }) => `${id} ${content}`)).size).toBe(wanted.length);
    }
    // it forgets what it was told when it dies, and is told again what fires
    const open = await log.openAlerts('outages.db');
    await until('what fires, and nothing else, in Alertmanager', async () => {
      const fires = (await manager.alerts()).map(({ annotations }) => annotations['alertId']!);
      return fires.sort().join() === [...open].sort().join();
    });
    expect(open.length).toBeGreaterThan(0);
    last.child.kill('SIGTERM');
    expect((await last.ended).code).toBe(0);
  });
});

/** Without what is of the attempt, not of the event. */
function contentOf(body: string): string {
  return JSON.stringify({ ...(JSON.parse(body) as object), sent: undefined });
}

function messageIdOf(source: string): string {
  return /^Message-ID: <(.*)\.loghorn@example\.net>$/m.exec(source.replaceAll('\r', ''))![1]!;
}

function subjectOf(source: string): string {
  return /^Subject: .*(\n .*)*/m.exec(source.replaceAll('\r', ''))![0];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
