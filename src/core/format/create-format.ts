// Every format by its name, in the order in which looking prefers them.
// The one place that knows them all.
import { createAccessFormat } from './access.js';
import { createCriFormat } from './container.js';
import type { FormatName, LineFormat, ParseContext } from './format.js';
import { createJsonFormat } from './json.js';
import { createLogfmtFormat } from './logfmt.js';
import { createMessageFormat } from './message.js';
import { createPatternFormat } from './pattern.js';
import { createSyslogFormat } from './syslog.js';
import { createTextFormat } from './text.js';

/** What can be found by looking, the strictest first: a line that two of them read says more to the earlier one. */
export const FOUND_BY_LOOKING: readonly FormatName[] = ['json', 'cri', 'syslog', 'text', 'access', 'logfmt'];

export interface PatternOptions {
  readonly pattern?: string | undefined;
  readonly timeFormat?: string | undefined;
}

/** @throws RangeError on `pattern` without a usable pattern */
export function createFormat(name: FormatName, options: PatternOptions, context: ParseContext): LineFormat {
  if (name !== 'pattern') return MAKERS[name](context);
  if (options.pattern === undefined) {
    throw new RangeError("format 'pattern' needs a pattern such as '<Date> <Time> <Level> <Content>'");
  }
  return createPatternFormat(options.pattern, options.timeFormat, context);
}

const MAKERS: Readonly<Record<Exclude<FormatName, 'pattern'>, (context: ParseContext) => LineFormat>> = {
  json: createJsonFormat,
  cri: createCriFormat,
  syslog: createSyslogFormat,
  text: createTextFormat,
  access: createAccessFormat,
  logfmt: createLogfmtFormat,
  message: createMessageFormat,
};

export const FORMAT_NAMES: readonly FormatName[] = [...FOUND_BY_LOOKING, 'pattern', 'message'];
