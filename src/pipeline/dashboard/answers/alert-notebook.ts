// The notebook that rebuilds an alert, from what the store has of it: its lines, the rows that came of them, and the model.
import { gzipSync } from 'node:zlib';
import { alertNotebook } from '../notebook/alert-notebook.js';
import { showDays } from '../../retention/retention.js';
import { readKeptWindows } from './kept-windows.js';
import { isSameArtifact } from '../../lanes/promotion.js';
import type { AlertNotebook } from '../notebook/notebook-alert.js';
import type { AlertRecord } from '../reader.js';
import { summarizeAlert } from './alert-summary.js';
import { turnsOf } from './alert-windows.js';
import type { DashboardData } from './dashboard-data.js';

const AFTER_WINDOWS = 10;
const MOST_WINDOWS = 360;

/** The text of an .ipynb file; undefined when there is no such alert. */
export async function answerAlertNotebook(data: DashboardData, alertId: string): Promise<string | undefined> {
  const { reader, store, shelf } = data;
  const record = await reader.alert(alertId);
  if (record === undefined) return undefined;
  const { artifact, alert } = record;
  const kept = await reader.linesOf(alertId, artifact);
  const { hopMs, windowMs } = await shelf.windowOf(artifact);
  const fromMs = kept?.lines.rebuildsFromMs ?? alert.sinceMs;
  const heir = await heirOf(data, record);
  const toMs = Math.min(
    alert.untilMs - windowMs + (1 + AFTER_WINDOWS) * hopMs,
    fromMs + MOST_WINDOWS * hopMs,
    heir?.fromMs ?? Infinity,
  );
  const windows = await store.windows({ artifact, source: alert.source, fromMs, toMs, stamps: true });
  // a later commit may know of lines that these are not
  const rows = windows.filter(
    ({ commitTimeMs }) => kept === undefined || (commitTimeMs ?? 0) <= kept.commitTimeMs,
  );
  const single = await readKeptWindows(data, [artifact]);
  const keptFor =
    single !== undefined && alert.sinceMs < single.beforeMs ? showDays(single.keepMs) : undefined;
  const model = await store.keptModel(artifact);
  const { headline, threshold } = summarizeAlert(record, await data.deskView());
  return alertNotebook({
    alert: { ...alert, headline, threshold },
    artifact,
    lines: kept?.lines,
    logPath: logPathOf(record.streamId),
    keptFor,
    hasRows: rows.length > 0,
    ...(heir === undefined ? {} : { heir }),
    fromMs,
    untilMs: rows.at(-1)?.endMs ?? Math.min(alert.untilMs, heir?.fromMs ?? Infinity),
    packedRows: pack(
      JSON.stringify(
        rows.map(({ startMs, endMs, records, score, alert: isAlert, features }) => ({
          startMs,
          endMs,
          records,
          score,
          alert: isAlert,
          features,
        })),
      ),
    ),
    packedModel: model === undefined ? '' : pack(model),
  });
}

/** The first that goes on with the alert after the artifact that opened it: only windows of that one can be made again with it. */
async function heirOf(data: DashboardData, record: AlertRecord): Promise<AlertNotebook['heir']> {
  const { artifact, alert } = record;
  const range = { fromMs: alert.sinceMs, toMs: alert.isOpen ? data.nowMs() : alert.untilMs };
  const turns = await turnsOf(data.store, record, range);
  const heir = turns.find((turn, index) => index > 0 && !isSameArtifact(turn.artifact, artifact));
  return heir && { artifact: heir.artifact, fromMs: heir.fromMs };
}

/** `file:` and a path, as sources of files name their stream. */
function logPathOf(streamId: string): string | undefined {
  return streamId.startsWith('file:') ? streamId.slice('file:'.length) : undefined;
}

function pack(text: string): string {
  return gzipSync(text).toString('base64');
}
