// Secrets of settings: named, never written. They come from the environment or from a file that only we may read.

/** `{"env": "NAME"}` or `{"file": "/run/secrets/x"}`. */
export type SecretName = { readonly env: string } | { readonly file: string };

export interface SecretPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws Error saying why the file cannot be read */
  readonly readFile: (path: string) => string;
}

/**
 * @param what it is for, for errors
 * @returns without the line end that editors leave in a file
 * @throws Error naming where it was looked for, never what was found
 */
export function readSecret(name: SecretName, what: string, { env, readFile }: SecretPlaces): string {
  if ('env' in name) {
    const value = env[name.env];
    if (value === undefined || value === '')
      throw new Error(
        `${what} is to come from the environment variable ${name.env}, which is not set: set it`,
      );
    return value;
  }
  let text: string;
  try {
    text = readFile(name.file);
  } catch (cause) {
    throw new Error(`${what} is to come from the file ${name.file}: ${(cause as Error).message}`, { cause });
  }
  const value = text.replace(/\r?\n$/, '');
  if (value === '')
    throw new Error(`${what} is to come from the file ${name.file}, which is empty: write it there`);
  return value;
}
