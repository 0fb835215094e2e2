// `loghorn dashboard`: what a store holds as a page in the browser, live.
import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { createWallClock } from '../clock.js';
import { createNames, isLoopback } from '../dashboard/guard/hosts.js';
import { checkTokens, serveDashboard } from '../dashboard/serve-dashboard.js';
import type { StoreAddress } from '../store/store-address.js';
import { readTokens } from '../dashboard/guard/tokens.js';
import { portOf } from './port-option.js';
import { storeOption } from './store-option.js';
import { asUsage } from '../../shell/usage.js';
import { examples } from './examples.js';

export interface DashboardDeps {
  stopOnInterrupt(): AbortSignal;
}

interface DashboardFlags {
  readonly store: StoreAddress;
  readonly model?: string;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: URL | undefined;
  readonly allowHost: readonly string[];
  readonly json: boolean;
}

export const DEFAULT_DASHBOARD_PORT = 4173;

export function registerDashboard(program: Command, deps: DashboardDeps): void {
  program
    .command('dashboard')
    .summary('see windows, alerts and the pipeline in the browser')
    .description(
      'Shows what a store holds as a page in the browser, live: scores by service, incidents and why, templates, health, quality and models. On this machine alone, unless there are tokens (LOGHORN_DASHBOARD_WRITE_TOKEN, LOGHORN_DASHBOARD_READ_TOKEN, LOGHORN_DASHBOARD_TOKENS_FILE).',
    )
    .addOption(storeOption('where consume keeps its results'))
    .option(
      '--model <name>',
      'of which artifact: name, name@version or folder (default: the one that was read last)',
    )
    .addOption(
      new Option('--port <port>', 'where it listens; 0 takes a free one')
        .default(DEFAULT_DASHBOARD_PORT)
        .argParser(portOf),
    )
    .option('--host <address>', 'listen on this address; any but loopback needs tokens', '127.0.0.1')
    .addOption(
      new Option(
        '--public-url <url>',
        'as people open it, where a proxy with https stands before it',
      ).argParser(urlOf),
    )
    .option(
      '--allow-host <name>',
      'a further name that it may be called by; may be given several times',
      (name: string, names: readonly string[]) => [...names, name],
      [],
    )
    .option('--json', 'the address as one JSON object on the first line', false)
    .addHelpText(
      'after',
      examples(
        'loghorn dashboard --store sqlite:results.db',
        'LOGHORN_DASHBOARD_WRITE_TOKEN=… loghorn dashboard --store sqlite:results.db --host 0.0.0.0',
      ),
    )
    .action(async (flags: DashboardFlags) => {
      asUsage(() =>
        checkTokens(
          readTokens(process.env, (path) => readFileSync(path, 'utf8')),
          flags,
        ),
      );
      const signal = deps.stopOnInterrupt();
      const dashboard = await serveDashboard({
        store: flags.store,
        model: flags.model,
        host: flags.host,
        port: flags.port,
        publicUrl: flags.publicUrl,
        allowedHosts: flags.allowHost,
        clock: createWallClock(),
        env: process.env,
        onWarning: (sentence) => process.stderr.write(`${sentence}\n`),
      }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE') throw error;
        throw new Error(`port ${flags.port} is taken: choose another with --port, or 0 for a free one`, {
          cause: error,
        });
      });
      const { url, port } = dashboard;
      process.stdout.write(
        flags.json ? `${JSON.stringify({ url, port })}\n` : `dashboard at ${url} (Ctrl-C stops it)\n`,
      );
      if (!isLoopback(flags.host))
        process.stderr.write(
          `it answers to ${createNames(flags.host, flags.publicUrl, flags.allowHost).listed}; other names need --allow-host NAME or --public-url URL\n`,
        );
      if (!signal.aborted)
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve, { once: true });
        });
      await dashboard.close();
    });
}

/** @throws InvalidArgumentError */
function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new InvalidArgumentError(
      `'${text}' is no address of a page: write for example https://logs.example.org, without a path`,
    );
  return url;
}
