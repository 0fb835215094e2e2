import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineSplitter, type Line } from '../lines.js';
import type { Read } from '../record.js';
import { describeLook } from './detect.js';
import { createRecordReader, type ReaderOptions, type ReaderState } from './reader.js';

const app: ReaderOptions = { defaultSource: 'app.log', referenceYear: 2024 };

function linesOf(texts: readonly string[]): Line[] {
  return texts.map((text, i) => ({ text, number: i + 1, endOffsetBytes: 0, isTooLong: text.length > 5000 }));
}

function readAll(texts: readonly string[], options: ReaderOptions = app): Read[] {
  const reads: Read[] = [];
  const reader = createRecordReader(options);
  for (const line of linesOf(texts)) reader.push(line, (read) => reads.push(read));
  reader.flush((read) => reads.push(read));
  return reads;
}

/** Body or reason, with the lines it is made of. */
const brief = (reads: readonly Read[]): unknown[] =>
  reads.map((read) => [read.ok ? read.record.body : read.reason, read.line, read.lines]);

const json = (msg: string): string => JSON.stringify({ ts: '2024-01-31T10:11:12Z', service: 'a', msg });
const log4j = (msg: string): string => `2024-01-31 10:11:12,345 ERROR [main] c.e.App: ${msg}`;
const syslog = (msg: string): string => `Jan 31 10:11:12 host app[7]: ${msg}`;
const logfmt = (msg: string): string => `ts=2024-01-31T10:11:12Z level=info msg="${msg}"`;
const cri = (msg: string): string => `2024-01-31T10:11:12.000000001Z stdout F ${msg}`;
const docker = (msg: string): string =>
  JSON.stringify({ log: `${msg}\n`, stream: 'stdout', time: '2024-01-31T10:11:12.000000001Z' });

test.each([
  ['json', json],
  ['json', docker],
  ['cri', cri],
  ['syslog', syslog],
  ['text', log4j],
  ['logfmt', logfmt],
] as const)('%s is found by looking', (format, write) => {
  const reader = createRecordReader(app);
  const reads: Read[] = [];
  for (const line of linesOf(['one', 'two', 'three'].map(write)))
    reader.push(line, (read) => reads.push(read));
  expect(reader.format()).toBeUndefined();
  reader.flush((read) => reads.push(read));

  expect(reader.format()).toBe(format);
  expect(brief(reads)).toEqual([
    ['one', 1, 1],
    ['two', 2, 1],
    ['three', 3, 1],
  ]);
});

test('the format is decided after a hundred lines, without waiting for the end', () => {
  const reader = createRecordReader(app);
  const reads: Read[] = [];
  for (const line of linesOf(Array.from({ length: 100 }, () => json('x'))))
    reader.push(line, (read) => reads.push(read));
  expect(reader.format()).toBe('json');
  expect(reads).toHaveLength(99);
});

test('a stack trace joins the record before it, in every format', () => {
  const trace = ['java.lang.Error: x', '\tat a.b(C.java:1)', '', 'Caused by: y', '\t... 2 more'];
  for (const write of [json, log4j, logfmt]) {
    expect(brief(readAll([write('one'), ...trace, write('two')]))).toEqual([
      [`one\n${trace.join('\n')}`, 1, 6],
      ['two', 7, 1],
    ]);
  }
  // syslog and containers write a head before each line; containers also before the lines of a trace
  for (const write of [cri, docker]) {
    expect(brief(readAll(['one', 'java.lang.Error: x', '\tat a.b(C.java:1)', 'two'].map(write)))).toEqual([
      ['one\njava.lang.Error: x\n\tat a.b(C.java:1)', 1, 3],
      ['two', 4, 1],
    ]);
  }
});

test('a Python trace ends with its exception, whatever that is called', () => {
  const trace = ['Traceback (most recent call last):', '  File "a.py", line 1', 'my.module.Broken'];
  expect(brief(readAll([json('one'), ...trace, 'no part of it', json('two'), json('three')]))).toEqual([
    [`one\n${trace.join('\n')}`, 1, 4],
    ['not-json', 5, 1],
    ['two', 6, 1],
    ['three', 7, 1],
  ]);
});

