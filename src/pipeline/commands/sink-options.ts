// Where alerts go besides the terminal, as options of every command that tells them.
import { Option, type Command } from 'commander';
import { parseDuration } from '../../core/duration.js';
import type { AlertSettings } from '../sinks/sink-settings.js';
import { loadAlertSettings } from '../sinks/load-settings.js';
import { parseHttpUrl } from '../sinks/sink-url.js';
import { argument } from '../../shell/usage.js';

export interface SinkFlags {
  readonly sinks?: string;
  readonly dashboardUrl?: string;
  readonly notifyHistory?: boolean;
  /** ms */
  readonly historyAfter?: number;
}

export function addSinkOptions(command: Command): Command {
  return command
    .option('--sinks <file>', 'where alerts go besides the terminal: webhook, Alertmanager, Slack, mail')
    .addOption(
      new Option('--dashboard-url <url>', 'where people open the dashboard: for links in alerts').argParser(
        argument((text) => parseHttpUrl(text, '--dashboard-url').href),
      ),
    )
    .option('--notify-history', 'send alerts also of windows that were over long before they were scored')
    .addOption(
      new Option('--history-after <duration>', 'how long that is')
        .default(undefined, '10m')
        .argParser(argument(parseDuration)),
    );
}

/** @returns undefined where no sink is named @throws Error saying what is wrong with them */
export function alertSettingsOf(
  { sinks, dashboardUrl, notifyHistory, historyAfter }: SinkFlags,
  env: Readonly<Record<string, string | undefined>>,
): AlertSettings | undefined {
  const settings = loadAlertSettings(sinks, env);
  if (settings === undefined) {
    if ((dashboardUrl ?? notifyHistory ?? historyAfter) !== undefined)
      throw new Error(
        '--dashboard-url, --notify-history and --history-after are about sinks: name one with --sinks, or leave them out',
      );
    return undefined;
  }
  const { message } = settings;
  return {
    ...settings,
    message: { ...message, dashboardUrl: dashboardUrl ?? message.dashboardUrl },
    notifyHistory: notifyHistory ?? settings.notifyHistory,
    historyAfterMs: historyAfter ?? settings.historyAfterMs,
  };
}
