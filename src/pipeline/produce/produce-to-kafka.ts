// A producer from its state to its summary: topic made if asked for, what had arrived found again, records sent, place
// kept, ground truth told beside.
import { randomUUID } from 'node:crypto';
import type { Compression } from '../adapters/kafka-codecs.js';
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import { createKafkaProducer, type KafkaProducer } from '../adapters/kafka-producer.js';
import { readTail } from '../adapters/kafka-tail.js';
import { createTopic } from '../adapters/kafka-topics.js';
import { type ArrivedRecords, createArrivedRecords } from './arrived-records.js';
import { labelsAddressOf, showKafkaAddress } from '../kafka/kafka-address.js';
import { type CanarySender, sendCanary } from '../canary/send-canary.js';
import { createLabelTeller } from '../labels/label-teller.js';
import type { Clock } from '../ports.js';
import { produce, type ProduceCounts, type ProduceSummary, type RawSource } from './produce.js';
import { type ProduceState, readProduceState, writeProduceState } from './produce-state.js';

export interface ProduceToKafkaOptions {
  readonly client: KafkaClientOptions;
  readonly source: RawSource;
  /** Ground truth so far, of synthetic traffic. */
  readonly labels: (() => readonly { readonly id: string }[]) | undefined;
  /** Of the canary, one anomaly in so long, ms; undefined without one. */
  readonly canaryEveryMs?: number | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
  readonly statePath: string | undefined;
  readonly ratePerSecond: number | undefined;
  readonly partitions: number | undefined;
  readonly replicationFactor: number | undefined;
  readonly compression: Compression;
}

export interface ProduceReport extends Omit<ProduceSummary, 'counts'>, ProduceCounts {
  readonly from: string;
  readonly to: string;
  readonly ratePerSecond: number;
  /** Sent a second time after a refusal, or found and not met again: there may be two of so many. */
  readonly maybeDoubled: number;
  readonly labels: number;
  /** Records of the canary, beside all others. */
  readonly canary?: number;
}

/** Two requests overlap: one is written while the other is acknowledged. */
const LANES = 2;
const GIVE_UP_AFTER_MS = 600_000;
const SAVE_EVERY_MS = 200;
const TELL_EVERY_MS = 2000;

/** @throws Error in a sentence when it cannot begin; what ends it later is in the report */
export async function produceToKafka(options: ProduceToKafkaOptions): Promise<ProduceReport> {
  const { client, source, clock, say, statePath, canaryEveryMs } = options;
  let canary: CanarySender | undefined;
  const labels =
    options.labels === undefined && canaryEveryMs === undefined
      ? undefined
      : () => [...(options.labels?.() ?? []), ...(canary?.labels() ?? [])];
  const to = showKafkaAddress(client.address);
  const { state, isNew } = readProduceState(statePath, source.streamId, to);
  await makeTopics(options, labels !== undefined);
  const send = {
    compression: options.compression,
    producerId: state.producerId,
    lanes: LANES,
    giveUpAfterMs: GIVE_UP_AFTER_MS,
  };
  const producer = await createKafkaProducer({ ...client, ...send });
  const labelled = labels === undefined ? undefined : await labelProducer(client, send);
  const teller =
    labelled &&
    createLabelTeller(
      async (fresh) => {
        await labelled.send(fresh.map((label) => ({ key: label.id, value: JSON.stringify(label) })));
      },
      labels!,
      clock,
    );
  const nest =
    canaryEveryMs === undefined
      ? undefined
      : await createKafkaProducer({ ...client, ...send, producerId: randomUUID(), lanes: 1 });
  const isOver = new AbortController();
  // also while nothing is safe, as without --state, and while nothing but the canary has anything to say
  const tell = async (): Promise<void> => {
    while (!isOver.signal.aborted) {
      await clock.sleep(TELL_EVERY_MS, isOver.signal);
      teller?.offer();
    }
  };
  const telling = tell();
  try {
    if (nest !== undefined) canary = sendCanary(nest, canaryEveryMs!, clock, say);
    const begun = withOffsets(state, producer);
    if (statePath !== undefined && isNew) writeProduceState(statePath, begun);
    const arrived = isNew ? undefined : await findArrived(client, begun, producer, say);
    let savedMs = -Infinity;
    const summary = await produce({
      source,
      sink: producer,
      clock,
      signal: options.signal,
      from: state.position,
      ...(arrived === undefined ? {} : { arrived }),
      ratePerSecond: options.ratePerSecond,
      onSafe: ({ position, ends }, isEnd) => {
        if (statePath === undefined || (!isEnd && clock.nowMs() - savedMs < SAVE_EVERY_MS)) return;
        savedMs = clock.nowMs();
        writeProduceState(statePath, {
          ...begun,
          position,
          ends: { ...begun.ends, ...ends },
        });
      },
      onProgress: (counts) => say(describeProgress(counts)),
    });
    isOver.abort();
    await telling;
    await canary?.stop();
    await teller?.finish();
    const { counts, ...rest } = summary;
    return {
      from: source.streamId,
      to,
      ...counts,
      ...rest,
      ratePerSecond: Math.round(counts.acknowledged / Math.max(0.001, rest.seconds)),
      maybeDoubled: producer.maybeDoubled() + (arrived?.left() ?? 0),
      labels: teller?.told() ?? 0,
      ...(canary === undefined ? {} : { canary: canary.sent() }),
    };
  } finally {
    isOver.abort();
    await canary?.stop();
    await nest?.close();
    await producer.close();
    await labelled?.close();
  }
}

