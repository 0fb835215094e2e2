// `--store` as people write it. A password in it is never shown again.

export type StoreAddress =
  | { readonly kind: 'memory' }
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres';
      /** As written. */
      readonly address: string;
      /** Without password and parameters. */
      readonly shownAddress: string;
      readonly hasPassword: boolean;
    };

/** Those that are there when their process is gone. */
export const KEPT_STORE_FORMS = 'sqlite:PATH or postgres://user@host:port/database';
export const STORE_FORMS = 'sqlite:PATH, postgres://user@host:port/database or memory';

/** @throws RangeError saying what a store looks like; never with a password in it */
export function parseStoreAddress(text: string): StoreAddress {
  if (text === 'memory') return { kind: 'memory' };
  if (/^postgres(ql)?:/i.test(text)) return parsePostgresAddress(text);
  const path = text.startsWith('sqlite:') ? text.slice('sqlite:'.length) : '';
  if (path === '')
    throw new RangeError(
      `'${withoutPassword(text)}' is no store: write ${STORE_FORMS}, for example sqlite:data/results.db`,
    );
  return { kind: 'sqlite', path };
}

function parsePostgresAddress(text: string): StoreAddress {
  const shownAddress = withoutPassword(text);
  const wrong = (what: string): RangeError =>
    new RangeError(
      `'${shownAddress}' is no PostgreSQL address (${what}): write postgres://user@host:port/database, with the password in PGPASSWORD`,
    );
  if (!/^postgres(ql)?:\/\//i.test(text)) throw wrong('it has no //');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw wrong('host or port are not readable; signs such as / and @ in a password are written %2F and %40');
  }
  if (url.pathname.length < 2) throw wrong('it names no database');
  const hasPassword = url.password !== '' || url.searchParams.has('password');
  return { kind: 'postgres', address: text, shownAddress, hasPassword };
}

/** Cuts generously: everything between the first colon of the login and the last @ may belong to a password. */
function withoutPassword(text: string): string {
  const [, scheme, rest] = /^([a-z]+:\/\/|postgres(?:ql)?:\/*)?(.*)$/is.exec(text)!;
  const login = rest!.slice(0, rest!.lastIndexOf('@') + 1);
  const user = login.includes(':') ? `${login.slice(0, login.indexOf(':'))}:***@` : login;
  return `${scheme ?? ''}${user}${rest!.slice(login.length).replace(/\?.*$/s, '')}`;
}
