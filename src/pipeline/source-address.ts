// `--from` as people write it.
import { type KafkaAddress, parseKafkaAddress } from './kafka/kafka-address.js';

export type SourceAddress =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'synthetic' }
  | { readonly kind: 'kafka'; readonly address: KafkaAddress };

/** @throws RangeError saying what a source looks like */
export function parseSourceAddress(text: string): SourceAddress {
  if (text === 'stdin' || text === '-') return { kind: 'stdin' };
  if (text === 'synthetic') return { kind: 'synthetic' };
  if (text.startsWith('kafka:')) return { kind: 'kafka', address: parseKafkaAddress(text) };
  const path = text.startsWith('file:') ? text.slice('file:'.length) : '';
  if (path === '')
    throw new RangeError(
      `'${text}' is no source: write file:PATH, stdin, synthetic or kafka://HOST:PORT/TOPIC`,
    );
  return { kind: 'file', path };
}
