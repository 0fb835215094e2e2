// A topic that grows, artifacts that take over and go again, consumers that die and partitions that move, in any order: in the
// end nobody waits for anybody, and each window is there once.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { namedWindows } from '../lanes/spoken-windows.js';
import { createFakeBroker } from '../partitions/partition-group.testkit.js';
import type { ResultStore, StoredWindow } from '../ports.js';
import {
  artifact,
  type Consumer,
  replayed,
  startConsumer,
  textOf,
  turns,
} from './consume-partitions.testkit.js';

/** Others by name alone: their rows are the same, whoever's they are. */
const models = ['a', 'b'].map((version) => ({ ...artifact, version }));
const [first, second] = models as [typeof artifact, typeof artifact];
const follows = {
  artifact: first,
  decodeModel: (text: string) => models.find(({ version }) => version === text)!,
};
const log = plainLog(500, createRandom('growth and promotion in any order'));
const SOURCES = [...new Set(log.map(({ source }) => source))];
const MOST_PARTITIONS = 4;

type Step =
  | { readonly do: 'write'; readonly records: number }
  | { readonly do: 'grow'; readonly homes: readonly number[] }
  | { readonly do: 'promote' }
  | { readonly do: 'kill'; readonly who: number }
  | { readonly do: 'move'; readonly owners: readonly number[] }
  | { readonly do: 'wait'; readonly turns: number };

/** Nobody reads what this one owns. */
const NOBODY = 2;
const arbOwners = fc.array(fc.constantFrom(0, 1, NOBODY), {
  minLength: MOST_PARTITIONS,
  maxLength: MOST_PARTITIONS,
});
const arbHomes = fc.array(fc.nat(1000), { minLength: SOURCES.length, maxLength: SOURCES.length });
const arbStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('write'), records: fc.integer({ min: 20, max: 150 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('grow'), homes: arbHomes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('promote') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill'), who: fc.constantFrom(0, 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move'), owners: arbOwners }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), turns: fc.integer({ min: 1, max: 300 }) }) },
);

/** A source goes to a partition that waits for it, while another one lets go of the artifact that was replaced. */
function comesMeanwhile(owner: number): Step[] {
  const owners = Array.from({ length: MOST_PARTITIONS }, () => owner);
  return [
    { do: 'grow', homes: [0, 0, 0] },
    { do: 'grow', homes: [0, 1, 2] },
    { do: 'move', owners },
    { do: 'promote' },
    { do: 'write', records: 20 },
    { do: 'move', owners },
  ];
}

class Killed extends Error {}

/** The store as a process sees it that may be killed: from then on nothing of it comes there. */
function mortal(store: ResultStore): { readonly store: ResultStore; readonly kill: () => void } {
  let isDead = false;
  const wrap = <T extends object>(inner: T): T =>
    new Proxy(inner, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...words: unknown[]) => {
          if (isDead) return Promise.reject(new Killed());
          const answer = Reflect.apply(value, target, words) as Promise<object>;
          return name === 'takeOver' ? answer.then(wrap) : answer;
        };
      },
    });
  return {
    store: wrap(store),
    kill: () => {
      isDead = true;
    },
  };
}

async function live(steps: readonly Step[]): Promise<readonly StoredWindow[]> {
  const broker = createFakeBroker(1, 10, undefined, true);
  const store = createMemoryStore();
  for (const each of models) await store.keepModel(each, each.version);
  const start = (): {
    readonly consumer: Consumer;
    readonly ended: Promise<unknown>;
    readonly die: () => void;
  } => {
    const own = mortal(store);
    const consumer = startConsumer(broker, own.store, follows);
    return { consumer, ended: consumer.ended.catch((error: unknown) => error), die: own.kill };
  };
  const processes = [start(), start()];
  let [partitions, at, promotions] = [1, 0, 0];
  let owners: readonly number[] = [0, 1, 0, 1];
  let homes = SOURCES.map(() => 0);
  const visited = new Set<string>();
  const assign = (): void =>
    processes.forEach(({ consumer }, who) =>
      consumer.member.assign(
        Array.from({ length: partitions }, (_, partition) => partition).filter(
          (each) => owners[each] === who,
        ),
      ),
    );
  const write = (records: number): void => {
    for (const record of log.slice(at, at + records)) {
      const home = homes[SOURCES.indexOf(record.source)]!;
      visited.add(`${record.source} ${home}`);
      broker.append(home, textOf(record), record.source);
    }
    at += records;
  };
  const take = async (step: Step): Promise<void> => {
    if (step.do === 'write') write(step.records);
    if (step.do === 'wait') await turns(step.turns);
    if (step.do === 'move') {
      owners = step.owners;
      assign();
    }
    if (step.do === 'grow' && partitions < MOST_PARTITIONS) {
      broker.addPartition();
      partitions++;
      // none comes back to where it was while that is still unread
      homes = homes.map((home, each) => {
        const next = step.homes[each]! % partitions;
        return visited.has(`${SOURCES[each]!} ${next}`) ? home : next;
      });
      assign();
    }
    if (step.do === 'promote') {
      const [from, to] = promotions++ % 2 === 0 ? [first, second] : [second, first];
      await store.requestPromotion({
        kind: promotions > 1 ? 'rollback' : 'promote',
        stream: 'kafka:logs',
        to: { name: to.name, version: to.version },
        replaces: { name: from.name, version: from.version },
        by: 'tester',
        requestTimeMs: 0,
      });
    }
    if (step.do === 'kill') {
      const dead = processes[step.who]!;
      dead.die();
      dead.consumer.member.assign([]);
      await dead.ended;
      processes[step.who] = start();
      await turns(2);
      assign();
    }
  };

  await turns(2);
  assign();
  write(60);
  // how many there were is known to whoever reads next
  while ((await store.streamPositions(first)).length === 0) await turns(1);
  for (const step of steps) {
    await take(step);
    await turns(10);
  }
  write(log.length);
  owners = owners.map((owner) => (owner === NOBODY ? 0 : owner));
  assign();
  await turns(3000);
  const waiting = await store.sourceWishes();
  for (const { consumer } of processes) consumer.stop.abort();
  for (const { ended } of processes) expect(await ended).not.toBeInstanceOf(Error);
  expect(waiting).toEqual([]);

  const last = startConsumer(broker, store, { ...follows, untilEnd: true });
  await turns(2);
  last.member.assign(Array.from({ length: partitions }, (_, partition) => partition));
  const { counts } = await last.ended;
  expect(counts.records.read).toBe(log.length);
  const rows: StoredWindow[] = [];
  for await (const { row } of namedWindows(store, {}, 'spoken')) rows.push(row);
  return rows;
}

const valuesOf = (rows: readonly StoredWindow[]): readonly unknown[] =>
  rows
    .map(({ source, startMs, records, score, features }) => ({ source, startMs, records, score, features }))
    .sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : a.startMs - b.startMs));

test('law 2 also holds while a topic grows, artifacts take over and consumers die, in whatever order', async () => {
  const wanted = valuesOf(replayed(log) as StoredWindow[]);
  const numRuns = Number(process.env['LOGHORN_FAULT_ROUNDS'] ?? 3) * 2;
  await fc.assert(
    fc.asyncProperty(fc.array(arbStep, { minLength: 4, maxLength: 14 }), async (steps) => {
      expect(valuesOf(await live(steps))).toEqual(wanted);
    }),
    // these lost windows, and waited for ever
    { numRuns, examples: [0, 1].map((owner): [Step[]] => [comesMeanwhile(owner)]) },
  );
}, 600_000);