test('a line without a head joins in text formats, and is set aside in JSON', () => {
  expect(brief(readAll([log4j('select'), 'from orders', log4j('two')]))).toEqual([
    ['select\nfrom orders', 1, 2],
    ['two', 3, 1],
  ]);
  expect(brief(readAll([json('one'), 'from orders', '\tat x', json('two')]))).toEqual([
    ['one', 1, 1],
    ['not-json', 2, 1],
    ['orphan-continuation', 3, 1],
    ['two', 4, 1],
  ]);
});

test('blank lines are set aside, one after the other as one', () => {
  expect(brief(readAll(['', json('one'), '', ' ', json('two'), '']))).toEqual([
    ['blank', 1, 1],
    ['one', 2, 1],
    ['blank', 3, 2],
    ['two', 5, 1],
    ['blank', 6, 1],
  ]);
});

test('a broken record does not join, and keeps its reason', () => {
  expect(
    brief(
      readAll([log4j('one'), '2024-13-31 10:11:12,345 INFO x', 'on its own'], { ...app, format: 'text' }),
    ),
  ).toEqual([
    ['one', 1, 1],
    ['bad-timestamp', 2, 1],
    ['no-pattern-match', 3, 1],
  ]);
  expect(brief(readAll([json('one'), '{"msg":"no time"}', json('two')]))).toEqual([
    ['one', 1, 1],
    ['no-timestamp', 2, 1],
    ['two', 3, 1],
  ]);
});

test('what joins is bounded, what is cut is counted', () => {
  const [many] = readAll([log4j('one'), ...Array.from({ length: 5000 }, (_, i) => `\tat frame ${i}`)]);
  expect(many).toMatchObject({ ok: true, lines: 5001 });
  expect(many?.ok === true ? many.record.body.split('\n').length : 0).toBe(1002);
  expect(many?.ok === true ? many.record.body.slice(-20) : '').toContain('[… 4000 more lines]');

  const [wide] = readAll([log4j('one'), ...Array.from({ length: 100 }, () => `\t${'x'.repeat(4000)}`)]);
  expect(wide?.ok === true ? wide.record.body.length : 0).toBeLessThan(65_600);
  expect(wide).toMatchObject({ lines: 101 });
});

test('a line that is too long is set aside and ends the record before it', () => {
  expect(
    brief(readAll([json('one'), 'x'.repeat(6000), '\tat y', json('two')], { ...app, format: 'json' })),
  ).toEqual([
    ['one', 1, 1],
    ['line-too-long', 2, 1],
    ['orphan-continuation', 3, 1],
    ['two', 4, 1],
  ]);
});

test('pieces that a container runtime cut are put together', () => {
  const piece = (flag: string, text: string): string => `2024-01-31T10:11:12.1Z stdout ${flag} ${text}`;
  expect(
    brief(readAll([piece('P', 'one '), piece('P', 'two '), piece('F', 'three'), piece('F', 'four')])),
  ).toEqual([
    ['one two three', 1, 3],
    ['four', 4, 1],
  ]);
});

test('the records of one OTLP line count it once', () => {
  const record = (text: string): object => ({
    timeUnixNano: '1706695872000000000',
    body: { stringValue: text },
  });
  const line = JSON.stringify({
    resourceLogs: [{ scopeLogs: [{ logRecords: [record('a'), record('b'), {}] }] }],
  });
  expect(brief(readAll([line, line]))).toEqual([
    ['a', 1, 1],
    ['b', 1, 0],
    ['no-message', 1, 0],
    ['a', 2, 1],
    ['b', 2, 0],
    ['no-message', 2, 0],
  ]);
});

