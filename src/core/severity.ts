// Severities, however a log writes them, as OpenTelemetry SeverityNumbers: 1–24 in six classes of four, 0 = not given.
// After appendix B of the OpenTelemetry log data model. A word means the same in every format: CRITICAL is FATAL (as
// in .NET, Python and nginx) although the appendix has syslog's number 2 as ERROR2.

/** Lowest SeverityNumber of each class; a class ends where the next begins, FATAL at 24. */
export const SEVERITY = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 } as const;

/**
 * Whose numbers they are. `pino` is also bunyan's (10 trace … 60 fatal), `syslog` is 0 emergency … 7 debug
 * (also GELF, journald), `python` is 10 debug … 50 critical, `otlp` is the SeverityNumber itself.
 */
export type SeverityScale = 'pino' | 'syslog' | 'python' | 'otlp';

const CLASS_NAMES = ['', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type SeverityName = (typeof CLASS_NAMES)[number];

/** The class of a SeverityNumber; '' for 0 and for anything outside 1–24. */
export function severityName(severity: number): SeverityName {
  if (!(severity >= 1 && severity < 25)) return '';
  return CLASS_NAMES[Math.floor((severity + 3) / 4)] ?? '';
}

/**
 * A level written as a word, in any case, blanks around it ignored: `WARN`, `warning`, `I` (klog, Android), `INF`.
 *
 * @returns 0 when the word is no level
 */
export function severityFromText(text: string): number {
  const known = severityByText.get(text);
  if (known !== undefined) return known;
  // longer than any level: not worth a copy in upper case
  if (text.length > 20) return 0;
  return severityByText.get(text.trim().toUpperCase()) ?? 0;
}

/**
 * A level written as a number on a known scale. Custom pino and Python levels take the class they lie in.
 *
 * @returns 0 when the number is not on the scale
 */
export function severityFromNumber(level: number, scale: SeverityScale): number {
  if (scale === 'syslog') return SYSLOG[level] ?? 0;
  if (scale === 'otlp') return Number.isInteger(level) && level >= 1 && level <= 24 ? level : 0;
  return byTens(level, scale === 'pino' ? PINO : PYTHON);
}

// emergency, alert, critical, error, warning, notice, informational, debug
const SYSLOG: readonly number[] = [21, 19, 18, 17, 13, 10, 9, 5];

const PYTHON = [SEVERITY.debug, SEVERITY.info, SEVERITY.warn, SEVERITY.error];
const PINO = [SEVERITY.trace, ...PYTHON];

function byTens(level: number, classes: readonly number[]): number {
  if (!(level > 0 && level <= 100)) return 0;
  const index = Math.floor(level / 10) - 1;
  return index < 0 ? SEVERITY.trace : (classes[index] ?? SEVERITY.fatal);
}

const WORDS: Readonly<Record<number, string>> = {
  1: 'TRACE TRC FINEST SILLY VRB V T',
  5: 'DEBUG DBG DEBU FINER VERBOSE D',
  6: 'FINE',
  7: 'CONFIG',
  9: 'INFO INF INFORMATION INFORMATIONAL LOG HTTP SUCCESS I',
  10: 'NOTICE NOTE N',
  13: 'WARN WARNING WRN W',
  17: 'ERROR ERR ERRO SEVERE FAILURE E',
  18: 'DPANIC',
  21: 'FATAL FTL CRITICAL CRIT ALERT EMERG EMERGENCY PANIC F C A',
};

// a Map, not an object: a level called `constructor` is no level. The usual spellings are found without a copy.
const severityByText: ReadonlyMap<string, number> = new Map(
  Object.entries(WORDS).flatMap(([severity, words]) =>
    words.split(' ').flatMap((word): [string, number][] => {
      const lower = word.toLowerCase();
      const capitalised = word.charAt(0) + lower.slice(1);
      return [word, lower, capitalised].map((spelling) => [spelling, Number(severity)]);
    }),
  ),
);
