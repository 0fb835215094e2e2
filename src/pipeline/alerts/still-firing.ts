// What fired when the last run ended, and does so still: an alert that is open does not open again, and whoever starts a
// consumer anew would not hear of it before its end.
import { membersOf } from '../lanes/line-results.js';
import { lineOf } from '../lanes/promotion.js';
import type { ResultStore, StoredAlert } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { isCanaryAlert } from '../canary/canary-stream.js';
import type { AskSaidOf } from './said-of.js';
import { showScore, showTime } from './show-alert.js';
import { visibleText } from './visible-text.js';

const MOST_NAMED = 5;

/**
 * The canary's own are left out.
 *
 * @param streamId left out where several are read
 * @returns a sentence, or undefined where nothing fires
 */
export async function stillFiringWords(
  store: Pick<ResultStore, 'alerts' | 'modelSwitches'>,
  artifact: ArtifactKey,
  askSaidOf: AskSaidOf,
  streamId?: string,
): Promise<string | undefined> {
  const switches = await store.modelSwitches();
  const streamIds = streamId === undefined ? new Set(switches.map((each) => each.streamId)) : [streamId];
  const line = [...streamIds].flatMap((each) => lineOf(artifact, each, switches));
  const open = new Map<string, StoredAlert>();
  for (const { name, version } of membersOf(artifact, line)) {
    const query = { artifact: { name, version }, ...(streamId === undefined ? {} : { streamId }) };
    for (const alert of await store.alerts(query))
      if (alert.isOpen && !isCanaryAlert(alert)) open.set(alert.alertId, alert);
  }
  if (open.size === 0) return undefined;
  const firing = [...open.values()].sort((a, b) => a.sinceMs - b.sinceMs);
  const named: string[] = [];
  for (const alert of firing.slice(0, MOST_NAMED)) named.push(await nameOf(alert, askSaidOf));
  const more = firing.length > MOST_NAMED ? `, and ${firing.length - MOST_NAMED} more` : '';
  const verb = firing.length === 1 ? 'alert is' : 'alerts are';
  return `${firing.length.toLocaleString('en-US')} ${verb} still firing: ${named.join(', ')}${more}`;
}

async function nameOf(alert: StoredAlert, askSaidOf: AskSaidOf): Promise<string> {
  const { source, sinceMs, peakScore } = alert;
  const { silence, acknowledgedBy } = await askSaidOf({ ...alert, type: 'updated' });
  const said =
    silence !== undefined
      ? `, silenced by ${visibleText(silence.who, 80)} until ${showTime(silence.untilMs)}`
      : acknowledgedBy !== undefined
        ? `, ${visibleText(acknowledgedBy, 80)} has it in hand`
        : '';
  return `${visibleText(source, 80)} since ${showTime(sinceMs)} (peak score ${showScore(peakScore)}${said})`;
}
