import { expect, test } from 'vitest';
import { createKafkaClient, explainKafkaError, type KafkaClientOptions } from './kafka-client.js';

const LOADING = 'The group coordinator is loading and hence can’t process requests for this group';
const CRASH = `Crash: KafkaJSGroupCoordinatorNotFound: ${LOADING}`;

function optionsOf(more: Partial<KafkaClientOptions> = {}): KafkaClientOptions & { readonly said: string[] } {
  const said: string[] = [];
  const address = { brokers: ['127.0.0.1:9092'], topic: 'logs' };
  return { address, security: {}, onWarning: (sentence) => said.push(sentence), said, ...more };
}

test('a coordinator that is still loading is no crash to anybody: one calm sentence', () => {
  const options = optionsOf();
  const logger = createKafkaClient(options).logger();

  for (let times = 0; times < 3; times++) logger.error(CRASH, { groupId: 'loghorn-day' });
  logger.error('Restarting the consumer in 317ms', {});

  expect(options.said).toEqual(['Kafka: not ready for consumer groups yet, as after its start; trying on']);
});

test('who listens to crashes is not told of them twice, and of all else once', () => {
  const options = optionsOf({ tellsCrashes: true });
  const logger = createKafkaClient(options).logger();

  logger.error(CRASH, {});
  logger.error('Connection error: connect ECONNREFUSED', { broker: '127.0.0.1:9092' });

  expect(options.said).toEqual(['Kafka at 127.0.0.1:9092: Connection error: connect ECONNREFUSED']);
});

test('an error of the same kind says the same', () => {
  const error = Object.assign(new Error(LOADING), {
    name: 'KafkaJSProtocolError',
    type: 'GROUP_LOAD_IN_PROGRESS',
  });

  expect(explainKafkaError(error, optionsOf()).message).toBe(
    'Kafka at 127.0.0.1:9092: not ready for consumer groups yet, as after its start',
  );
});
