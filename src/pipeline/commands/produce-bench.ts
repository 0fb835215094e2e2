// `loghorn produce-bench`: the rate of `produce` beside bare sends, on a broker that is there.
import { type Command, Option } from 'commander';
import { createWallClock } from '../clock.js';
import { type KafkaAddress, parseKafkaAddress } from '../kafka/kafka-address.js';
import { benchProduce } from '../produce/produce-bench.js';
import { addKafkaLogin, clientOptionsOf, countOption, type KafkaLoginFlags } from './kafka-options.js';
import { argument } from '../../shell/usage.js';

interface BenchFlags extends KafkaLoginFlags {
  readonly to: KafkaAddress;
  readonly thousands: number;
  readonly rounds: number;
}

export function registerProduceBench(program: Command): void {
  const command = program
    .command('produce-bench')
    .summary('measure produce beside bare sends of the client library')
    .description(
      'Sends the same records by produce and by a bare loop of sends, in turns, and prints both rates and their ratio. The topic is made and its records are gone after ten minutes.',
    )
    .addOption(
      new Option('--to <address>', 'kafka://host:port[,host:port]/topic')
        .makeOptionMandatory()
        .argParser(argument(parseKafkaAddress)),
    )
    .addOption(countOption('--thousands <count>', 'of records in each round').default(100))
    .addOption(countOption('--rounds <count>', 'of which the median counts').default(5));
  addKafkaLogin(command).action(async (flags: BenchFlags) => {
    const client = clientOptionsOf(flags.to, flags, (sentence) => process.stderr.write(`${sentence}\n`));
    const sizes = { records: flags.thousands * 1000, rounds: flags.rounds };
    process.stdout.write(`${JSON.stringify(await benchProduce(client, sizes, createWallClock()))}\n`);
  });
}
