import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogfmtFormat, readLogfmt } from './logfmt.js';

const context = { zoneOffsetMinutes: 0, defaultSource: 'app.log' };
const { parse } = createLogfmtFormat(context);
const time = '2024-01-31T10:11:12Z';
const timeMs = Date.UTC(2024, 0, 31, 10, 11, 12);

test.each([
  [`time="${time}" level=info msg="container started" id=4f`, { severity: 9, body: 'container started' }],
  [`ts=${time} lvl=eror service=api msg=done`, { source: 'api', body: 'done' }],
  [
    `level=error ts=1706695872 msg="a \\"quoted\\" \\\\ word\\nnext"`,
    { severity: 17, body: 'a "quoted" \\ word\nnext' },
  ],
  [`t=${time} level=40 message=hot traceID=abc`, { severity: 13, body: 'hot', traceId: 'abc' }],
  [
    `ts=${time} level=warn took=3ms path=/a=b ok`,
    { severity: 13, body: `ts=${time} level=warn took=3ms path=/a=b ok` },
  ],
  [`ts=${time} msg="never closed`, { body: 'never closed' }],
  [`ts=${time} msg=x service=constructor`, { source: 'constructor' }],
])('%s', (line, expected) => {
  expect(parse(line)).toMatchObject({ eventTimeMs: timeMs, source: 'app.log', severity: 0, ...expected });
});

test.each([
  ['hello world', 'not-logfmt'],
  ['{"a":1}', 'not-logfmt'],
  ['    at=x level=info', 'not-logfmt'],
  ['user=42', 'no-message'],
  ['msg=x user=42', 'no-timestamp'],
  ['ts=noon msg=x', 'bad-timestamp'],
])('%s is set aside as %s', (line, reason) => {
  expect(parse(line)).toBe(reason);
});

test('every key may be used, also those of the prototype', () => {
  const record = readLogfmt(`ts=${time} msg=x __proto__=a constructor=b toString=c`, context);
  expect(JSON.stringify(record)).toContain('"__proto__":"a","constructor":"b","toString":"c"');
  expect(({} as { a?: string }).a).toBeUndefined();
});

test('what is written as logfmt is read back', () => {
  const arbKey = fc.stringMatching(/^[a-z_]{1,12}$/);
  fc.assert(
    fc.property(fc.dictionary(arbKey, fc.string(), { noNullPrototype: false }), (fields) => {
      const line = Object.entries({ ...fields, ts: time, msg: 'x' })
        .map(([key, value]) => `${key}="${value.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`)
        .join(' ');
      const record = readLogfmt(line, context);
      expect(typeof record === 'string' ? record : { ...record.attributes }).toEqual({
        ...fields,
        ts: time,
        msg: 'x',
      });
    }),
  );
});

test('a megabyte of anything is read in one pass', () => {
  const startMs = performance.now();
  for (const part of ['a=', '="', '\\"', 'a="\\', ' ', '='])
    parse(`a=${part.repeat(1_000_000 / part.length)}`);
  expect(performance.now() - startMs).toBeLessThan(15_000);
});
