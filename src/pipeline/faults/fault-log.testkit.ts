// A log, an artifact fitted on its beginning, and the oracle: what an undisturbed offline run says about the same records.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLineOf, runCli } from '../adapters/kafka-source.testkit.js';
import { createWallClock } from '../clock.js';
import { openStore } from '../store/open-store.js';
import type { StoredAlert } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { parseStoreAddress } from '../store/store-address.js';

export interface FaultLog {
  readonly folder: string;
  readonly modelFolder: string;
  readonly artifact: ArtifactKey;
  /** Records behind those of the fit, in the order of writing. */
  readonly lines: readonly string[];
  at(file: string): string;
  remove(): void;
}

/** What is to be the same whatever happens. */
export interface Outcome {
  /** As `score` prints them, sorted. */
  readonly windows: readonly string[];
  /** Without the number that early closing gives a revision. */
  readonly alerts: readonly StoredAlert[];
}

const FITTED = 10_000;
const RECORDS_AN_HOUR = 5000;

/**
 * @param records to be streamed
 * @param fitWords further ones for `loghorn fit`
 */
export function createFaultLog(records: number, ...fitWords: readonly string[]): FaultLog {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-faults-'));
  const at = (file: string): string => join(folder, file);
  const all = FITTED + records;
  const span = `${Math.ceil((all / RECORDS_AN_HOUR) * 60)}m`;
  const clean = String(FITTED / all);
  const shape = ['--records', String(all), '--span', span, '--clean', clean, '--anomalies-per-hour', '4'];
  runCli('generate', '--out', folder, ...shape);
  const lines = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
  writeFileSync(at('clean.ndjson'), `${lines.slice(0, FITTED).join('\n')}\n`);
  const about = ['--name', 'faults', '--models', at('models'), '--budget', '5/day'];
  runCli('fit', at('clean.ndjson'), ...about, ...fitWords);
  const modelFolder = at(join('models', 'faults'));
  return {
    folder,
    modelFolder,
    artifact: { name: 'faults', version: readdirSync(modelFolder)[0]! },
    lines: lines.slice(FITTED),
    at,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** @param name of the file that the lines are written to, for a producer to read */
export async function oracleOf(
  log: FaultLog,
  name: string,
  lines: readonly string[],
): Promise<Outcome & { readonly counts: Record<string, unknown> }> {
  writeFileSync(log.at(name), `${lines.join('\n')}\n`);
  const windows = sortedLines(runCli('score', log.at(name), '--model', log.modelFolder));
  const store = `sqlite:${log.at(`${name}.oracle.db`)}`;
  const words = ['--model', log.modelFolder, '--store', store, '--until-end', '--json'];
  const counts = lastLineOf(runCli('consume', '--from', `file:${log.at(name)}`, ...words));
  const { alerts } = await outcomeIn(store, log.artifact);
  return { windows, alerts, counts };
}

/** Writes lines to several files, for producers that follow one another. @returns the files' names, in order */
export function writeParts(log: FaultLog, name: string, lines: readonly string[], parts: number): string[] {
  const size = Math.ceil(lines.length / parts);
  return Array.from({ length: parts }, (_, part) => {
    const partName = `${name}.${part}`;
    writeFileSync(log.at(partName), `${lines.slice(part * size, (part + 1) * size).join('\n')}\n`);
    return partName;
  });
}

/** @param store as `--store` has it */
export async function outcomeIn(store: string, artifact: ArtifactKey): Promise<Outcome> {
  const windows = sortedLines(runCli('windows', '--store', store));
  const opened = await openStore(parseStoreAddress(store), {
    clock: createWallClock(),
    create: false,
    onWarning: () => {},
  });
  const alerts = await opened.alerts({ artifact });
  await opened.close();
  return { windows, alerts: alerts.map((alert) => ({ ...alert, revision: 0 })) };
}

function sortedLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}
