// A log whose service and lines mean harm to whatever shows them, among lines that do not.

/** What a terminal or a browser obeys without showing it. */
export const ACTING = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
export const SERVICE = 'api\r\nBcc: everyone@example.com\r\n\u202e<!channel>';
export const HOSTILE = [
  '\r\n.\r\nMAIL FROM:<x@y>\r\nRCPT TO:<everyone@example.com>',
  '<!channel> <!here> <@U123|click> <https://evil.example|open> @everyone',
  '\u001b[2J\u001b]0;owned\u0007 \u202egnp.exe\u202c \u2066',
  '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
  '=?utf-8?Q?=0D=0ABcc:_everyone@example.com?= {link}{{source}} ${process.env.HOOK_SECRET}',
  'x'.repeat(1_000_000),
];
export function healthyBodies(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `request ${n} served in ${n % 17} ms`);
}

/** Three a second. */
export function linesOf(startMs: number, bodies: readonly string[]): string {
  return bodies
    .map((msg, n) => {
      const ts = new Date(startMs + n * 333).toISOString();
      return `${JSON.stringify({ ts, service: SERVICE, level: 'INFO', msg })}\n`;
    })
    .join('');
}
