import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from './pattern-matcher.js';

/** The same pattern as a regular expression: slow on hostile lines, but its meaning is beyond doubt. */
function reference(pattern: string): RegExp {
  let blankRuns = 0;
  const source = pattern.replaceAll(/<(\w+)>|( +)|[[\].:]/g, (part, name?: string, blanks?: string) => {
    if (name !== undefined) return `(?<${name}>.*?)`;
    // a run of blanks is taken whole and never given back
    return blanks === undefined ? `\\${part}` : `(?=(?<_${++blankRuns}>[ \\t]+))\\k<_${blankRuns}>`;
  });
  return new RegExp(`^${source}$`);
}

test('the fields of a usual pattern are found', () => {
  const { fields, match } = compilePattern(
    '<Month> <Date> <Time> <Level> <Component>(\\[<PID>\\])?: <Content>',
  );

  expect(fields).toEqual(['Month', 'Date', 'Time', 'Level', 'Component', 'PID', 'Content']);
  expect(match('Jun  9 06:06:20 combo syslogd 1.4.1: restart.')).toEqual([
    'Jun',
    '9',
    '06:06:20',
    'combo',
    'syslogd 1.4.1',
    '',
    'restart.',
  ]);
  expect(match('Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure: x')).toEqual([
    'Jun',
    '14',
    '15:16:01',
    'combo',
    'sshd(pam_unix)',
    '19939',
    'authentication failure: x',
  ]);
  expect(match('Jun 14 15:16:01')).toBeUndefined();
});

test('a parenthesis, a bracket and a star are plain characters', () => {
  expect(compilePattern('[<Time>] (<Pid>) * <Content>').match('[10:00] (7) * hello')).toEqual([
    '10:00',
    '7',
    'hello',
  ]);
});

test('a pattern means what the regular expression with shortest fields means', () => {
  const arbPart = fc.constantFrom(
    '<F>',
    '<F>',
    ' ',
    ':',
    '[',
    ']',
    'a',
    '([<F>])?',
    '(:)?',
    '( a)?',
    '(<F>:)?',
  );
  const arbLine = fc.stringMatching(/^[a:[\] b]{0,24}$/);
  fc.assert(
    fc.property(fc.array(arbPart, { maxLength: 8 }), fc.array(arbLine, { maxLength: 5 }), (parts, lines) => {
      let count = 0;
      const pattern = parts.map((part) => part.replace('<F>', () => `<F${count++}>`)).join('');
      const { fields, match } = compilePattern(pattern);
      const expected = reference(pattern);
      for (const line of lines) {
        const found = expected.exec(line);
        const values = found === null ? undefined : fields.map((name) => found.groups?.[name] ?? '');
        expect(match(line)).toEqual(values);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['<A> <B> <C> <D> <E> <F>: <Content>', 'a '.repeat(500_000)],
  ['<A> <B> <C> <D>: <Content>', ' '.repeat(1_000_000)],
  ['<A>:<B>:<C>:<D>:<E>x<Content>', ':'.repeat(1_000_000)],
  ['<A>(\\[<P>\\])?(\\[<Q>\\])?(\\[<R>\\])?: <Content>', '['.repeat(1_000_000)],
  ['<A>(a)?(a)?(a)?(a)?(a)?(a)?(a)?(a)?b<Content>', 'a'.repeat(100_000)],
])('a hostile line of a megabyte is refused in proportion to its length: %s', (pattern, line) => {
  const { match } = compilePattern(pattern);
  const startMs = performance.now();
  expect(match(line)).toBeUndefined();
  expect(performance.now() - startMs).toBeLessThan(15_000);
});

test('what cannot be compiled is refused with the reason', () => {
  expect(() => compilePattern('<A> <A>')).toThrow(/<A> twice/);
  expect(() => compilePattern('\\d+ <A>')).toThrow(/"\\d", which is not known/);
  expect(() => compilePattern('(a)?'.repeat(9))).toThrow(/more than 8 optional parts/);
});
