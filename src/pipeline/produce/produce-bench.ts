// How fast the producer is beside bare sends of the same messages to the same broker, in turns, so that a busy machine
// slows both.
import { sendBare } from '../adapters/kafka-bare-loop.js';
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import { createTopic } from '../adapters/kafka-topics.js';
import { createRandom } from '../../core/random.js';
import type { RawRecord } from '../kafka/kafka-message.js';
import type { Clock } from '../ports.js';
import { produceToKafka } from './produce-to-kafka.js';
import type { RawSource } from './produce.js';

export interface ProduceBench {
  readonly records: number;
  readonly bytesPerRecord: number;
  readonly rounds: number;
  /** Medians over the rounds, records a second. */
  readonly barePerSecond: number;
  readonly producePerSecond: number;
  /** Median of each round's own ratio. */
  readonly ratio: number;
}

const PARTITIONS = 6;
const SERVICES = 24;
/** As many as the producer sends at once of records of this size. */
const BARE_PER_SEND = 3500;
const BATCH = 1000;

/** Makes the topic of the address if there is none. */
export async function benchProduce(
  client: KafkaClientOptions,
  { records: count, rounds }: { readonly records: number; readonly rounds: number },
  clock: Clock,
): Promise<ProduceBench> {
  await createTopic(client, { partitions: PARTITIONS, retentionMs: 600_000 });
  const records = makeRecords(count, Math.floor(clock.nowMs()));
  const messages = records.map(({ source, text }) => ({ key: source, value: text }));
  const bare: number[] = [];
  const own: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(count / (await sendBare(client, messages, BARE_PER_SEND)));
    const { seconds, failure } = await produceToKafka({
      client,
      source: listSource(records),
      labels: undefined,
      clock,
      signal: new AbortController().signal,
      say: () => {},
      statePath: undefined,
      ratePerSecond: undefined,
      partitions: undefined,
      replicationFactor: undefined,
      compression: 'none',
    });
    if (failure !== undefined) throw failure;
    own.push(count / seconds);
  }
  return {
    records: count,
    bytesPerRecord: Math.round(records.reduce((sum, { text }) => sum + text.length, 0) / count),
    rounds,
    barePerSecond: Math.round(medianOf(bare)),
    producePerSecond: Math.round(medianOf(own)),
    ratio: Math.round(100 * medianOf(own.map((rate, round) => rate / bare[round]!))) / 100,
  };
}

function makeRecords(count: number, nowMs: number): readonly RawRecord[] {
  const random = createRandom('produce-bench');
  return Array.from({ length: count }, (_, n) => {
    const source = `service-${random.below(SERVICES)}`;
    const text = JSON.stringify({
      time: new Date(nowMs - count + n).toISOString(),
      level: 'info',
      service: source,
      trace_id: random
        .below(2 ** 32)
        .toString(16)
        .padStart(32, '0'),
      msg: `GET /api/orders/${random.below(100_000)} 200 ${random.below(400)} ms user=${random.below(9999)} region=eu-${random.below(4)} cache=miss`,
    });
    return { source, text, eventTimeMs: nowMs - count + n, isCut: false };
  });
}

function listSource(records: readonly RawRecord[]): RawSource {
  return {
    streamId: 'bench',
    batches: async function* () {
      for (let from = 0; from < records.length; from += BATCH) {
        const batch = records.slice(from, from + BATCH);
        yield { records: batch, lines: batch.length, blankLines: 0, position: from, isTimed: false };
        // as an input that is read does: what was sent can be acknowledged in between
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    },
  };
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
