import { expect, test } from 'vitest';
import { createTestClock } from '../consume/consume.testkit.js';
import type { OutgoingMessage } from '../kafka/kafka-message.js';
import { createLabelSender } from './label-sender.js';

test('a label is sent when it appears and again when it has grown, and what failed is made up for', async () => {
  const clock = createTestClock(0);
  const sent: OutgoingMessage[] = [];
  let isDown = false;
  let labels: { id: string; endMs: number }[] = [];
  const sender = createLabelSender(
    {
      send: async (messages) => {
        if (isDown) throw new Error('down');
        sent.push(...messages);
        return [];
      },
      close: async () => {},
    },
    () => labels,
    clock,
  );
  const offer = async (): Promise<void> => {
    clock.set(clock.nowMs() + 10_000);
    sender.offer();
    await clock.sleep(0);
  };

  await offer();
  labels = [{ id: 'a', endMs: 1 }];
  await offer();
  await offer();
  isDown = true;
  labels = [{ id: 'a', endMs: 2 }];
  await offer();
  isDown = false;
  labels = [...labels, { id: 'b', endMs: 5 }];
  await sender.finish();

  expect(sent.map(({ value }) => JSON.parse(value) as unknown)).toEqual([
    { id: 'a', endMs: 1 },
    { id: 'a', endMs: 2 },
    { id: 'b', endMs: 5 },
  ]);
  expect(sender.sent()).toBe(2);
});
