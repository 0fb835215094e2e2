// What an alert is about, how grave it is and its strongest reason in a line: from the reasons alone, so that a list, a
// silence and a notification all say the same.
import type { Explanation, FallEvidence, NewServiceEvidence, TemplateEvidence } from './alert.js';
import { featureReason } from './feature-reason.js';
import { featureTitle } from './feature-words.js';
import { countText } from './number-text.js';
import { isUnusual, usualWords } from './usual-words.js';

/**
 * `errors`: ERROR or FATAL records, new ones or more of them; `silence`: no records where there should be some, or far fewer than just before;
 * `new-lines`: lines of a kind never seen in health; `burst`: one known line far too often; `volume`: far more or fewer
 * records as a whole; `missing-lines`: known lines that stay away while others come; `warnings`: more WARN records;
 * `mix-change`: known lines in a strange company; `canary-missed`: no alert for what was made to give one; `other`: nothing of
 * these.
 */
export const ALERT_KINDS = [
  'errors',
  'silence',
  'new-lines',
  'burst',
  'volume',
  'missing-lines',
  'warnings',
  'mix-change',
  'canary-missed',
  'other',
] as const;

/** How many of the canary's anomalies in a row were not told: the one feature of such an alert. */
export const CANARY_MISSED = 'canary_missed';
export type AlertKind = (typeof ALERT_KINDS)[number];

export type AlertSeverity = 'critical' | 'warning' | 'info';

/**
 * The kind whose features moved the score most, their amounts added up; of equal ones the first of `ALERT_KINDS`. Features
 * about lines count for `errors` where an ERROR or FATAL line is their strongest template.
 *
 * @param explanation undefined where none was kept
 */
export function kindOf(explanation: Explanation | undefined): AlertKind {
  if (!explanation) return 'other';
  const amounts = new Map<AlertKind, number>();
  for (const { feature, amount } of explanation.features) {
    const kind = kindOfFeature(feature, explanation.templates);
    amounts.set(kind, (amounts.get(kind) ?? 0) + amount);
  }
  let best: AlertKind = 'other';
  for (const kind of ALERT_KINDS) if ((amounts.get(kind) ?? 0) > (amounts.get(best) ?? 0)) best = kind;
  return best;
}

/**
 * `critical`: a FATAL line among the reasons, or errors or silence at a score that lies at least half way from the
 * threshold to 1, or silence or a fall beyond doubt, which grows with each window of it, or a second canary in a row
 * that was missed. `info`: new lines, missing lines or another mix, and no line of WARN or above among the reasons: how a
 * harmless deploy looks. `warning`: all else, and an alert whose reasons were not kept.
 */
export function severityOf({
  peakScore,
  threshold,
  explanation,
}: {
  readonly peakScore: number;
  readonly threshold: number;
  readonly explanation?: Explanation | undefined;
}): AlertSeverity {
  if (!explanation) return 'warning';
  const kind = kindOf(explanation);
  const active = explanation.templates.filter(({ event }) => event !== 'disappeared');
  if (active.some(({ severity }) => severity === 'FATAL')) return 'critical';
  const isFar = 1 - peakScore <= (1 - threshold) / 2;
  if ((kind === 'errors' || kind === 'silence') && isFar) return 'critical';
  if (kind === 'silence' && isBeyondDoubt(explanation)) return 'critical';
  if (kind === 'canary-missed') return canariesMissed(explanation) > 1 ? 'critical' : 'warning';
  const isGrave = active.some(({ severity }) => severity === 'WARN' || severity === 'ERROR');
  const isMild = kind === 'new-lines' || kind === 'missing-lines' || kind === 'mix-change';
  return isMild && !isGrave ? 'info' : 'warning';
}

/** Silence or a fall of this many bans is three windows of it at least, of a source that never was so in health. */
const BEYOND_DOUBT_BANS = 18;

function isBeyondDoubt({ features }: Explanation): boolean {
  return features.some(
    ({ feature, value }) => (feature === 'silence' || feature === 'fall') && value >= BEYOND_DOUBT_BANS,
  );
}

/** The line that an alert is about; undefined where it is about no line, but about a volume, a silence or the like. */
export function strongestTemplateOf(explanation: Explanation): TemplateEvidence | undefined {
  const kind = kindOf(explanation);
  if (kind === 'volume' || kind === 'silence' || kind === 'other') return undefined;
  return explanation.templates.find((each) => speaksFor(kind, each));
}

const MOST_CHARACTERS = 140;

/**
 * The strongest reason on one line, at most 140 characters; how often a line came is of the window that was told. Text of the log stands in it as it was written, but for white
 * space, which becomes single blanks: whoever shows it escapes it.
 */
export function headlineOf(explanation: Explanation | undefined): string {
  const line = explanation ? lineOf(explanation) : 'no reasons were kept';
  const characters = Array.from(line.replace(/\s+/g, ' ').trim());
  return characters.length <= MOST_CHARACTERS
    ? characters.join('')
    : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}

