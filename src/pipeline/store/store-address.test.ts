import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStoreAddress } from './store-address.js';

test('a store is memory, a file or a PostgreSQL database', () => {
  expect(parseStoreAddress('memory')).toEqual({ kind: 'memory' });
  expect(parseStoreAddress('sqlite:a b.db')).toEqual({ kind: 'sqlite', path: 'a b.db' });
  expect(parseStoreAddress('postgres://me@db.local:5433/logs?sslmode=require')).toEqual({
    kind: 'postgres',
    address: 'postgres://me@db.local:5433/logs?sslmode=require',
    shownAddress: 'postgres://me@db.local:5433/logs',
    hasPassword: false,
  });
  expect(parseStoreAddress('postgresql://me@%2Frun%2Fpostgresql/logs')).toMatchObject({ kind: 'postgres' });
});

test('what is no store is refused with the forms there are', () => {
  expect(() => parseStoreAddress('results.db')).toThrow(
    /'results.db' is no store: write sqlite:PATH, postgres/,
  );
  expect(() => parseStoreAddress('sqlite:')).toThrow(/is no store/);
  expect(() => parseStoreAddress('postgres://me@host')).toThrow(/it names no database/);
  expect(() => parseStoreAddress('postgres:logs')).toThrow(/it has no \/\//);
  expect(() => parseStoreAddress('postgres://me@host:port/logs')).toThrow(/host or port are not readable/);
});

test('law: a password is not shown, right or wrong as the address may be', () => {
  const password = fc
    .array(fc.constantFrom(...Array.from('s3cret:/@?#%& \\')), { minLength: 1, maxLength: 12 })
    .map((signs) => `S3CRET${signs.join('')}`);
  const scheme = fc.constantFrom('postgres://', 'postgresql://', 'postgres:', 'POSTGRES://', 'pg://', '');
  const end = fc.constantFrom('@host:5432/logs', '@host', '@host:x/logs', '@/logs?host=h');
  fc.assert(
    fc.property(scheme, password, end, fc.boolean(), (start, secret, rest, isEncoded) => {
      const text = `${start}me:${isEncoded ? encodeURIComponent(secret) : secret}${rest}`;
      let shown: string;
      try {
        const address = parseStoreAddress(text);
        shown = address.kind === 'postgres' ? address.shownAddress : '';
      } catch (error) {
        shown = (error as Error).message;
      }
      expect(shown).not.toContain('S3CRET');
    }),
  );
  expect(parseStoreAddress('postgres://h/logs?user=me&password=S3CRET')).toMatchObject({
    shownAddress: 'postgres://h/logs',
    hasPassword: true,
  });
});
