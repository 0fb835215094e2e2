// Wrong usage: what is wrong with the words of a command line and not with the world. The command line exits with 2 then.
import { InvalidArgumentError } from 'commander';

/** Runs a check or a parser of ours as commander wants it. @throws InvalidArgumentError with what it said */
export function asUsage<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw Object.assign(new InvalidArgumentError((cause as Error).message), { cause });
  }
}

/** A parser of ours as that of an option or argument. */
export function argument<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => asUsage(() => parse(text));
}
