// A log as careless producers write it: clocks that differ, bursts out of order, records that come late, twice or from the
// future, services that fall silent, lines that are no records. In the order of sending.
import type { Random } from '../../core/random.js';

export interface MessyOptions {
  /** How far records may be out of order without being late, ms. */
  readonly latenessMs: number;
  /** How late a record may be and still correct its window, ms. */
  readonly correctionMs: number;
}

interface Sent {
  readonly text: string;
  /** When it is sent, by the clock of the log. */
  readonly atMs: number;
}

const MOST_SKEW_MS = 20_000;
const YEAR_MS = 365 * 86_400_000;

/** @param lines NDJSON with `ts` and `service`, in order of time */
export function makeMessy(
  lines: readonly string[],
  { latenessMs, correctionMs }: MessyOptions,
  random: Random,
): string[] {
  const records = lines.map((line) => JSON.parse(line) as { ts: string; service: string });
  const skews = new Map(
    records.map(({ service }) => [service, random.below(2 * MOST_SKEW_MS) - MOST_SKEW_MS]),
  );
  const startMs = Date.parse(records[0]!.ts);
  const spanMs = Date.parse(records.at(-1)!.ts) - startMs;
  const [silent] = skews.keys();

  const sent = records.flatMap((record): Sent[] => {
    const atMs = Date.parse(record.ts);
    const share = (atMs - startMs) / spanMs;
    if (record.service === silent && share > 0.3 && share < 0.6) return [];
    const textAt = (timeMs: number): string =>
      JSON.stringify({ ...record, ts: new Date(timeMs + skews.get(record.service)!).toISOString() });
    const text = textAt(atMs);
    const die = random.below(1000);
    if (die < 5) return [{ text, atMs: atMs + latenessMs + correctionMs * (1 + random.next()) }];
    if (die < 25) return [{ text, atMs: atMs + latenessMs + random.next() * correctionMs }];
    if (die < 30) return [{ text: textAt(atMs + YEAR_MS), atMs }];
    if (die < 40)
      return [
        { text, atMs },
        { text, atMs: atMs + random.next() * latenessMs },
      ];
    if (die < 43) return [{ text: text.slice(0, 20), atMs }];
    // bursts: stretches of the log in which nothing is in order
    const isBurst = Math.floor(share * 40) % 4 === 0;
    return [{ text, atMs: isBurst ? atMs + random.next() * latenessMs : atMs }];
  });
  return sent.sort((a, b) => a.atMs - b.atMs).map(({ text }) => text);
}
