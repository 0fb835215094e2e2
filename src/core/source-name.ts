// The source of records that name none: what their file is called, without what changes from day to day.

/** `logs/nova-api.2026-01-01.log.gz` → `nova-api`; `log` when nothing is left. Slashes of either kind. */
export function sourceOfPath(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const stem = name.replace(/\.(gz|log|txt|jsonl?|ndjson|out|err)\b/gi, '');
  return stem.replace(/[-_.]*\d{4}-?\d\d-?\d\d.*$/, '').replace(/[.\-_]\d*$/, '') || 'log';
}
