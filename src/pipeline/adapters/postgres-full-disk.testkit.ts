// A database of the tests whose server has no room left, as its clients see it: what it says then, on every row of a window.
import { Client } from 'pg';

const FILL = `CREATE FUNCTION loghorn.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
  END $$;
  CREATE TRIGGER no_room BEFORE INSERT ON loghorn.windows EXECUTE FUNCTION loghorn.no_room()`;
const EMPTY = 'DROP FUNCTION loghorn.no_room CASCADE';

/** @param address of a database that holds a store */
export async function setDiskFull(address: string, isFull: boolean): Promise<void> {
  const client = new Client({ connectionString: address });
  await client.connect();
  await client.query(isFull ? FILL : EMPTY);
  await client.end();
}
