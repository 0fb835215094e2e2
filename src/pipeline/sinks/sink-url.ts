// Addresses of sinks as people write them. They may hold a secret: in no error stands more of them than their beginning.

/** @param what it is for @throws RangeError unless it is http or https, without a login */
export function parseHttpUrl(text: string, what: string): URL {
  const url = parseUrl(text, what, 'https://host/path');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RangeError(`${what} must begin with https:// or http://, got ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    throw new RangeError(
      `${what} has a login in it, which would end in logs: leave it out and give "authorization"`,
    );
  return url;
}

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly isSecure: boolean;
  readonly startTls: 'required' | 'if-offered' | 'never';
  readonly user: string | undefined;
  readonly password: string | undefined;
}

const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;
const START_TLS = ['required', 'if-offered', 'never'] as const;

/**
 * `smtps://user@host` (TLS from the first byte, port 465), `smtp://user@host` (STARTTLS, port 587), with
 * `?starttls=required|if-offered|never`: required is the default but for this machine.
 */
export function parseSmtpUrl(text: string, what: string): SmtpServer {
  const url = parseUrl(text, what, 'smtps://user@host:465');
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    throw new RangeError(`${what} must begin with smtps:// or smtp://, got ${url.protocol}`);
  if (url.hostname === '') throw new RangeError(`${what} names no host: write smtps://user@host`);
  const isSecure = url.protocol === 'smtps:';
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  const startTls = url.searchParams.get('starttls') ?? (isLocal ? 'if-offered' : 'required');
  if (!START_TLS.some((each) => each === startTls))
    throw new RangeError(`${what}: starttls must be one of ${START_TLS.join(', ')}`);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(url.port),
    isSecure,
    startTls: startTls as (typeof START_TLS)[number],
    user: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
  };
}

function parseUrl(text: string, what: string, example: string): URL {
  try {
    return new URL(text);
  } catch {
    // the cause would repeat the address
    throw new RangeError(`${what} is no address: write one such as ${example}`);
  }
}
