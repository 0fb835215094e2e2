// What a format is: a name and a pure reading of one line. Everything that needs more than one line
// (stack traces, which format it is) is the reader's business.
import type { LogRecord, RejectReason } from '../record.js';
import type { TimestampOptions } from '../timestamp.js';

export type FormatName = 'json' | 'cri' | 'syslog' | 'text' | 'access' | 'logfmt' | 'pattern' | 'message';

/** What the line itself cannot say. `nearMs` follows the records read, for dates without a year. */
export interface ParseContext extends TimestampOptions {
  /** Source of a record that names none; never empty. */
  readonly defaultSource: string;
  nearMs?: number | undefined;
}

/** A line that a container runtime wrapped: it may go on with the record before it, or is a record of its own. */
export interface WrappedLine {
  /** What the application wrote, without the wrapping. */
  readonly inner: string;
  /** The runtime cut the application's line here; the next piece follows without a line break. */
  readonly isCut: boolean;
  readonly record: LogRecord;
}

/** One line read: a record, several (one OTLP export a line), a wrapped line, or the reason why it is none. */
export type ParsedLine = LogRecord | readonly (LogRecord | RejectReason)[] | WrappedLine | RejectReason;

export interface LineFormat {
  readonly name: FormatName;
  /** Never throws, whatever the line. */
  readonly parse: (text: string) => ParsedLine;
  /** The reason that marks a line as belonging to the record before it; undefined when only stack traces join. */
  readonly joinsOn?: RejectReason;
}
