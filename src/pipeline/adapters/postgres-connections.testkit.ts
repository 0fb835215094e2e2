// Ends connections to a database from outside, as an administrator can.
import { Client } from 'pg';

/** Those of this program to the database of the address. @returns how many there were */
export async function endConnections(address: string): Promise<number> {
  const admin = new Client({ connectionString: address });
  await admin.connect();
  try {
    const { rowCount } = await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'loghorn' AND datname = current_database()",
    );
    return rowCount ?? 0;
  } finally {
    await admin.end();
  }
}
