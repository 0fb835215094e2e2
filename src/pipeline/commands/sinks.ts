// `loghorn sinks test`: whether alerts would arrive, before one has to.
import { type Command, InvalidArgumentError } from 'commander';
import { createWallClock } from '../clock.js';
import { openSink } from '../sinks/open-sinks.js';
import { sendTestNotice, type TestResult } from '../sinks/test-notice.js';
import { addSinkOptions, alertSettingsOf, type SinkFlags } from './sink-options.js';
import { asUsage } from '../../shell/usage.js';

interface TestFlags extends SinkFlags {
  readonly json: boolean;
}

export function registerSinks(program: Command): void {
  const group = program
    .command('sinks')
    .summary('where alerts go')
    .description('Where alerts go besides the terminal.');
  const command = group
    .command('test')
    .summary('send a test notice to each sink')
    .description(
      'Sends a notice that says that it is a test to each sink of --sinks and the environment, and tells who took it. Fails if one did not.',
    )
    .option('--json', 'a line of JSON for each', false);
  addSinkOptions(command).action(async (flags: TestFlags) => {
    const settings = asUsage(() => alertSettingsOf(flags, process.env));
    if (settings === undefined || settings.sinks.length === 0)
      throw new InvalidArgumentError(
        'no sink is named: give --sinks FILE.json, or set LOGHORN_WEBHOOK_URL, LOGHORN_ALERTMANAGER_URL, LOGHORN_SLACK_URL or LOGHORN_SMTP_URL',
      );
    const clock = createWallClock();
    const results = await Promise.all(
      settings.sinks.map(async (each) => sendTestNotice(openSink(each), clock, settings.message)),
    );
    for (const result of results)
      process.stdout.write(`${flags.json ? JSON.stringify(result) : describe(result)}\n`);
    if (results.some(({ isTaken }) => !isTaken)) process.exitCode = 1;
  });
}

function describe({ sink, isTaken, tookMs, error }: TestResult): string {
  return isTaken ? `${sink}: taken in ${Math.round(tookMs)} ms` : `${sink}: not taken: ${error}`;
}
