import { expect, test } from 'vitest';
import type { ParseContext } from './format.js';
import { createPatternFormat } from './pattern.js';

const context: ParseContext = { zoneOffsetMinutes: 0, referenceYear: 2005, defaultSource: 'app.log' };

test.each([
  [
    '<Date> <Time> <Pid> <Level> <Component>: <Content>',
    undefined,
    '081109 203615 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1 terminating',
    { eventTimeMs: Date.UTC(2008, 10, 9, 20, 36, 15), severity: 9, body: 'PacketResponder 1 terminating' },
  ],
  [
    '<Date> <Time> - <Level>  \\[<Node>:<Component>@<Id>\\] - <Content>',
    undefined,
    '2015-07-29 17:41:44,747 - WARN  [QuorumPeer[myid=1]/0:0:2181:FastLeaderElection@774] - Notification time out: 3200',
    {
      eventTimeMs: Date.UTC(2015, 6, 29, 17, 41, 44, 747),
      severity: 13,
      body: 'Notification time out: 3200',
    },
  ],
  [
    '<Date> <Day> <Time> <Component> sshd\\[<Pid>\\]: <Content>',
    '%b %d %H:%M:%S',
    'Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user webmaster from 173.234.31.186',
    {
      eventTimeMs: Date.UTC(2005, 11, 10, 6, 55, 46),
      severity: 0,
      body: 'Invalid user webmaster from 173.234.31.186',
    },
  ],
  [
    '<Time>\\|<Component>\\|<Pid>\\|<Content>',
    '%Y%m%d-%H:%M:%S:%L',
    '20171224-0:7:20:44|Step_LSC|30002312|onExtend:1514038530000 14 0 4',
    { eventTimeMs: Date.UTC(2017, 11, 24, 0, 7, 20, 44), severity: 0, body: 'onExtend:1514038530000 14 0 4' },
  ],
  [
    '<Timestamp> <Date> <Service> <Message>',
    undefined,
    '1117838570 2005.06.03 orders order placed',
    { eventTimeMs: 1_117_838_570_000, severity: 0, body: 'order placed', source: 'orders' },
  ],
])('%s reads its line', (pattern, timeFormat, line, expected) => {
  const record = createPatternFormat(pattern, timeFormat, context).parse(line);
  expect(record).toMatchObject({ source: 'app.log', ...expected });
});

test('fields that are not known become attributes, whatever they are called', () => {
  const format = createPatternFormat('<Time> <__proto__> <constructor> <Content>', undefined, context);
  const record = format.parse('2024-01-31T10:11:12Z a b hello');
  expect(JSON.stringify(record)).toContain(
    '"attributes":{"Time":"2024-01-31T10:11:12Z","__proto__":"a","constructor":"b"}',
  );
});

test('a line that fits by accident has no head; one with a level has a broken time', () => {
  const format = createPatternFormat('<Date> <Time> <Level> <Component>: <Content>', undefined, context);
  expect(format.parse('Caused by: java.io.IOException: Connection reset: by peer')).toBe('no-pattern-match');
  expect(format.parse('2024-13-31 10:11:12 INFO app: hello')).toBe('bad-timestamp');
});

test('a pattern without a message or a time is refused with what is missing', () => {
  const make = (pattern: string, timeFormat?: string) => () =>
    createPatternFormat(pattern, timeFormat, context);
  expect(make('<Date> <Time> <Text>')).toThrow(/no <Content> for the message, only <Date> <Time> <Text>/);
  expect(make('plain')).toThrow(/only no fields/);
  expect(make('<Level> <Content>')).toThrow(/has no time/);
  expect(make('<Time> <Content>', '%Q')).toThrow(/%Q/);
});
