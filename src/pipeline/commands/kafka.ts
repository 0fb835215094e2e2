// `loghorn kafka`: a real Apache Kafka on this machine, without Docker, until it is stopped.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_KAFKA_VERSION, majorOf } from '../kafka-broker/kafka-jars.js';
import { whenParentGoes, whenProcessGoes } from '../kafka-broker/parent.js';
import { type RunningKafka, startKafka } from '../kafka-broker/start-kafka.js';
import { asUsage } from '../../shell/usage.js';
import { examples } from './examples.js';

interface KafkaFlags {
  readonly port: number;
  readonly brokers: string;
  readonly kafkaVersion: string;
  readonly stay: boolean;
  readonly stopWith?: number;
}

const DEFAULT_PORT = 19_092;
const DEFAULT_FOLDER = 'data/kafka';
const LOOK_EVERY_MS = 300;

export function registerKafka(program: Command): void {
  program
    .command('kafka')
    .summary('run a real Apache Kafka on this machine')
    .description(
      `Fetches Apache Kafka from Maven Central once and runs it on 127.0.0.1 until it is stopped; needs Java and, the first time, Maven. Its data stay in the folder that LOGHORN_KAFKA_DIR names, by default ${DEFAULT_FOLDER}. When it is ready it prints one line of JSON: addresses and process ids.`,
    )
    .addOption(
      new Option('--port <port>', 'of the first broker; the next ports in a row are needed, too')
        .default(DEFAULT_PORT)
        .argParser(parsePort),
    )
    .addOption(
      new Option('--brokers <count>', '3 keep every record three times, and lose none when one of them dies')
        .choices(['1', '3'])
        .default('1'),
    )
    .addOption(
      new Option('--kafka-version <version>', 'of Apache Kafka')
        .default(DEFAULT_KAFKA_VERSION)
        .argParser(parseVersion),
    )
    .option('--stay', 'go on when the program that started this one is gone', false)
    .addOption(
      new Option(
        '--stop-with <pid>',
        'stop when this process is gone, instead of the one that started it',
      ).argParser(processIdOf),
    )
    .addHelpText('after', examples('loghorn kafka', 'loghorn kafka --brokers 3 --port 29092'))
    .action(runKafka);
}

async function runKafka({ port, brokers, kafkaVersion, stay, stopWith }: KafkaFlags): Promise<void> {
  const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
  const alone = stopWith === undefined ? whenParentGoes() : whenProcessGoes(stopWith);
  const signal = stay ? stopping.signal : AbortSignal.any([stopping.signal, alone]);
  const startedAtMs = performance.now();
  const kafka = await startKafka({
    folder: process.env['LOGHORN_KAFKA_DIR'] ?? DEFAULT_FOLDER,
    kafkaVersion,
    brokers: Number(brokers),
    port,
    say,
    signal,
  });
  try {
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    say(`Apache Kafka ${kafkaVersion} is ready after ${seconds} s at ${kafka.addresses.join(', ')}`);
    say(`its topics are kafka://${kafka.addresses.join(',')}/TOPIC; Ctrl-C stops it`);
    process.stdout.write(`${JSON.stringify({ brokers: kafka.addresses, pids: kafka.pids() })}\n`);
    await untilStopped(kafka, signal);
    say('stopping Kafka');
  } finally {
    await kafka.stop();
  }
}

/** @throws Error when a broker ended by itself */
async function untilStopped(kafka: RunningKafka, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = setInterval(() => {
      const failure = kafka.failure();
      if (failure === undefined && !signal.aborted) return;
      clearInterval(look);
      if (signal.aborted || failure === undefined) resolve();
      else reject(new Error(failure));
    }, LOOK_EVERY_MS);
  });
}

function processIdOf(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id) || id < 1)
    throw new InvalidArgumentError(`'${text}' is no process id: write a whole number above 0`);
  return id;
}

function parsePort(text: string): number {
  const port = Number(text);
  // up to nine in a row
  if (!Number.isInteger(port) || port < 1 || port > 65_526)
    throw new InvalidArgumentError(`'${text}' is no port: write a number from 1 to 65526`);
  return port;
}

function parseVersion(text: string): string {
  asUsage(() => majorOf(text));
  return text;
}
