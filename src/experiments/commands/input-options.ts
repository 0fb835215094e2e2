// The options that every command which reads logs shares.
import { type Command, Option } from 'commander';
import type { InputOptions } from '../../core/artifact.js';
import { argument, asUsage } from '../../shell/usage.js';
import { FORMAT_NAMES } from '../../core/format/create-format.js';
import { createRecordReader } from '../../core/format/reader.js';

export interface InputFlags {
  readonly format?: string;
  readonly pattern?: string;
  readonly timeFormat?: string;
  readonly zone?: number;
}

export function addInputOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'read the lines as this instead of looking').choices(FORMAT_NAMES),
    )
    .option(
      '--pattern <pattern>',
      "fields of a plain line, e.g. '<Date> <Time> <Level> <Component>: <Content>'",
    )
    .option('--time-format <format>', "time stamp of the pattern, strptime style, e.g. '%y%m%d %H%M%S'")
    .addOption(
      new Option('--zone <offset>', 'zone of time stamps that name none, e.g. +02:00')
        .default(undefined, 'UTC')
        .argParser(parseZone),
    );
}

/** @throws InvalidArgumentError where they contradict each other, or a pattern or time format cannot be used */
export function inputOptionsOf(flags: InputFlags): InputOptions {
  const options = {
    ...(flags.format === undefined ? {} : { format: flags.format }),
    ...(flags.pattern === undefined ? {} : { pattern: flags.pattern }),
    ...(flags.timeFormat === undefined ? {} : { timeFormat: flags.timeFormat }),
    ...(flags.zone === undefined ? {} : { zoneOffsetMinutes: flags.zone }),
  };
  // whatever cannot be read so is said before anything is opened
  asUsage(() => createRecordReader({ ...(options as object), defaultSource: 'input' }));
  return options;
}

/** Of Kiribati. */
const MOST_ZONE_MINUTES = 14 * 60;

const parseZone = argument((text: string): number => {
  if (/^(utc|z)$/i.test(text)) return 0;
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (!match) throw new RangeError(`'${text}' is no zone: write for example +02:00, -0500 or UTC`);
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > MOST_ZONE_MINUTES)
    throw new RangeError(`'${text}' is no zone: none is more than 14 hours from UTC`);
  return match[1] === '-' ? -minutes : minutes;
});
