// `loghorn benchmark dashboard`: how quick the dashboard is with a big store, which is made for it.
import { type Command, Option } from 'commander';
import { benchDashboard } from '../benchmark/bench-dashboard.js';
import type { BenchReport } from '../benchmark/bench-report.js';
import { createWallClock } from '../clock.js';
import { countOption } from './kafka-options.js';

interface DashboardBenchFlags {
  readonly services: number;
  readonly days: number;
  readonly rounds: number;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** @param benchmark the command that it belongs to */
export function registerDashboardBench(
  benchmark: Command,
  deps: {
    renderReport(report: BenchReport, command: string, style: 'text' | 'markdown' | 'json'): string;
  },
): void {
  benchmark
    .command('dashboard')
    .exitOverride()
    .description(
      'How long the dashboard takes with a store of many services and weeks, which is filled in a temporary folder first: each question and answer over an hour, a day, a week and all of it, and its page in Chromium where there is one. Some minutes and gigabytes.',
    )
    .addOption(countOption('--services <count>', 'with a window each half minute').default(50))
    .addOption(countOption('--days <count>', 'of windows').default(30))
    .addOption(countOption('--rounds <count>', 'how often each question is asked').default(20))
    .addOption(new Option('--json', 'one JSON object with every digit').conflicts('markdown'))
    .option('--markdown', 'tables for a document')
    .action(async ({ json, markdown, ...options }: DashboardBenchFlags) => {
      const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const report = await benchDashboard({ ...options, clock: createWallClock(), say });
      const command = `loghorn ${process.argv.slice(2).join(' ')}`;
      process.stdout.write(
        deps.renderReport(report, command, json ? 'json' : markdown ? 'markdown' : 'text'),
      );
    });
}
