// `loghorn consume`: an artifact over a stream, results into a store, alerts as they fire.
import { type Command, Option } from 'commander';
import { parseDuration } from '../../core/duration.js';
import { canaryOption } from '../canary/canary-option.js';
import { parseSourceAddress } from '../source-address.js';
import type { ConsumeFlags } from './consume-flags.js';
import { addKafkaLogin } from './kafka-options.js';
import { keepOption } from './keep-option.js';
import { portOf } from './port-option.js';
import { type ConsumeDeps, runConsume } from './run-consume.js';
import { addSinkOptions } from './sink-options.js';
import { newStoreOption } from './store-option.js';
import { argument } from '../../shell/usage.js';
import { examples } from './examples.js';

export function registerConsume(program: Command, deps: ConsumeDeps): void {
  const command = program
    .command('consume')
    .summary('score a stream, store results, show alerts')
    .description(
      'Scores a stream with an artifact, keeps every window and alert in a store and shows alerts as they fire. Stopped or killed, the same command goes on where it was, and nothing is lost or doubled.',
    )
    .addOption(
      new Option('--from <source>', 'file:PATH, stdin, synthetic or kafka://HOST:PORT[,HOST:PORT]/TOPIC')
        .makeOptionMandatory()
        .argParser(argument(parseSourceAddress)),
    )
    .requiredOption('--model <folder>', 'the artifact, as fit printed it')
    .option(
      '--shadow <folder>',
      'an artifact that scores the same beside it and never alerts; may be given several times',
      (folder: string, folders: readonly string[]) => [...folders, folder],
      [],
    )
    .addOption(newStoreOption('where results are kept'))
    .addOption(keepOption('all', 'all'))
    .option('--follow', 'go on reading as the file grows, like tail -F', false)
    .option('--until-end', 'close windows by what the records say alone; end with the input', false)
    .addOption(
      new Option('--commit-every <duration>', 'how much of history a crash may make it read again')
        .default(undefined, '1s')
        .argParser(argument(parseDuration)),
    )
    .addOption(new Option('--for <duration>', 'stop after so long').argParser(argument(parseDuration)))
    .addOption(
      new Option(
        '--health-port <port>',
        'answer /livez, /readyz and /metrics on this port of 127.0.0.1',
      ).argParser(portOf),
    )
    .addOption(canaryOption('expect the canary that `produce --canary` sends, and alert when it is not told'))
    .option('--quiet', 'no lines on how far it is: warnings and alerts only', false)
    .option('--json', 'a summary as the last line of standard output; alerts on standard error', false)
    .option(
      '--group <name>',
      'Kafka: consumers of one group share the partitions (default: loghorn- and the name of the artifact)',
    )
    .addOption(
      new Option(
        '--session-timeout <duration>',
        'Kafka: a consumer not heard of for so long is out of its group',
      )
        .default(undefined, '30s')
        .argParser(argument(parseDuration)),
    );
  command.addHelpText(
    'after',
    examples(
      'loghorn consume --from file:today.log --follow --model data/models/app --store sqlite:results.db',
      'loghorn consume --from kafka://127.0.0.1:19092/logs --model data/models/day --store sqlite:results.db',
      'loghorn consume --from kafka://127.0.0.1:19092/logs --until-end --model data/models/day --store sqlite:again.db',
      'zcat old.log.gz | loghorn consume --from stdin --until-end --model data/models/app --store sqlite:old.db',
    ),
  );
  addKafkaLogin(addSinkOptions(command)).action(async (flags: ConsumeFlags) => runConsume(flags, deps));
}
