// Alerts whose log was written by somebody who wishes us ill.
import * as fc from 'fast-check';
import type { AlertEvent } from '../../core/alert-event.js';
import { TEST_KEY } from '../store/result-store.testkit.js';
import { compileTexts, messageOf } from './alert-message.js';
import { alertEvent, START_MS } from './courier.testkit.js';
import type { AlertMessage } from './sink.js';

const SECRET = 'a secret of some length';

export const arbHostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\nBcc: everyone@example.com\r\n\r\n',
        '\r\n.\r\nMAIL FROM:<x@y>\r\n',
        '\u001b[2J\u001b]0;owned\u0007',
        '\u202egnp.exe\u202c',
        '<!channel>',
        '<@U123|click>',
        '@here',
        '@everyone',
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        '&lt;b&gt;',
        '{link}{{source}}',
        '${process.env.SECRET}',
        '```',
        '\u0000\ud83d',
        '=?utf-8?Q?=0D=0A?=',
        'Zahlung überfällig 支払い 😀 ',
        'x'.repeat(300),
        ' ',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** One in sixteen has a megabyte at its end. */
const arbLongText = fc
  .tuple(arbHostileText, fc.nat(15))
  .map(([text, n]) => (n === 0 ? text.padEnd(1_000_000, text === '' ? 'x' : text) : text));

export const arbHostileMessage: fc.Arbitrary<AlertMessage> = fc
  .record({
    source: arbHostileText,
    text: arbLongText,
    example: arbLongText,
    type: fc.constantFrom<AlertEvent['type'][]>('opened', 'updated'),
  })
  .map(({ source, text, example, type }) => hostileMessage(source, text, example, type));

export function hostileMessage(
  source: string,
  text: string,
  example: string,
  type: AlertEvent['type'] = 'opened',
): AlertMessage {
  const explanation = {
    peakEndMs: START_MS,
    features: [{ feature: 'new_template_count', value: 1, usualLow: 0, usualHigh: 0, amount: 1 }],
    templates: [
      {
        event: 'new' as const,
        templateId: 't',
        text,
        service: source,
        severity: 'ERROR',
        count: 1,
        usual: 0,
        example,
      },
    ],
  };
  const first = alertEvent('a', 0, 'opened', { source, explanation });
  const event = type === 'opened' ? first : alertEvent('a', 1, type, { source, explanation });
  return messageOf({ event, first }, TEST_KEY, START_MS, {
    dashboardUrl: 'https://logs.example.net/loghorn',
    linkSecret: SECRET,
    ...compileTexts(),
  });
}
