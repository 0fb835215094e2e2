import { afterAll, beforeAll, describe } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import {
  HOW_TO_ENABLE_POSTGRES,
  isPostgresThere,
  startTestPostgres,
  type TestPostgres,
} from '../adapters/postgres.testkit.js';
import { createWallClock } from '../clock.js';
import { testReader } from '../dashboard/reader.testkit.js';
import { testDesk } from '../desk/desk.testkit.js';
import { openDesk } from './open-desk.js';
import { openReader } from './open-reader.js';
import { openStore } from './open-store.js';
import { parseStoreAddress, type StoreAddress } from './store-address.js';

const options = { clock: createWallClock(), create: true, onWarning: () => {} };

describe.runIf(requireOrSkip('postgres', isPostgresThere(), HOW_TO_ENABLE_POSTGRES))('postgres', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  const freshAddress = async (): Promise<StoreAddress> => parseStoreAddress(await postgres.freshDatabase());

  testDesk('postgres', async () => openDesk(await freshAddress(), options));

  testReader('postgres', async () => {
    const address = await freshAddress();
    return {
      store: await openStore(address, options),
      reader: await openReader(address, options),
      desk: await openDesk(address, options),
    };
  });
});
