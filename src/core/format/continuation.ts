// Which lines go on with the record before them: stack traces of the common languages, and whatever is indented.
// Asked only for lines that are no records by themselves. One word of state tells blocks whose lines look like nothing.
import type { RejectReason } from '../record.js';

const HEADLESS: ReadonlySet<RejectReason> = new Set([
  'not-json',
  'not-logfmt',
  'not-syslog',
  'no-pattern-match',
]);

/** Only lines that are no records at all go on with the one before; a broken record does not. */
export function isHeadless(reason: RejectReason): boolean {
  return HEADLESS.has(reason);
}

/** In the middle of what: '' is nothing in particular, the others end with a line that only their block explains. */
export type Trace = '' | 'python' | 'go';

/**
 * @param trace what the record before is in the middle of
 * @returns what it is in the middle of behind this line; undefined when the line does not go on with the record
 */
export function continueTrace(text: string, trace: Trace): Trace | undefined {
  const first = text.charCodeAt(0);
  if (first === 32 || first === 9) return trace;
  const start = text.slice(0, 300);
  if (start.startsWith('Traceback (most recent call last)')) return 'python';
  if (GO_HEAD.test(start)) return 'go';
  // the first line that is not indented is the exception, and ends the block
  if (trace === 'python') return '';
  if (trace === 'go' && GO_FRAME.test(start)) return 'go';
  return TRACE_LINE.test(start) ? '' : undefined;
}

const GO_HEAD =
  /^(?:goroutine \d+ (?:gp=\S+ )?(?:m=\S+ )?(?:mp=\S+ )?\[[^\]]*\]:|panic: |fatal error: |\[signal )/;
const GO_FRAME = /^(?:[\w./*()[\]{}-]+\(|created by |exit status \d|\.{3})/;

const TRACE_LINE = new RegExp(
  `^(?:${[
    'Caused by: ',
    'Suppressed: ',
    String.raw`\.{3} \d+ (?:more|common frames omitted)`,
    String.raw`at [\w$.<>/]+ ?\(.*\)$`,
    '--- End of ',
    'During handling of the above exception',
    'The above exception was the direct cause',
    'Exception in thread ',
    // java.lang.IllegalStateException: …, TypeError: …, Error [ERR_X]: …
    String.raw`(?:Uncaught )?(?:[A-Za-z_$][\w$]*\.){0,20}(?:[A-Z][\w$]*)?(?:Error|Exception|Throwable)(?: \[\w+\])?(?::|$)`,
  ].join('|')})`,
);
