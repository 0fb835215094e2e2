// `--store`, the same for every command, and careful with what may be a password.
import { InvalidArgumentError, Option } from 'commander';
import { parseStoreAddress, STORE_FORMS, type StoreAddress } from '../store/store-address.js';

export function storeOption(description: string): Option {
  return new Option('--store <store>', `${description}: ${STORE_FORMS}`)
    .makeOptionMandatory()
    .argParser((text: string): StoreAddress => {
      try {
        return parseStoreAddress(text);
      } catch (error) {
        // commander shows what was written beside an invalid argument: not a login
        if (text.includes('@')) throw error;
        throw new InvalidArgumentError((error as Error).message);
      }
    });
}
