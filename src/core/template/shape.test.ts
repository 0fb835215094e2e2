import { expect, test } from 'vitest';
import { canonicalText } from './canonical-text.js';
import { scanShape } from './shape.js';

const shapeOf = (body: string): string =>
  scanShape(canonicalText(body))
    .map((token) => token.text)
    .join(' ');

test.each([
  ['a word with a digit is a value', 'Found child 6725 in slot s3', 'Found child <*> in slot <*>'],
  ['delimiters are tokens of their own', 'state(ok);next', 'state ( ok ) ; next'],
  ['a trailing full stop is no part of a word', 'Shutting down.', 'Shutting down'],
  ['leader dots part words', 'byte ordering exception.......0', 'byte ordering exception <*>'],
  ['values that follow each other are one', 'speeds 3552 3534 *** 4245', 'speeds <*>'],
  ['lists and ranges of values are one value', 'ports 1, 2, 3 -> 4 used', 'ports <*> used'],
  ['a unit belongs to its value', '5 KB sent in 3 seconds', '<*> sent in <*>'],
  ['a date is one value', 'at Wed Jun 29 14:44:35 2005 from', 'at <*> from'],
  ['clock, MAC and IPv6 addresses are values', '12:30:45.1Z aa:bb:cc:dd:ee:ff fe80::1', '<*>'],
  ['an address with its port is one value', 'src: /10.0.0.1:50010 dest: /10.0.0.2:4', 'src : <*> dest : <*>'],
  ['a URL is one value up to the quote', 'GET "http://a.b/c?d=e&f=g:h" ok', 'GET " <*> " ok'],
  ['a path is one value', 'open /var/www/html/index.html: denied', 'open <*> : denied'],
  ['a Windows path takes its drive along', 'load C:\\Windows\\a.dll now', 'load <*> now'],
  ['a host name is a value', 'proxy.cse.edu.hk open, www.example.com close', '<*> open , <*> close'],
  ['a class name is a word', 'at java.io.IOException now', 'at java.io.IOException now'],
  ['a class with a line number is a value', 'at Main.java:12 now', 'at <*> now'],
  ['a mail address is a value', 'mail from bob@example.org', 'mail from <*>'],
  [
    'a long hex word without digits is a value',
    'commit deadbeef done, bead stays',
    'commit <*> done , bead stays',
  ],
  [
    'literals after = or : are values',
    'ok=true, owner: null, true story',
    'ok = <*> , owner : <*> , true story',
  ],
  [
    'the name after "for user" is a value',
    'session opened for user root by x',
    'session opened for user <*> by x',
  ],
  [
    'keys keep their names, empty ones have a slot',
    'uid=0 ruser= rhost=h',
    'uid = <*> ruser = <*> rhost = h',
  ],
  ['an empty pair has a slot', 'args [] and "" end', 'args [ <*> ] and " <*> " end'],
  ['a value in parentheses after a value is optional', '10.0.0.1 (a.example.com) up', '<*> up'],
  ['a call keeps its parentheses', 'run(12) and stop()', 'run ( <*> ) and stop ( )'],
  ['a quoted attribute of several words is a value', 'tag="View Lock" x', 'tag = " <*> " x'],
  ['a quoted message is text', 'msg="View Lock" x', 'msg = " View Lock " x'],
  ['a short payload is text', "got {'a': 1}", "got { ' a ' : <*> }"],
  ['a long payload is one value', `got {${'"key": "word", '.repeat(9)}} ok`, 'got <*> ok'],
  ['a payload that was cut off is one value', `got [${'word, '.repeat(40)}`, 'got <*>'],
  [
    'names of object properties are words',
    '__proto__ constructor toString',
    '__proto__ constructor toString',
  ],
  ['nothing but punctuation', '-=-;;', '- = - ;'],
  ['an arrow reads like its shaft', 'state => on, moved -> there', 'state = on , moved - there'],
])('%s', (_, body, shape) => {
  expect(shapeOf(body)).toBe(shape);
});

test('the frames of a stack trace do not count, its exception types do', () => {
  const trace = (type: string, line: number): string =>
    `Task 7 failed\njava.lang.RuntimeException: x${line}\n\tat a.B.c(B.java:${line})\nCaused by: ${type}: y\n\tat d.E.f(E.java:9)`;

  expect(shapeOf(trace('java.io.IOException', 1))).toBe(
    'Task <*> failed \n java.lang.RuntimeException \n java.io.IOException',
  );
  expect(shapeOf(trace('java.io.IOException', 99))).toBe(shapeOf(trace('java.io.IOException', 1)));
  expect(shapeOf(trace('java.net.ConnectException', 1))).not.toBe(shapeOf(trace('java.io.IOException', 1)));
});

test('the last line of a Python traceback is its exception type, whatever the class is called', () => {
  const body =
    'Unexpected\nTraceback (most recent call last):\n  File "a.py", line 3, in f\n    g()\noslo.MessagingTimeout: 60 s';

  expect(shapeOf(body)).toBe('Unexpected \n oslo.MessagingTimeout');
});

test('a body that is a JSON object has the shape of its message', () => {
  expect(shapeOf('{"user":"bob","msg":"took 5 ms"}')).toBe('took <*>');
  expect(shapeOf('{"msg":"took 7 ms","extra":{"a":[1,2]}}')).toBe('took <*>');
  expect(shapeOf('{"log":"{\\"message\\":\\"took 9 ms\\"}"}')).toBe('took <*>');
});

test('a JSON object without a message has the shape of its keys, in any order', () => {
  expect(shapeOf('{"user":"bob","ms":12}')).toBe('ms = <*> user = <*>');
  expect(shapeOf('{"ms":{"x":1},"user":null}')).toBe('ms = <*> user = <*>');
  expect(shapeOf('{"__proto__":1,"constructor":2}')).toBe('__proto__ = <*> constructor = <*>');
});

test('lines before the first that says something are skipped', () => {
  expect(shapeOf('\n \r\n  disk full\nmore')).toBe('disk full');
});
