// What the options of `produce` look like as people write them.
import { parseSourceAddress, type SourceAddress } from '../source-address.js';

export type ProduceInput = Exclude<SourceAddress, { kind: 'kafka' }>;

export function parseInput(text: string): ProduceInput {
  const source = parseSourceAddress(text);
  if (source.kind === 'kafka')
    throw new Error('produce fills topics and does not copy them: write file:PATH, stdin or synthetic');
  return source;
}

/** `10000/s`, `600/m` or a plain number a second. */
export function parseRate(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(?:\/\s*(s|m|h))?$/.exec(text.trim());
  const perSecond =
    Number(match?.[1] ?? 0) / { s: 1, m: 60, h: 3600 }[(match?.[2] ?? 's') as 's' | 'm' | 'h'];
  if (!(perSecond > 0 && perSecond <= 1_000_000))
    throw new RangeError(`'${text}' is no rate: write for example 10000/s or 600/m`);
  return perSecond;
}

export function parseAnomalies(text: string): number {
  const rate = Number(text);
  if (text.trim() === '' || !(rate >= 0 && rate <= 120))
    throw new RangeError(`'${text}' is not a number from 0 to 120`);
  return rate;
}