test('dates without a year go on into the next one', () => {
  const days = readAll(
    [
      'Dec 31 23:59:59 h a: x',
      'Jan  1 00:00:01 h a: y',
      'Dec 31 23:59:58 h a: late',
      'Feb 29 10:00:00 h a: z',
    ],
    { ...app, referenceYear: 2023 },
  ).map((read) => (read.ok ? new Date(read.record.eventTimeMs).toISOString().slice(0, 10) : read.reason));
  expect(days).toEqual(['2023-12-31', '2024-01-01', '2023-12-31', '2024-02-29']);
});

test('in message format each line is a record', () => {
  expect(brief(readAll(['\tat x', '{"a":1}', '', 'b'], { ...app, format: 'message' }))).toEqual([
    ['\tat x', 1, 1],
    ['{"a":1}', 2, 1],
    ['blank', 3, 1],
    ['b', 4, 1],
  ]);
});

const banner = (lines: number): string[] => Array.from({ length: lines }, (_, i) => `banner ${i}`);
const times = (count: number, line: string): string[] => Array.from({ length: count }, () => line);

test('lines of no known format are set aside, the reader says what it tried, and goes on looking', () => {
  const reader = createRecordReader(app);
  const reads: Read[] = [];
  const emit = (read: Read): void => void reads.push(read);
  const lines = linesOf([...banner(1000), ...times(100, json('x'))]);
  for (const line of lines.slice(0, 999)) reader.push(line, emit);
  expect(reader.format()).toBeUndefined();
  for (const line of lines.slice(999, 1000)) reader.push(line, emit);

  expect(reader.format()).toBe('unknown');
  expect(reads).toHaveLength(1000);
  const look = reader.look();
  expect(look === undefined ? '' : describeLook(look)).toMatch(
    /^no known format reads half of the first 1000 lines: json read 0 \(not-json\), cri read 0 .*The first of them is: "banner 0"/,
  );

  for (const line of lines.slice(1000)) reader.push(line, emit);
  expect(reader.format()).toBe('json');
});

test.each([
  ['a banner and ten lines', [...banner(90), ...times(10, json('x'))], 10],
  ['a banner that is longer than the first look', [...banner(250), ...times(300, log4j('x'))], 300],
  ['a short file, most of it a banner', [...banner(20), ...times(3, log4j('x'))], 3],
  [
    'junk between the lines all along',
    Array.from({ length: 300 }, () => [...banner(4), json('x')]).flat(),
    300,
  ],
])('records are read behind %s', (_name, texts, records) => {
  const reads = readAll(texts);

  expect(reads.filter(({ ok }) => ok)).toHaveLength(records);
  expect(reads.reduce((sum, { lines }) => sum + lines, 0)).toBe(texts.length);
});

test.each([
  ['two lines', [...banner(98), ...times(2, log4j('x'))]],
  // a text format would take the junk for parts of its records
  [
    'a few lines with a time here and there',
    Array.from({ length: 200 }, () => [...banner(4), log4j('x')]).flat(),
  ],
])('%s among others are no format', (_name, texts) => {
  const reads = readAll(texts);

  expect(reads).toHaveLength(texts.length);
  expect(reads.filter(({ ok }) => ok)).toEqual([]);
});

test('options that contradict each other are refused', () => {
  expect(() => createRecordReader({ ...app, format: 'json', pattern: '<Time> <Content>' })).toThrow(
    /leave one of them out/,
  );
  expect(() => createRecordReader({ ...app, format: 'pattern' })).toThrow(/needs a pattern/);
  expect(() => createRecordReader({ ...app, timeFormat: '%s' })).toThrow(/goes with a pattern/);
  expect(() => createRecordReader({ ...app, zoneOffsetMinutes: NaN })).toThrow(/between -1440 and 1440/);
  expect(() => createRecordReader({ defaultSource: '' })).toThrow(/must be a name/);
  expect(() => createRecordReader({ ...app, format: 'xml' as 'json' })).toThrow(/'xml' is not known/);
});

