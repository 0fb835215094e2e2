// Who may read and who may write: tokens that the environment or a file names, compared without telling how much was right.
import { createHash, timingSafeEqual } from 'node:crypto';

export type Role = 'read' | 'write';

export interface AccessToken {
  /** Of the person or program that has it: what they do is written down under this name. */
  readonly name: string;
  readonly role: Role;
  readonly token: string;
}

const LEAST_CHARACTERS = 16;
const MOST_NAME_CHARACTERS = 100;
const FILE_VARIABLE = 'LOGHORN_DASHBOARD_TOKENS_FILE';
const SINGLE_VARIABLES = {
  read: 'LOGHORN_DASHBOARD_READ_TOKEN',
  write: 'LOGHORN_DASHBOARD_WRITE_TOKEN',
} as const;

/** Words for whoever has to set one. */
export const TOKEN_ADVICE = `set ${SINGLE_VARIABLES.write} (and ${SINGLE_VARIABLES.read}), or name a file in ${FILE_VARIABLE} with lines 'NAME read|write TOKEN'; a token is made by 'openssl rand -hex 32'`;

/**
 * @param readFile the text of a file @returns all tokens, none where no variable is set
 * @throws Error naming the variable or the line that is wrong, never a token
 */
export function readTokens(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): readonly AccessToken[] {
  const tokens: AccessToken[] = [];
  for (const role of ['read', 'write'] as const) {
    const variable = SINGLE_VARIABLES[role];
    const token = env[variable];
    if (token !== undefined && token !== '') tokens.push(checked({ name: role, role, token }, variable));
  }
  const path = env[FILE_VARIABLE];
  if (path !== undefined && path !== '') tokens.push(...parseFile(textOf(path, readFile)));
  const doubled = tokens.find(({ token }, at) => tokens.findIndex((each) => each.token === token) !== at);
  if (doubled)
    throw new Error(`two tokens of the dashboard are the same ('${doubled.name}' has one): make each anew`);
  return tokens;
}

/** Every token is compared, whichever fits: the time taken says nothing. */
export function findToken(tokens: readonly AccessToken[], given: string): AccessToken | undefined {
  const digest = digestOf(given);
  let found: AccessToken | undefined;
  for (const each of tokens) if (timingSafeEqual(digestOf(each.token), digest)) found = each;
  return found;
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function textOf(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path);
  } catch (cause) {
    throw new Error(`cannot read ${path}, which ${FILE_VARIABLE} names: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function parseFile(text: string): AccessToken[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const where = `line ${index + 1} of ${FILE_VARIABLE}`;
    const [name, role, token, ...more] = line.trim().split(/\s+/);
    if (name === undefined || (role !== 'read' && role !== 'write') || token === undefined || more.length > 0)
      throw new Error(`${where} is no token: write 'NAME read|write TOKEN', with spaces between`);
    return [checked({ name, role, token }, where)];
  });
}

function checked(access: AccessToken, where: string): AccessToken {
  const { name, token } = access;
  if (token.length < LEAST_CHARACTERS)
    throw new Error(
      `the token in ${where} has ${token.length} characters, ${LEAST_CHARACTERS} are the least: make one with 'openssl rand -hex 32'`,
    );
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Error(`the token in ${where} holds signs that no header takes: use letters and digits`);
  if (name.length > MOST_NAME_CHARACTERS)
    throw new Error(`the name in ${where} is longer than ${MOST_NAME_CHARACTERS} characters: shorten it`);
  return access;
}
