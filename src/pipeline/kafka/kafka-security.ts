// How a Kafka cluster wants to be spoken to: TLS and a login, from environment variables or a file, never from the
// command line. What is read here is shown nowhere.
import { readFileSync, statSync } from 'node:fs';

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof SASL_MECHANISMS)[number];

export interface KafkaSecurity {
  readonly sasl?: {
    readonly mechanism: SaslMechanism;
    readonly username: string;
    readonly password: string;
  };
  /** Undefined: no TLS. Texts in PEM. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

/** Shape of the file that `--kafka-config` names; the same words as the variables have. */
interface SecurityFile {
  readonly sasl?: { readonly mechanism?: unknown; readonly username?: unknown; readonly password?: unknown };
  /** `true`, or paths of PEM files. */
  readonly ssl?: unknown;
}

const VARIABLE = 'LOGHORN_KAFKA_';

/**
 * The file when one is named, the variables otherwise: LOGHORN_KAFKA_SASL_MECHANISM, _SASL_USERNAME, _SASL_PASSWORD,
 * _SSL (1 or 0), _SSL_CA, _SSL_CERT, _SSL_KEY (paths).
 *
 * @throws Error that says what is wrong or missing, without any value that may be secret
 */
export function readKafkaSecurity(
  env: Readonly<Record<string, string | undefined>>,
  configPath?: string,
): KafkaSecurity {
  return configPath === undefined ? fromVariables(env) : fromFile(configPath);
}

function fromVariables(env: Readonly<Record<string, string | undefined>>): KafkaSecurity {
  const value = (name: string): string | undefined => env[`${VARIABLE}${name}`] || undefined;
  const paths = { ca: value('SSL_CA'), cert: value('SSL_CERT'), key: value('SSL_KEY') };
  const wantsTls = value('SSL') ?? (Object.values(paths).some((path) => path !== undefined) ? '1' : '0');
  if (!/^(0|1|true|false)$/i.test(wantsTls))
    throw new Error(`${VARIABLE}SSL must be 1 or 0, got '${wantsTls}'`);
  const words = {
    mechanism: value('SASL_MECHANISM'),
    username: value('SASL_USERNAME'),
    password: value('SASL_PASSWORD'),
  };
  const hasLogin = Object.values(words).some((word) => word !== undefined);
  return {
    ...(hasLogin ? { sasl: checkLogin(words, (name) => `${VARIABLE}SASL_${name.toUpperCase()}`) } : {}),
    ...(/^(1|true)$/i.test(wantsTls) ? { tls: readPem(paths) } : {}),
  };
}

function fromFile(path: string): KafkaSecurity {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`cannot read ${path}: --kafka-config names a JSON file such as ${EXAMPLE}`, { cause });
  }
  let file: SecurityFile;
  try {
    file = JSON.parse(text) as SecurityFile;
  } catch {
    // the parser's own words would quote the file
    throw new Error(`${path} is not JSON: write for example ${EXAMPLE}`);
  }
  const { sasl, ssl = false } = file;
  if (sasl?.password !== undefined && process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path} holds a password and can be read by others: chmod 600 ${path}`);
  if (typeof ssl !== 'boolean' && (typeof ssl !== 'object' || ssl === null))
    throw new Error(`"ssl" in ${path} must be true, false or paths: write for example ${EXAMPLE}`);
  return {
    ...(sasl === undefined ? {} : { sasl: checkLogin(sasl, (name) => `"sasl.${name}" in ${path}`) }),
    ...(ssl === false ? {} : { tls: readPem(ssl === true ? {} : (ssl as Record<string, string>)) }),
  };
}

const EXAMPLE =
  '{"sasl": {"mechanism": "scram-sha-512", "username": "…", "password": "…"}, "ssl": {"ca": "ca.pem"}}';

function checkLogin(
  words: { readonly mechanism?: unknown; readonly username?: unknown; readonly password?: unknown },
  nameOf: (word: string) => string,
): NonNullable<KafkaSecurity['sasl']> {
  for (const word of ['mechanism', 'username', 'password'] as const)
    if (typeof words[word] !== 'string' || words[word] === '')
      throw new Error(`a Kafka login needs mechanism, username and password: ${nameOf(word)} is missing`);
  const mechanism = (words.mechanism as string).toLowerCase();
  const known = SASL_MECHANISMS.find((name) => name === mechanism);
  if (known === undefined)
    throw new Error(
      `${nameOf('mechanism')} must be one of ${SASL_MECHANISMS.join(', ')}, got '${mechanism}'`,
    );
  return { mechanism: known, username: words.username as string, password: words.password as string };
}

function readPem(paths: Readonly<Record<string, string | undefined>>): NonNullable<KafkaSecurity['tls']> {
  const texts: Record<string, string> = {};
  for (const name of ['ca', 'cert', 'key']) {
    const path = paths[name];
    if (path === undefined) continue;
    try {
      texts[name] = readFileSync(path, 'utf8');
    } catch (cause) {
      throw new Error(`cannot read ${path}: the ${name} for TLS must be the path of a PEM file`, { cause });
    }
  }
  return texts;
}
