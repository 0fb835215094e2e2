// A record as one line of flat NDJSON. Written by hand because this is most of what generating costs.

import type { GeneratedRecord } from './scene.js';

const MILLIS = Array.from({ length: 1000 }, (_, ms) => `${String(ms).padStart(3, '0')}Z`);
// oxlint-disable-next-line no-control-regex -- JSON must escape them
const NEEDS_ESCAPE = /["\\\u0000-\u001f]/;

let lastSecond = Number.NaN;
let lastPrefix = '';

/** `{"ts":"2026-03-02T00:00:00.123Z","service":…,"level":…,"msg":…,"trace_id":…}` and a line feed; no `trace_id` where there is none. */
export function formatLine(record: GeneratedRecord): string {
  const second = Math.floor(record.tsMs / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    // neighbours share their second: "2026-03-02T00:00:00." is made once
    lastPrefix = new Date(second * 1000).toISOString().slice(0, 20);
  }
  const ts = lastPrefix + MILLIS[record.tsMs - second * 1000]!;
  const message = NEEDS_ESCAPE.test(record.message) ? JSON.stringify(record.message) : `"${record.message}"`;
  const head = `{"ts":"${ts}","service":"${record.service}","level":"${record.level}","msg":${message}`;
  return record.traceId === '' ? `${head}}\n` : `${head},"trace_id":"${record.traceId}"}\n`;
}
