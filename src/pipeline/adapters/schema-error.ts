// A store whose tables are not those of this build: nothing that is read from it or written to it can be relied on.

export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly code = 'STORE_SCHEMA';
}

/**
 * @param known the newest version that this build reads
 * @param otherwise what else may be done than to use the newer build
 */
export function newerSchema(where: string, version: number, known: number, otherwise: string): SchemaError {
  return new SchemaError(
    `${where} has schema version ${version}, this build reads up to ${known}: use the newer loghorn that made it, or ${otherwise}`,
  );
}

/** @throws SchemaError where a newer build has brought an open store up to date */
export function checkSchema(where: string, version: number, known: number): void {
  if (version !== known)
    throw new SchemaError(
      `${where} was brought to schema version ${version} by another version of loghorn while it was in use, this build reads and writes ${known}: start again with that version; nothing that was committed is lost`,
    );
}