function lineOf(explanation: Explanation): string {
  const kind = kindOf(explanation);
  const { newService } = explanation;
  if (!newService) return reasonOf(kind, explanation);
  if (kind !== 'errors' || newService.critical <= newService.usualMost)
    return `new service: ${reasonOf(kind, explanation)}`;
  const template = strongestTemplateOf(explanation);
  return `new service: ${showNewService(newService)}${template ? `: ${template.text}` : ''}`;
}

function reasonOf(kind: AlertKind, { features, templates, fall }: Explanation): string {
  const template = templates.find((each) => speaksFor(kind, each));
  switch (kind) {
    case 'errors':
    case 'new-lines':
    case 'burst':
    case 'missing-lines':
    case 'warnings':
      if (template) return showTemplate(template);
      break;
    case 'silence': {
      if (fall) return showFall(fall);
      const gone = templates.find(({ event }) => event === 'disappeared');
      return gone ? `no records at all, usually: ${gone.text}` : 'no records at all';
    }
    case 'volume': {
      const counted = features.find(({ feature }) => feature === 'log_count' || feature === 'info_count');
      if (counted) return featureReason(counted);
      const most = templates.find(({ event }) => event === 'spike');
      return most ? `far more records than usual: ${showTemplate(most)}` : 'far more records than usual';
    }
    case 'canary-missed': {
      const missed = canariesMissed({ features });
      return `${missed === 1 ? 'an anomaly of the canary was' : `${missed} anomalies of the canary in a row were`} not told in time: something on the way from log to alert does not work`;
    }
    case 'mix-change':
      return template ? `a strange mix of lines: ${showTemplate(template)}` : 'a strange mix of known lines';
    case 'other':
  }
  const ofKind = features.filter(({ feature }) => kindOfFeature(feature, templates) === kind);
  const strongest = ofKind.find(isUnusual) ?? features.find(isUnusual);
  if (strongest) return featureReason(strongest);
  const most = ofKind[0] ?? features[0];
  return most
    ? `much together, nothing of it unusual by itself; most of all: ${featureTitle(most.feature)}`
    : 'no feature stands out';
}

function kindOfFeature(feature: string, templates: readonly TemplateEvidence[]): AlertKind {
  const ifError = (event: TemplateEvidence['event'], otherwise: AlertKind): AlertKind =>
    isError(templates.find((each) => each.event === event)) ? 'errors' : otherwise;
  if (feature === 'silence' || feature === 'fall') return 'silence';
  if (feature === CANARY_MISSED) return 'canary-missed';
  if (feature.startsWith('new_template_')) return ifError('new', 'new-lines');
  if (feature === 'count_excess' || feature === 'rare_template_spike') return ifError('spike', 'burst');
  if (feature.startsWith('disappeared_template_')) return 'missing-lines';
  if (/^(error|fatal|critical)_/.test(feature)) return 'errors';
  if (feature.startsWith('warn_')) return 'warnings';
  if (/^(volume|log|info)_/.test(feature)) return 'volume';
  if (feature.startsWith('tfidf_') || feature.startsWith('family_')) return 'mix-change';
  return 'other';
}

function showFall({ records, usual, spanMs }: FallEvidence): string {
  const about = Math.round(usual);
  return records === 0
    ? `no records at all in ${spanMs / 1000} s, usually about ${about}`
    : `says far less than usual: ${records} of about ${about} records in ${spanMs / 1000} s`;
}

function showNewService({ critical, usualMost, spanMs }: NewServiceEvidence): string {
  const most = usualMost === 0 ? 'next to none' : `no more than ${countText(usualMost)}`;
  return `${countText(critical)} ERROR and FATAL in ${spanMs / 1000} s, services of the fit usually ${most}`;
}

function canariesMissed({ features }: Pick<Explanation, 'features'>): number {
  return features.find(({ feature }) => feature === CANARY_MISSED)?.value ?? 0;
}

function speaksFor(kind: AlertKind, template: TemplateEvidence): boolean {
  switch (kind) {
    case 'errors':
      return isError(template) && template.event !== 'disappeared';
    case 'new-lines':
      return template.event === 'new';
    case 'burst':
      return template.event === 'spike';
    case 'missing-lines':
      return template.event === 'disappeared';
    case 'warnings':
      return template.severity === 'WARN' && template.event !== 'disappeared';
    default:
      return true;
  }
}

function isError(template: TemplateEvidence | undefined): boolean {
  return template?.severity === 'ERROR' || template?.severity === 'FATAL';
}

function showTemplate({ event, severity, text, count, usual }: TemplateEvidence): string {
  if (event === 'new') return `new ${severity} line, ${count} in a window: ${text}`;
  if (event === 'spike')
    return `${severity} line ${count} in a window, usually ${usualWords(usual)}: ${text}`;
  return `${severity} line is missing, usually ${usualWords(usual)}: ${text}`;
}
