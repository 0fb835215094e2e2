// The options that every command which reads logs shares.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { InputOptions } from '../../core/artifact.js';

export interface InputFlags {
  readonly format?: string;
  readonly pattern?: string;
  readonly timeFormat?: string;
  readonly zone?: number;
}

const FORMATS = ['json', 'cri', 'logfmt', 'syslog', 'text', 'pattern', 'message'];

export function addInputOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <name>', 'read the lines as this instead of looking').choices(FORMATS))
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

export function inputOptionsOf(flags: InputFlags): InputOptions {
  return {
    ...(flags.format === undefined ? {} : { format: flags.format }),
    ...(flags.pattern === undefined ? {} : { pattern: flags.pattern }),
    ...(flags.timeFormat === undefined ? {} : { timeFormat: flags.timeFormat }),
    ...(flags.zone === undefined ? {} : { zoneOffsetMinutes: flags.zone }),
  };
}

/** Runs a parser of ours as commander wants it: wrong words are wrong usage. */
export function argument<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}

const parseZone = argument((text: string): number => {
  if (/^(utc|z)$/i.test(text)) return 0;
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (!match) throw new RangeError(`'${text}' is no zone: write for example +02:00, -0500 or UTC`);
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
});
