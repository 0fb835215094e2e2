// The log record, after the OpenTelemetry log data model, and what reading one can give:
// a record, or the line itself with the reason why it is none. Bad input is a value here, never an exception.

/** One parsed log line with the continuation lines that belong to it. */
export interface LogRecord {
  /** When it happened: whole milliseconds since 1970-01-01 UTC, by the clock of whoever wrote it. */
  readonly eventTimeMs: number;
  /** Who wrote it (`service.name`); never empty. The Kafka key, and with `groupBy: 'service'` the unit that is scored. */
  readonly source: string;
  /** OpenTelemetry SeverityNumber: 1–4 TRACE, 5–8 DEBUG, 9–12 INFO, 13–16 WARN, 17–20 ERROR, 21–24 FATAL; 0 = not given. */
  readonly severity: number;
  /** The message; continuation lines (stack traces) follow it, joined with `\n`. */
  readonly body: string;
  /** W3C or vendor trace id, as written. */
  readonly traceId?: string;
  /** Whatever else the line carried, by its own keys. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Why a line is not a record. Counted by reason, and the line is kept aside. */
export type RejectReason =
  | 'blank'
  | 'not-json'
  | 'not-logfmt'
  | 'not-syslog'
  | 'no-pattern-match'
  | 'no-message'
  | 'no-timestamp'
  | 'bad-timestamp'
  | 'orphan-continuation'
  | 'line-too-long'
  | 'implausible-time';

export type ParseResult =
  | { readonly ok: true; readonly record: LogRecord }
  | { readonly ok: false; readonly reason: RejectReason };

/** What a reader hands on, in the order of the input: a record, or lines set aside. */
export type Read =
  | {
      readonly ok: true;
      readonly record: LogRecord;
      /** 1-based number of the record's first line in its input. */
      readonly line: number;
      /** How many lines of the input it is made of: 1 plus its continuation lines. */
      readonly lines: number;
    }
  | {
      readonly ok: false;
      readonly reason: RejectReason;
      readonly line: number;
      readonly lines: number;
      /** The line as read, cut to 4,096 characters. */
      readonly raw: string;
    };
