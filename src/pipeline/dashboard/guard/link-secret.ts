// The secret that feedback links are signed with: the same for the sinks, which make them, and the dashboard, which
// believes them.

const LEAST_CHARACTERS = 16;

/** Undefined where none is set. @throws Error when it cannot be read or is too short */
export function readLinkSecret(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): string | undefined {
  const { LOGHORN_LINK_SECRET: secret, LOGHORN_LINK_SECRET_FILE: path } = env;
  const found = secret ? secret : path ? readFile(path).trim() : undefined;
  if (found !== undefined && found.length < LEAST_CHARACTERS)
    throw new Error(
      `the secret of feedback links (${secret ? 'LOGHORN_LINK_SECRET' : path}) has ${found.length} characters, ${LEAST_CHARACTERS} are the least: make one with 'openssl rand -hex 32'`,
    );
  return found;
}
