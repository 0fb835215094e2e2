// Messages for the property tests of this folder: lines that look like real logs, and lines made to break a scanner.

import * as fc from 'fast-check';

const WORDS = (
  'connection|closed|by|user|for|invalid|Failed|ERROR|GET|job|true|None|May|bytes|ms|KB|x|->|' +
  '-|#|***|Jun|Wed|java.io.IOException|com.example.Foo|msg|deadbeef|cafebabe|N/A|and/or|a/b/c|' +
  'C|__proto__|constructor|größe|日本|🙂|µs'
).split('|');
const VALUES = (
  '17|-3|0x1f|10.0.0.7:8080|2001:db8::1|12:30:45.123Z|5c:50:15:4c:18:13|98%|id=42|k=|' +
  '/var/log/a.log|/a?b=c;d|https://h.example.com/x?y=1|C:\\Windows\\x.dll|bob@example.com|' +
  'v1.2|proxy.cse.edu.hk:80|blk_-12|exception......0|(2 KB)|()|[]|""|{}|<1 sec|tag="a b c"|' +
  "msg=\"a b c\"|[client 1.2.3.4]|{'a': 1, 'b': None}|=true|enabled=false|::1|1::2:|b=;|...|" +
  'Wed Jun 29 14:44:35 2005|3 KB|4 MB|5 - 7|8, 9|k= false|{a b c d e f g h i j k l m n o p q "x}'
).split('|');

const PUNCTUATION = ', : ; ( ) [ ] { } " ='.split(' ');
const AWKWARD = 'a|1|.|:|=|/|\\|@|[|]|{|}|(|)|"|\'|<|>|,|-| |\t|\0|f|\x7f|\ud800|é'.split('|');

/** A line as services write them: words, values and punctuation with single spaces. */
export const arbLine: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...VALUES), fc.constantFrom(...PUNCTUATION)), {
    maxLength: 40,
  })
  .chain((tokens) => fc.constantFrom(tokens.join(' '), tokens.join('')));

const arbHostile: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...AWKWARD), maxLength: 120 }),
  fc
    .tuple(fc.constantFrom('a', '.', ':', 'a:', '[', '{a,', '"', '=', '(', 'ab '), fc.nat(6000))
    .map(([unit, n]) => unit.repeat(n)),
);

const arbTrace: fc.Arbitrary<string> = fc
  .tuple(
    arbLine,
    fc.constantFrom(
      'java.lang.NullPointerException: gone',
      'Caused by: a.b.C',
      'KeyError: 1',
      'Traceback (most recent call last):',
    ),
    fc.constantFrom('\tat a.b.C.run(C.java:12)', '  File "x.py", line 3, in f', ''),
    fc.constantFrom(
      'Caused by: java.net.ConnectException: no',
      'MessagingTimeout: 5',
      'plain text',
      ' ---> System.Fault',
    ),
  )
  .map((lines) => lines.join('\n'));

const arbJson: fc.Arbitrary<string> = fc
  .dictionary(
    fc.constantFrom('msg', 'event', 'user', 'ms', '__proto__'),
    fc.oneof(arbLine, fc.nat(), fc.constant(null)),
  )
  .map((object) => JSON.stringify(object));

/** Any body a miner may meet, mostly plain lines. */
export const arbBody: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: arbLine },
  { weight: 3, arbitrary: arbHostile },
  { weight: 1, arbitrary: arbTrace },
  { weight: 1, arbitrary: arbJson },
);

const NAMES = 'ada bob cid dan eve fay gus hal ida jon kim leo mia ned'.split(' ');
const UNITS = ['ms', 'KB', 'MB', ''];
const STATES = ['started', 'stopped', 'RUNNING', 'FAILED'];

/** One of a few statements of one program, with names, numbers, units and states that vary or do not. */
const arbStatement: fc.Arbitrary<string> = fc
  .record({
    statement: fc.nat(7),
    name: fc.constantFrom(...NAMES),
    other: fc.constantFrom(...NAMES),
    unit: fc.constantFrom(...UNITS),
    state: fc.constantFrom(...STATES),
    n: fc.nat(300),
  })
  .map(({ statement, name, other, unit, state, n }) => {
    if (statement === 0) return `user ${name}x has logged in from ${other}host at ${n}`;
    if (statement === 1) return `Job ${name} was ${state}  in pool main, took ${n} ${unit}`;
    if (statement === 2) return `sent ${n} ${unit} to ${other} over ssh2 on port ${n + 1}`;
    if (statement === 3) return `loaded log4j for ${name} in ${n} ms, ${state}`;
    if (statement === 4) return `task ${name} gave up\njava.io.${other}Exception: ${n}`;
    if (statement === 5) return `the ${state} of ${name} is ${other} now`;
    if (statement === 6) return `the ${state} of ${name} is ${n} now`;
    return `reading block ${name}${'.'.repeat(2 + (n % 4))} ${state === 'FAILED' ? 'not ' : ''}done by now`;
  });

/** The messages of one program: mostly its few statements again and again, sometimes anything. */
export const arbLog: fc.Arbitrary<string[]> = fc.array(
  fc.oneof({ weight: 12, arbitrary: arbStatement }, { weight: 1, arbitrary: arbBody }),
  { maxLength: 150, size: 'max' },
);
