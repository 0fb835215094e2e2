// `loghorn dlq list|replay`: what could not be read, and putting it back once the reason is gone.
import { type Command } from 'commander';
import { type DeadLetter, listDeadLetters, replayDeadLetters } from '../adapters/kafka-dead-letter-topic.js';
import { createWallClock } from '../clock.js';
import { type KafkaAddress, parseKafkaAddress } from '../kafka/kafka-address.js';
import { addKafkaLogin, clientOptionsOf, countOption, type KafkaLoginFlags } from './kafka-options.js';
import { argument } from '../../shell/usage.js';

const ADDRESS = 'kafka://host:port[,host:port]/TOPIC.GROUP.dlq, as consume named it';
const DEFAULT_MOST_REPLAYS = 3;
const SHOWN_CHARACTERS = 4096;

interface ReplayFlags extends KafkaLoginFlags {
  readonly mostReplays: number;
}

export function registerDlq(program: Command): void {
  const dlq = program
    .command('dlq')
    .summary('messages that consume could not read')
    .description('Messages that consume could not read lie in a topic of their own, as they came.');
  addKafkaLogin(
    dlq
      .command('list')
      .summary('print them')
      .description('Prints each as a line of JSON: why it lies here, where it came from, and what it says.')
      .argument('<address>', ADDRESS, argument(parseKafkaAddress)),
  ).action(async (address: KafkaAddress, flags: KafkaLoginFlags) => {
    const options = clientOptionsOf(address, flags, warn);
    await listDeadLetters(options, createWallClock(), (letters) => {
      for (const letter of letters) process.stdout.write(`${JSON.stringify(describe(letter))}\n`);
    });
  });
  addKafkaLogin(
    dlq
      .command('replay')
      .summary('put them back')
      .description(
        'Puts those that came since the last replay back into the partitions that they came from, as new messages: consume reads them again, and what it still cannot read comes here again.',
      )
      .argument('<address>', ADDRESS, argument(parseKafkaAddress))
      .addOption(
        countOption('--most-replays <count>', 'what was put back so often stays').default(
          DEFAULT_MOST_REPLAYS,
        ),
      ),
  ).action(async (address: KafkaAddress, flags: ReplayFlags) => {
    const options = clientOptionsOf(address, flags, warn);
    const replay = await replayDeadLetters(options, createWallClock(), flags.mostReplays);
    process.stdout.write(`${JSON.stringify(replay)}\n`);
  });
}

function describe({ partition, message, origin }: DeadLetter): Record<string, unknown> {
  const { offset, key, value } = message;
  return {
    ...origin,
    key: key === null ? null : key.toString('utf8'),
    value: value === null ? null : value.toString('utf8').slice(0, SHOWN_CHARACTERS),
    bytes: value?.length ?? 0,
    deadLetter: `${partition}/${offset}`,
  };
}

function warn(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
