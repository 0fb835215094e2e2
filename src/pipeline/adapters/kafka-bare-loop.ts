// The yardstick of the producer's bench: what the client library does when nobody asks for more than sends in a row.
import { createKafkaClient, type KafkaClientOptions } from './kafka-client.js';

/** @returns seconds for all of it, from the first send to the last acknowledgement */
export async function sendBare(
  options: KafkaClientOptions,
  messages: readonly { readonly key: string; readonly value: string }[],
  perSend: number,
): Promise<number> {
  const producer = createKafkaClient(options).producer({ idempotent: true });
  await producer.connect();
  try {
    const startMs = performance.now();
    for (let from = 0; from < messages.length; from += perSend)
      await producer.send({
        topic: options.address.topic,
        acks: -1,
        messages: messages.slice(from, from + perSend),
      });
    return (performance.now() - startMs) / 1000;
  } finally {
    await producer.disconnect();
  }
}
