// Takes the writes away from a database of the tests, as a failover to a replica does, and gives them back.
import { Client } from 'pg';

/** Ends the connections of consumers, which learn of it by the next one. @param address of the database */
export async function setReadOnly(address: string, isReadOnly: boolean): Promise<void> {
  const client = new Client({ connectionString: address });
  await client.connect();
  const database = new URL(address).pathname.slice(1);
  const value = isReadOnly ? 'on' : 'off';
  await client.query('SET default_transaction_read_only = off');
  await client.query(`ALTER DATABASE ${database} SET default_transaction_read_only = ${value}`);
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'loghorn' AND datname = current_database()",
  );
  await client.end();
}