const words = [
  'started',
  'user 42 logged in',
  'größe=5',
  '',
  'Caused by: x',
  'level=info msg="x" ts=1706695872',
];
const arbMessage = fc.oneof(fc.constantFrom(...words), fc.string());
const arbNoise = fc.oneof(
  fc.constantFrom(
    '',
    '   ',
    '\tat a.b(C.java:1)',
    'Traceback (most recent call last):',
    '  File "a.py"',
    'KeyError: 1',
  ),
  fc.constantFrom(
    'goroutine 1 [running]:',
    'main.main()',
    'plain words',
    '{',
    '}',
    '{"ts":1}',
    '\0',
    'x'.repeat(6000),
  ),
  fc.string({ unit: 'binary' }),
);
const arbBlock = fc.constantFrom(
  ['', '', '\tat a.b(C.java:1)', '', '\t... 2 more'],
  ['Traceback (most recent call last):', '  File "a.py"', 'my.Broken', 'my.Broken'],
  ['panic: x', '', 'goroutine 1 [running]:', 'main.main()', '\t/a.go:1', 'main.main()'],
);
const newYear = (msg: string): string =>
  `${msg.length % 2 ? 'Dec 31 23:59:59' : 'Jan  1 00:00:01'} h app[7]: ${msg}`;
/** Mostly records of one format, as a log is, with traces and noise between them. */
const arbLog = fc
  .tuple(
    fc.constantFrom(json, log4j, syslog, newYear, logfmt, cri, docker),
    fc.array(fc.tuple(arbMessage, fc.oneof(fc.array(arbNoise, { maxLength: 2 }), arbBlock)), {
      maxLength: 60,
    }),
  )
  .chain(([write, entries]) =>
    fc
      .constantFrom(0, 0, 0, 120)
      .map((lines) => [
        ...banner(lines),
        ...entries.flatMap(([message, noise]) => [write(message), ...noise]),
      ]),
  );
const arbOptions = fc.constantFrom<ReaderOptions>(
  app,
  { ...app, format: 'json' },
  { ...app, format: 'text' },
  { ...app, format: 'message' },
  { ...app, format: 'cri' },
  { ...app, pattern: '<Date> <Time> <Level> <Component>: <Content>' },
);

test('every line is in exactly one read, and reads come in the order of the input', () => {
  fc.assert(
    fc.property(arbLog, arbOptions, (texts, options) => {
      const reads = readAll(texts, options);
      let next = 1;
      for (const read of reads) {
        expect(read.line).toBe(next);
        next += read.lines;
      }
      expect(next - 1).toBe(texts.length);
    }),
  );
});

test('a reader restored from its snapshot goes on as if nothing had happened', () => {
  fc.assert(
    fc.property(arbLog, arbOptions, fc.nat(), (texts, options, place) => {
      const lines = linesOf(texts);
      const cut = place % (lines.length + 1);
      const reads: Read[] = [];
      const emit = (read: Read): void => void reads.push(read);
      const first = createRecordReader(options);
      for (const line of lines.slice(0, cut)) first.push(line, emit);
      const second = createRecordReader(options, JSON.parse(JSON.stringify(first.snapshot())) as ReaderState);
      for (const line of lines.slice(cut)) second.push(line, emit);
      second.flush(emit);
      expect(reads).toEqual(readAll(texts, options));
    }),
  );
});

test('the cut of the bytes into chunks changes no record', () => {
  fc.assert(
    fc.property(arbLog, fc.integer({ min: 1, max: 200 }), (texts, chunkBytes) => {
      const bytes = Buffer.from(texts.join('\n'));
      const read = (size: number): Read[] => {
        const reads: Read[] = [];
        const reader = createRecordReader(app);
        const splitter = createLineSplitter({ maxLineBytes: 3000 });
        const onLine = (line: Line): void => reader.push(line, (each) => reads.push(each));
        for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size), onLine);
        splitter.end(onLine);
        reader.flush((each) => reads.push(each));
        return reads;
      };
      expect(read(chunkBytes)).toEqual(read(bytes.length + 1));
    }),
  );
});
