import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSyslogFormat } from './syslog.js';

const { parse } = createSyslogFormat({ zoneOffsetMinutes: 0, referenceYear: 2024, defaultSource: 'syslog' });

test.each([
  [
    'Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user webmaster from 173.234.31.186',
    {
      eventTimeMs: Date.UTC(2024, 11, 10, 6, 55, 46),
      source: 'sshd',
      body: 'Invalid user webmaster from 173.234.31.186',
    },
  ],
  [
    '<34>Oct 11 22:14:15 mymachine su: authentication failure',
    {
      eventTimeMs: Date.UTC(2024, 9, 11, 22, 14, 15),
      source: 'su',
      severity: 18,
      body: 'authentication failure',
    },
  ],
  [
    'Jun 14 15:16:01 combo sshd(pam_unix)[19939]: check pass; user unknown',
    {
      source: 'sshd(pam_unix)',
      body: 'check pass; user unknown',
      attributes: { host: 'combo', pid: '19939' },
    },
  ],
  [
    'Jun  9 06:06:20 combo last message repeated 2 times',
    { source: 'syslog', body: 'last message repeated 2 times' },
  ],
  [
    'Jul  2 04:16:02 combo  -- root[2421]: ROOT LOGIN ON tty2',
    { source: 'syslog', body: '-- root[2421]: ROOT LOGIN ON tty2' },
  ],
  ['Jun  9 06:06:20 CRON[77]: (root) CMD', { source: 'CRON', body: '(root) CMD', attributes: { pid: '77' } }],
  [
    '2024-05-01T12:00:00.123456+02:00 web1 nginx[9]: started',
    { eventTimeMs: Date.UTC(2024, 4, 1, 10, 0, 0, 123), source: 'nginx', body: 'started' },
  ],
  [
    "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time",
    { eventTimeMs: Date.UTC(2003, 7, 24, 12, 14, 15), source: 'myproc', severity: 10, body: "%% It's time" },
  ],
  [
    '<11>1 2003-10-11T22:14:15.003Z host - - ID47 [ex@1 a="1" b="\\]\\"[x]"][y@2] \uFEFFdisk full',
    {
      source: 'syslog',
      severity: 17,
      body: 'disk full',
      attributes: { structuredData: '[ex@1 a="1" b="\\]\\"[x]"][y@2]' },
    },
  ],
  ['<14>1 2003-10-11T22:14:15.003Z host app - - -', { source: 'app', severity: 9, body: '' }],
])('%s', (line, expected) => {
  expect(parse(line)).toMatchObject({ severity: 0, ...expected });
});

test.each([
  ['hello', 'not-syslog'],
  ['<34>hello', 'not-syslog'],
  ['<14>1 - host app - - - no clock', 'no-timestamp'],
  ['<14>1 2003-10-11T22:14:15.003Z host app - - [open', 'not-syslog'],
  ['Feb 30 10:00:00 host app: x', 'bad-timestamp'],
  ['Oct 11 22:14:15 ERROR c.e.App - x', 'not-syslog'],
  ['2024-05-01T12:00:00Z INFO app: x', 'not-syslog'],
  ['2024-05-01T12:00:00Z hello world', 'not-syslog'],
])('%s is set aside as %s', (line, reason) => {
  expect(parse(line)).toBe(reason);
});

test('nothing makes it throw, and a megabyte takes no time', () => {
  const heads = [
    '',
    '<34>',
    'Oct 11 22:14:15 ',
    '<14>1 2003-10-11T22:14:15Z h a p m ',
    '2024-05-01T12:00:00Z h ',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.string(), (head, tail) => {
      parse(head + tail);
    }),
  );
  const startMs = performance.now();
  for (const head of heads)
    for (const part of ['[', '"', ' ', 'a', '[a="', ':', ']'])
      parse(head + part.repeat(1_000_000 / part.length));
  expect(performance.now() - startMs).toBeLessThan(15_000);
});
