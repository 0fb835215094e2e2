import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertmanagerAlert } from './alertmanager-alert.js';
import { arbHostileMessage } from './hostile-message.testkit.js';
import { mailContent } from './mail-content.js';
import { slackPayload } from './slack-payload.js';
import { webhookPayload } from './webhook-payload.js';

/** What a terminal or a browser obeys without showing it; line breaks have their place in a text. */
const ACTING = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const MOST_BYTES = 50_000;
const runs = { numRuns: 40 };

test('law: title and text hold nothing that acts, and a title has one line', () => {
  fc.assert(
    fc.property(arbHostileMessage, ({ title, text }) => {
      expect(title).not.toMatch(ACTING);
      expect(text.replaceAll('\n', '')).not.toMatch(ACTING);
      expect(title.length + text.length).toBeLessThan(5000);
    }),
    runs,
  );
});

test('law: a webhook gets JSON of bounded size in which braces of the log are text', () => {
  fc.assert(
    fc.property(arbHostileMessage, (message) => {
      const body = webhookPayload(message);

      expect(Buffer.byteLength(body)).toBeLessThan(MOST_BYTES);
      expect((JSON.parse(body) as { source: string }).source).toBe(message.event.source.slice(0, 1000));
    }),
    runs,
  );
});

test('law: Slack gets no mention, no link and no markup but ours, within its limits', () => {
  fc.assert(
    fc.property(arbHostileMessage, (message) => {
      const body = JSON.parse(slackPayload(message)) as {
        text: string;
        blocks: { type: string; text?: { type: string; text: string }; elements?: { text: string }[] }[];
      };
      const [header, section, context] = body.blocks;
      const own = [body.text, header!.text!.text, section!.text!.text];

      for (const words of own) {
        expect(words).not.toMatch(/[<>]|@\w|&(?!(amp|lt|gt);)/);
        expect(words).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      }
      expect(header!.text!.text.length).toBeLessThanOrEqual(150);
      expect(section!.text!.text.length).toBeLessThanOrEqual(3000);
      expect([header!.text!.type, section!.text!.type]).toEqual(['plain_text', 'plain_text']);
      // of the links only ours, which hold nothing of the log
      expect(context!.elements![0]!.text.match(/<[^|]*\|/g)!.length).toBe(4);
    }),
    runs,
  );
});

test('law: a mail has a subject on one line and HTML without a tag of the log', () => {
  fc.assert(
    fc.property(arbHostileMessage, (message) => {
      const { subject, html, messageId, inReplyTo } = mailContent(message, 'example.net');

      expect(subject).not.toMatch(ACTING);
      expect(subject.length).toBeLessThanOrEqual(200);
      const tags = html.match(/<[^>]*>/g)!.map((tag) => /^<\/?!?(\w+)/.exec(tag)?.[1]);
      expect(new Set(tags)).toEqual(new Set(['doctype', 'meta', 'h3', 'p', 'a']));
      expect(html.match(/<a href="https:\/\/logs\.example\.net\/[^"<>]*">/g)!.length).toBe(4);
      expect(messageId).toMatch(/^<a-0-[01]\.loghorn@example\.net>$/);
      expect(inReplyTo).toBe(message.event.type === 'opened' ? undefined : '<a-0-0.loghorn@example.net>');
    }),
    runs,
  );
});

test('law: Alertmanager gets labels of bounded length that stay the same while the alert lasts', () => {
  fc.assert(
    fc.property(arbHostileMessage, (message) => {
      const alert = alertmanagerAlert(message, 300_000, { team: 'shop', alertname: 'mine' });

      expect(Object.keys(alert.labels).sort()).toEqual(
        ['alertname', 'artifact', 'kind', 'service', 'severity', 'team'].sort(),
      );
      expect(alert.labels).toMatchObject({ alertname: 'LogAnomaly', severity: message.opened.severity });
      for (const value of Object.values({ ...alert.labels, ...alert.annotations }))
        expect(value.replaceAll('\n', '')).not.toMatch(ACTING);
      expect(JSON.stringify(alert).length).toBeLessThan(MOST_BYTES);
    }),
    runs,
  );
});
