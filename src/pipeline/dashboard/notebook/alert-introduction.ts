// What an alert's notebook begins with: which alert it is, what it can show, and where to run it.
import { plainName } from './notebook-text.js';
import { type AlertNotebook, isComplete } from './notebook-alert.js';

/** Markdown. */
export function introduction(notebook: AlertNotebook): string {
  const { alert, artifact, lines, keptFor } = notebook;
  const { alertId, source, headline, sinceMs, untilMs } = alert;
  return [
    `# Does alert ${plainName(alertId)} of ${plainName(source)} come out of its lines again?`,
    '',
    plainName(headline),
    '',
    `- from ${timeText(sinceMs)} to ${timeText(untilMs)}`,
    `- model ${plainName(artifact.name)}, version ${plainName(artifact.version)}, which is the hash of its content`,
    lines === undefined ? '- no lines are stored with it' : `- ${lines.lines} lines, SHA-256 ${lines.sha256}`,
    '',
    ...(isComplete(notebook) ? [] : [missingWords(notebook), '']),
    ...(notebook.heir === undefined
      ? []
      : [
          `**Another model speaks from ${timeText(notebook.heir.fromMs)} on**, ${plainName(notebook.heir.artifact.name)} of version ${plainName(notebook.heir.artifact.version)}: the windows of the alert before that are rebuilt here${untilWords(notebook)}, those after it are not.`,
          '',
        ]),
    ...(notebook.hasRows || keptFor === undefined
      ? []
      : [
          `**The windows that the stream stored were deleted**: they are kept for ${keptFor}. What comes out of the lines stands alone here.`,
          '',
        ]),
    'Save it into a loghorn that is built (npm run build), or anywhere with LOGHORN_HOME set to its folder, and run it: in Jupyter, or by `npx loghorn notebooks --folder` with the folder that it is in.',
  ].join('\n');
}

/** A process that ended before the other model took over had not stored the lines of the time in between. */
function untilWords({ untilMs, heir }: AlertNotebook): string {
  return untilMs < heir!.fromMs ? `, as far as their lines are stored: until ${timeText(untilMs)}` : '';
}

function missingWords({ lines, keptFor, logPath }: AlertNotebook): string {
  const why =
    lines === undefined && keptFor !== undefined
      ? `those of alerts that nobody judged or commented on are deleted with their windows after ${keptFor}`
      : 'the stream was read from a later place on after a restart, or wrote more than is kept in memory';
  const then =
    logPath === undefined
      ? 'What comes out of those that are here is shown beside what was stored, and may differ.'
      : 'They are read from the log that the stream was read from, as far as it still has them.';
  return `**Not all lines that this alert depends on are stored**: ${why}. ${then}`;
}

function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
