// Whether the brokers of a cluster can be talked to: asked while they start, without the noise of a client that retries.
import kafkajs from 'kafkajs';

/** Whether each address answers and knows of as many brokers as there are addresses. */
export async function areReady(addresses: readonly string[]): Promise<boolean> {
  const counts = await Promise.all(addresses.map(countAt));
  return counts.every((count) => count >= addresses.length);
}

/** @returns how many brokers this one knows of; 0 when it does not answer */
async function countAt(address: string): Promise<number> {
  const kafka = new kafkajs.Kafka({
    brokers: [address],
    connectionTimeout: 1000,
    requestTimeout: 3000,
    retry: { retries: 0 },
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length;
  } catch {
    return 0;
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
