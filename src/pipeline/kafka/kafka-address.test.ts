import { expect, test } from 'vitest';
import { parseKafkaAddress, showKafkaAddress } from './kafka-address.js';

test('brokers and topic, with the usual port where none is given', () => {
  const address = parseKafkaAddress('kafka://one:19092,two,[::1]:9/app.logs');

  expect(address).toEqual({ brokers: ['one:19092', 'two:9092', '[::1]:9'], topic: 'app.logs' });
  expect(parseKafkaAddress(showKafkaAddress(address))).toEqual(address);
});

test('what is no address is refused, saying what one looks like', () => {
  for (const text of [
    'kafka://h:1',
    'kafka:///logs',
    'kafka://h:0/logs',
    'kafka://h:1/a/b',
    'kafka://h:1/a b',
    'h:1/x',
  ])
    expect(() => parseKafkaAddress(text)).toThrow(RangeError);
});

test('a login in the address is refused without repeating it', () => {
  let message = '';
  try {
    parseKafkaAddress('kafka://alice:hunter2@h:9092/logs');
  } catch (error) {
    message = (error as Error).message;
  }

  expect(message).toContain('LOGHORN_KAFKA_SASL_USERNAME');
  expect(message).not.toContain('hunter2');
});
