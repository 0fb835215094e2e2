// Whether the logs are of the kind that this way of looking at them was made for: said before somebody trusts, or
// blames, the figures.
import type { Artifact } from '../../core/artifact.js';
import { lengthMs, unionOfSpans } from '../evaluate/spans.js';
import type { Tally } from '../input/tally.js';
import type { LineFacts } from './case-lines.js';
import type { ReportWindow, WindowTotals } from './score-windows.js';

export interface SuitabilityCheck {
  readonly name: string;
  readonly passes: boolean;
  /** What was found and, where it does not pass, what follows from it. */
  readonly sentence: string;
}

export interface SuitabilityFacts {
  readonly artifact: Pick<Artifact, 'spec' | 'dictionary' | 'provenance'>;
  readonly windows: readonly ReportWindow[];
  readonly totals: WindowTotals;
  readonly tally: Tally;
  readonly lines: LineFacts;
  /** Labels that are judged. */
  readonly labels: number;
}

const HOUR_MS = 3_600_000;
const MIN_TEMPLATES = 10;
const MIN_SPAN_MS = 12 * HOUR_MS;
const MAX_EMPTY = 0.8;
const MAX_ACCESS = 0.5;
const MAX_UNREAD = 0.01;
const MAX_NEW = 0.05;
const MIN_LABELS = 10;

export function checkSuitability(facts: SuitabilityFacts): readonly SuitabilityCheck[] {
  const { artifact, windows, totals, tally, lines, labels } = facts;
  const templates = artifact.dictionary.templates.length;
  const { provenance } = artifact;
  const fitMs = provenance.endMs - provenance.startMs;
  const seenMs = lengthMs(unionOfSpans(windows));
  const sources = new Set(windows.map(({ source }) => source)).size;
  const isTogether = artifact.spec.window.groupBy === 'all';
  const empty = share(totals.emptyWindows, totals.windows);
  const access = share(lines.accessLike, lines.looked);
  const bare = share(lines.withoutSeverity, lines.records);
  const unread = share(tally.lines.late + tally.lines.setAside, tally.lines.read);
  const fresh = share(totals.newRecords, totals.records);
  return [
    check(
      'Templates',
      templates >= MIN_TEMPLATES,
      `The fit found ${count(templates)} templates.`,
      'With so few there is little that a new line, or a missing one, could stand out from.',
    ),
    check(
      'Length of the fit',
      fitMs >= MIN_SPAN_MS,
      `It was fitted on ${hours(fitMs)}.`,
      'What happens once a night or once a day is not in it and will look strange.',
    ),
    check(
      'Length of the evaluation',
      seenMs >= MIN_SPAN_MS,
      `${hours(seenMs)} are judged.`,
      'A rate of false alerts a day from less than half a day is a guess.',
    ),
    check(
      'Labels',
      labels >= MIN_LABELS,
      `${count(labels)} labels are judged.`,
      'With so few, one more or less caught moves every figure: read the intervals, not the figures.',
    ),
    check(
      'Sources',
      isTogether || sources > 1,
      isTogether
        ? 'All services are judged together, as the model was fitted.'
        : `${count(sources)} ${sources === 1 ? 'source is' : 'sources are'} scored.`,
      'Everything is judged as one: does the format name a service that is not read?',
    ),
    check(
      'Empty windows',
      empty <= MAX_EMPTY,
      `${percent(empty)} of the windows hold no record.`,
      'Nearly all of them are silence: longer windows would say more.',
    ),
    check(
      'Severities',
      bare < 1,
      lines.withoutSeverity === 0
        ? 'Every record has a severity.'
        : `${percent(bare)} of the records have no severity.`,
      'Error counts and rates say nothing here; only new lines, mix and volume do.',
    ),
    check(
      'Messages',
      access <= MAX_ACCESS,
      `${percent(access)} of the first ${count(lines.looked)} records look like access-log lines.`,
      'Requests differ in path and status, not in template: an access log is better judged by counts of status and path.',
    ),
    check(
      'Unread lines',
      unread <= MAX_UNREAD,
      `${percent(unread)} of ${count(tally.lines.read)} lines were late or set aside.`,
      'What is not read is not judged: look at the reasons under "What was run".',
    ),
    check(
      'New line types',
      fresh <= MAX_NEW,
      `${percent(fresh)} of the records are of a line type that the fit never saw.`,
      'The software, or the way its lines are written, has changed since the fit, or the fit was too short: fit anew.',
    ),
  ];
}

function check(name: string, passes: boolean, found: string, consequence: string): SuitabilityCheck {
  return { name, passes, sentence: passes ? found : `${found} ${consequence}` };
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Small shares keep a digit, so that a few of many do not read as none. */
function percent(value: number): string {
  return `${(100 * value).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;
}

function hours(spanMs: number): string {
  return `${(spanMs / HOUR_MS).toFixed(1)} hours`;
}
