// What went wrong with a PostgreSQL server: whether it is worth trying again, and what a person can do about it.

interface DatabaseError {
  /** SQLSTATE of five characters, or the system's error code. */
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly Error[];
}

const RETRIED_STATES: ReadonlySet<string> = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // lock not available within the lock timeout
  '57014', // cancelled by the statement timeout
  '25P03', // ended for idling in a transaction: this process was held up
  '57P01', // ended by an administrator, or a shutdown
  '57P02', // the server crashed
  '57P03', // the server is starting or stopping
  '57P05', // ended for idling
  '53300', // too many connections
]);

const LOST_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  // a socket's file is missing while its server restarts
  'ENOENT',
]);

const LOST_MESSAGES =
  /Connection terminated|connection timeout|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|server closed the connection/i;

const HINTS: Readonly<Record<string, string>> = {
  '28P01': 'set the password in PGPASSWORD, or in a file that PGPASSFILE names',
  '28000': 'the server does not let this user in (pg_hba.conf): name another user, or ask its administrator',
  '3D000': 'make the database first: createdb NAME',
  '42501':
    'the user needs the right CREATE on the database once, then SELECT, INSERT and UPDATE in its schema loghorn',
  '53100': "the server's disk is full: make room, then start again, nothing that was committed is lost",
  '25006': 'the server takes no writes: name the primary, not a replica',
  ENOTFOUND: 'no such host: check the name',
};

/** Whether the same transaction may succeed when it is run once more from its beginning. */
export function isRetryable(error: unknown): boolean {
  const { code = '', message = '' } = error as DatabaseError;
  return (
    RETRIED_STATES.has(code) || code.startsWith('08') || LOST_CODES.has(code) || LOST_MESSAGES.test(message)
  );
}

/** Whether the client gave up before the server could: it has no password, or no encryption that both know. */
export function isLogin(error: unknown): boolean {
  return /^SASL|password must be a string|does not support SSL/.test((error as DatabaseError).message ?? '');
}

/** One clause; never what was sent, nor how the client logged in. */
export function describePostgresError(error: unknown): string {
  const { code = '', message = '', errors } = error as DatabaseError;
  // a name with two addresses fails twice, and the sum of it says nothing
  const said = message === '' ? (errors?.[0]?.message ?? code) : message;
  const hint = HINTS[/password must be a string/.test(said) ? '28P01' : code];
  return hint === undefined ? said : `${said}; ${hint}`;
}
