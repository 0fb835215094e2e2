import { expect, test } from 'vitest';
import { findToken, readTokens } from './tokens.js';

const noFile = (): string => {
  throw new Error('no such file');
};
const LONG = '0123456789abcdef';

test('tokens come from the environment, one for each role', () => {
  const env = { LOGHORN_DASHBOARD_READ_TOKEN: `${LONG}r`, LOGHORN_DASHBOARD_WRITE_TOKEN: `${LONG}w` };

  expect(readTokens(env, noFile)).toEqual([
    { name: 'read', role: 'read', token: `${LONG}r` },
    { name: 'write', role: 'write', token: `${LONG}w` },
  ]);
  expect(readTokens({}, noFile)).toEqual([]);
});

test('a file names people; blank lines and comments are passed over', () => {
  const text = `# who may\n\nanna write ${LONG}1\r\n  ben   read ${LONG}2\n`;

  const tokens = readTokens({ LOGHORN_DASHBOARD_TOKENS_FILE: '/run/tokens' }, () => text);

  expect(tokens.map(({ name, role }) => `${name} ${role}`)).toEqual(['anna write', 'ben read']);
});

test.each([
  ['a short token', `anna write short`, /line 1 of LOGHORN_DASHBOARD_TOKENS_FILE has 5 characters/],
  ['an unknown role', `\nanna admin ${LONG}`, /line 2 .*write 'NAME read\|write TOKEN'/],
  ['a fourth word', `anna write ${LONG} more`, /line 1/],
  ['one token twice', `anna write ${LONG}\nben read ${LONG}`, /'ben' has one/],
])('%s is refused with a sentence that holds no token', (_, text, sentence) => {
  const read = (): unknown => readTokens({ LOGHORN_DASHBOARD_TOKENS_FILE: 'f' }, () => text);

  expect(read).toThrow(sentence);
  expect(read).not.toThrow(LONG);
});

test('a file that cannot be read is told with its name', () => {
  expect(() => readTokens({ LOGHORN_DASHBOARD_TOKENS_FILE: '/run/gone' }, noFile)).toThrow(
    /\/run\/gone.*no such file/,
  );
});

test('only the whole token is one', () => {
  const tokens = readTokens({ LOGHORN_DASHBOARD_WRITE_TOKEN: LONG }, noFile);

  expect(findToken(tokens, LONG)?.name).toBe('write');
  for (const wrong of ['', LONG.slice(1), `${LONG} `, LONG.toUpperCase()])
    expect(findToken(tokens, wrong)).toBeUndefined();
});
