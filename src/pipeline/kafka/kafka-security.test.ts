import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readKafkaSecurity } from './kafka-security.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-security-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'hunter2-and-more';
const LOGIN = { mechanism: 'SCRAM-SHA-512', username: 'alice', password: SECRET };

function configFile(content: unknown, mode = 0o600): string {
  const path = join(folder, `${Math.abs(JSON.stringify(content).length)}-${mode}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
  return path;
}

function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const { message, cause } = error as Error;
    return `${message} ${cause instanceof Error ? cause.message : ''}`;
  }
  throw new Error('nothing was refused');
}

test('no variables: neither login nor TLS', () => {
  expect(readKafkaSecurity({})).toEqual({});
});

test('variables and file say the same', () => {
  const sasl = { mechanism: 'scram-sha-512', username: 'alice', password: SECRET };
  const variables = {
    LOGHORN_KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
    LOGHORN_KAFKA_SASL_USERNAME: 'alice',
    LOGHORN_KAFKA_SASL_PASSWORD: SECRET,
    LOGHORN_KAFKA_SSL: '1',
  };

  expect(readKafkaSecurity(variables)).toEqual({ sasl, tls: {} });
  expect(readKafkaSecurity({}, configFile({ sasl: LOGIN, ssl: true }))).toEqual({ sasl, tls: {} });
});

test('a certificate authority means TLS', () => {
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, 'PEM');

  expect(readKafkaSecurity({ LOGHORN_KAFKA_SSL_CA: ca })).toEqual({ tls: { ca: 'PEM' } });
});

test('a file with a password that others can read is refused', () => {
  expect(failureOf(() => readKafkaSecurity({}, configFile({ sasl: LOGIN }, 0o644)))).toContain('chmod 600');
});

test('no refusal repeats the password', () => {
  const refusals = [
    () => readKafkaSecurity({ LOGHORN_KAFKA_SASL_PASSWORD: SECRET }),
    () =>
      readKafkaSecurity({
        LOGHORN_KAFKA_SASL_MECHANISM: 'magic',
        LOGHORN_KAFKA_SASL_USERNAME: 'alice',
        LOGHORN_KAFKA_SASL_PASSWORD: SECRET,
      }),
    () => readKafkaSecurity({}, configFile({ sasl: { ...LOGIN, username: 7 } })),
    () => readKafkaSecurity({}, configFile({ sasl: LOGIN, ssl: 'yes' })),
    () => readKafkaSecurity({}, configFile(`{"sasl": {"password": "${SECRET}" oops`)),
  ];

  for (const refusal of refusals) expect(failureOf(refusal)).not.toContain('hunter2');
});
