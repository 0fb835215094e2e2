import { afterAll, beforeAll, describe } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { createWallClock } from '../clock.js';
import type { ResultStore } from '../ports.js';
import { testDeliveries } from '../sinks/deliveries.testkit.js';
import { createPostgresStore } from './postgres-store.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from './postgres.testkit.js';

describe.runIf(requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES))('postgres', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  let lastAddress = '';
  const open = async (address: string): Promise<ResultStore> =>
    createPostgresStore({ address, shownAddress: 'postgres://shown', clock: createWallClock() });

  testDeliveries(
    'postgres',
    async () => open((lastAddress = await postgres.freshDatabase())),
    async (store) => {
      await store.close();
      return open(lastAddress);
    },
  );
});
