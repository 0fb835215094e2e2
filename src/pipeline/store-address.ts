// `--store` as people write it.

export interface StoreAddress {
  readonly kind: 'sqlite' | 'memory';
  /** Empty for memory. */
  readonly path: string;
}

/** @throws RangeError saying what a store looks like */
export function parseStoreAddress(text: string): StoreAddress {
  if (text === 'memory') return { kind: 'memory', path: '' };
  const path = text.startsWith('sqlite:') ? text.slice('sqlite:'.length) : '';
  if (path === '')
    throw new RangeError(`'${text}' is no store: write sqlite:PATH, for example sqlite:data/results.db`);
  return { kind: 'sqlite', path };
}