async function makeTopics(
  { client, partitions, replicationFactor, say }: ProduceToKafkaOptions,
  hasLabels: boolean,
): Promise<void> {
  const copies = replicationFactor === undefined ? {} : { replicationFactor };
  if (partitions !== undefined && (await createTopic(client, { partitions, ...copies })))
    say(`made topic '${client.address.topic}' with ${partitions} partitions`);
  if (hasLabels) await createTopic(labelClient(client), { partitions: 1, isCompacted: true, ...copies });
}

function labelClient(client: KafkaClientOptions): KafkaClientOptions {
  return { ...client, address: labelsAddressOf(client.address) };
}

async function labelProducer(
  client: KafkaClientOptions,
  send: Omit<Parameters<typeof createKafkaProducer>[0], keyof KafkaClientOptions>,
): Promise<KafkaProducer> {
  return createKafkaProducer({ ...labelClient(client), ...send, lanes: 1 });
}

/** What is not noted of a partition begins where the topic ended when this run began. */
function withOffsets(state: ProduceState, { endOffsets }: KafkaProducer): ProduceState {
  const now = [...endOffsets].map(([partition, offset]) => [String(partition), { offset, own: 0 }] as const);
  return { ...state, ends: { ...Object.fromEntries(now), ...state.ends } };
}

async function findArrived(
  client: KafkaClientOptions,
  { ends, producerId }: ProduceState,
  { endOffsets }: KafkaProducer,
  say: (sentence: string) => void,
): Promise<ArrivedRecords> {
  const noted = Object.entries(ends).map(([partition, end]) => [Number(partition), end] as const);
  const from = new Map(noted.map(([partition, { offset }]) => [partition, offset]));
  const own = new Map(noted.map(([partition, end]) => [partition, end.own]));
  const messages = await readTail(client, from, endOffsets);
  const arrived = createArrivedRecords(messages, producerId, own);
  say(`going on; ${arrived.left()} records had arrived behind the noted place and are not sent again`);
  return arrived;
}

function describeProgress({ records, acknowledged, sent, alreadyThere }: ProduceCounts): string {
  const there = alreadyThere > 0 ? `, ${alreadyThere} were there` : '';
  return `${records} records read, ${acknowledged} acknowledged, ${sent - acknowledged} on their way${there}`;
}
