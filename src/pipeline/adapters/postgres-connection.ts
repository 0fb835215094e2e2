// Connections to one PostgreSQL server, and whole transactions tried again when it was not there or in another's way.
import { Socket } from 'node:net';
import { Pool, type PoolClient, type QueryArrayConfig, types } from 'pg';
import { createRetry, isOfServer, type RetryOptions } from './postgres-retry.js';

export interface Statement {
  /** Prepared once a connection under this name; without one it is planned for its values each time. */
  readonly name?: string;
  readonly text: string;
  /** Takes as long as it takes. */
  readonly isSlow?: boolean;
}

/** An array is sent as one array parameter. */
export type SqlValue = string | number | boolean | null | readonly (string | null)[];

export interface SqlResult {
  /** By column; bigint and double precision are numbers. */
  readonly rows: unknown[][];
  /** Rows read, inserted, updated. */
  readonly changes: number;
}

export type Run = (statement: Statement, values?: readonly SqlValue[]) => Promise<SqlResult>;

export interface PostgresConnection {
  /** Without the password. */
  readonly shownAddress: string;
  /**
   * Commits what `work` did, or nothing. Where the connection is lost, the outcome of a commit is unknown, so `work` must
   * give the same when it is run again over its own result.
   */
  inTransaction<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** One statement on its own, that changes nothing. */
  readonly read: Run;
  close(): Promise<void>;
}

export interface ConnectOptions extends RetryOptions {
  /** `postgres://…`, as `parseStoreAddress` checked it. */
  readonly address: string;
}

const CONNECTIONS = 4;
const CONNECT_WITHIN_MS = 5000;
/** Longest wait for another transaction's lock, and longest statement. */
const LOCK_TIMEOUT_MS = 15_000;
const STATEMENT_TIMEOUT_MS = 30_000;
/** A process that was halted in the middle of a transaction must not hold up the next owner. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;
/** Beyond the server's own time-outs only a network that is gone is as silent. */
const ANSWER_WITHIN_MS = 45_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Opens nothing yet: connections are made when they are needed. */
export function connectPostgres(options: ConnectOptions): PostgresConnection {
  const { address, shownAddress } = options;
  // a login that the client gives up leaves its socket open, and that would keep the process from ending
  const sockets = new Set<Socket>();
  const openSocket = (): Socket => {
    const socket = new Socket();
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket));
  };
  const pool = new Pool({
    connectionString: address,
    stream: openSocket,
    application_name: 'loghorn',
    max: CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    query_timeout: ANSWER_WITHIN_MS,
    types: { getTypeParser },
  });
  // an idle connection that ends is replaced by the next that is needed
  pool.on('error', () => {});
  // one that ends while it is lent out is noticed by its next statement
  pool.on('connect', (client) => client.on('error', () => {}));

  const prepared = new WeakSet<PoolClient>();
  const connect = async (): Promise<PoolClient> => {
    const client = await pool.connect();
    if (!prepared.has(client)) {
      await prepareSession(client);
      prepared.add(client);
    }
    return client;
  };

  const retrying = createRetry(options);

  return {
    shownAddress,
    inTransaction: (work) =>
      retrying(async () => {
        const client = await connect();
        const run = runnerOf(client);
        try {
          await run({ text: 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE' });
          const result = await work(run);
          await run({ text: 'COMMIT' });
          client.release();
          return result;
        } catch (error) {
          await rollBack(client, error);
          throw error;
        }
      }),
    read: (statement, values) =>
      retrying(async () => {
        const client = await connect();
        try {
          const result = await runnerOf(client)(statement, values);
          client.release();
          return result;
        } catch (error) {
          client.release(true);
          throw error;
        }
      }),
    close: async () => {
      await pool.end();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function rollBack(client: PoolClient, error: unknown): Promise<void> {
  if (isOfServer(error)) return client.release(true);
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    // a connection that ends rolls back as well
    client.release(true);
  }
}

function runnerOf(client: PoolClient): Run {
  return async ({ name, text, isSlow }, values) => {
    const { rows, rowCount } = await client.query<unknown[]>({
      text,
      rowMode: 'array',
      ...(name === undefined ? {} : { name }),
      ...(values === undefined ? {} : { values: values as unknown[] }),
      ...(isSlow ? { query_timeout: LONGEST_TIMER_MS } : {}),
    } as QueryArrayConfig);
    return { rows, changes: rowCount ?? 0 };
  };
}

/** A server may be set to shorten fractions, or to report a commit before it is on disk: not for this store. */
async function prepareSession(client: PoolClient): Promise<void> {
  try {
    await client.query(
      `SELECT set_config('extra_float_digits', '1', false), CASE current_setting('synchronous_commit')
        WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END`,
    );
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const INT8 = 20;

/** Times and counts are below 2^53. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 ? Number : types.getTypeParser(oid, format);
