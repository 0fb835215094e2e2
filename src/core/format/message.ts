// Each line whole as a message, for work on templates alone: no time, no severity, one source.
// Lines are never joined, so that line n of the input is record n.
import type { LineFormat, ParseContext } from './format.js';

/** `eventTimeMs` is 0: nothing that depends on time makes sense with these records. */
export function createMessageFormat(context: ParseContext): LineFormat {
  return {
    name: 'message',
    parse: (text) => ({ eventTimeMs: 0, source: context.defaultSource, severity: 0, body: text }),
  };
}
