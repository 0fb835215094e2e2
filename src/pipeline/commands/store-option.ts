// `--store`, the same for every command, and careful with what may be a password.
import { CommanderError, InvalidArgumentError, Option } from 'commander';
import {
  KEPT_STORE_FORMS,
  parseStoreAddress,
  STORE_FORMS,
  type StoreAddress,
} from '../store/store-address.js';

const USAGE_EXIT_CODE = 2;

/** Of whoever fills it. */
export function newStoreOption(description: string): Option {
  return optionOf(`${description}: ${STORE_FORMS}`, parseStoreAddress);
}

/** Of whoever looks at what another process stored. */
export function storeOption(description: string): Option {
  return optionOf(`${description}: ${KEPT_STORE_FORMS}`, (text) => {
    const store = parseStoreAddress(text);
    if (store.kind === 'memory')
      throw new RangeError(
        `a store in memory ends with its process, there is nothing to read: name ${KEPT_STORE_FORMS}`,
      );
    return store;
  });
}

function optionOf(description: string, parse: (text: string) => StoreAddress): Option {
  return new Option('--store <store>', description)
    .makeOptionMandatory()
    .argParser((text: string): StoreAddress => {
      try {
        return parse(text);
      } catch (error) {
        const { message } = error as Error;
        // commander shows what was written beside an invalid argument: not a login
        if (text.includes('@')) throw new CommanderError(USAGE_EXIT_CODE, 'loghorn.store', message);
        throw new InvalidArgumentError(message);
      }
    });
}
