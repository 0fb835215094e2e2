// The canary's records as the lines that a service would have written: NDJSON, whatever the format of the others.
import type { LogRecord } from '../record.js';

/** `{"ts":"2026-03-02T00:00:00.123Z","service":"loghorn-canary","level":"INFO","msg":…}`, without a line break. */
export function canaryLine({ eventTimeMs, source, severity, body }: LogRecord): string {
  return JSON.stringify({
    ts: new Date(eventTimeMs).toISOString(),
    service: source,
    level: severity >= 17 ? 'ERROR' : severity >= 13 ? 'WARN' : 'INFO',
    msg: body,
  });
}
