// A port on the command line.
import { InvalidArgumentError } from 'commander';

/** @returns 0 stands for any free one */
export function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError(
      `'${text}' is no port: write a number from 1 to 65535, or 0 for a free one`,
    );
  return port;
}
