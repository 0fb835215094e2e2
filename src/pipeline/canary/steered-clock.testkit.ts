// A wall clock for children that a test moves on: hours of a stream in seconds, with the program as it is built. The time of
// day jumps, timers are that much shorter, and between jumps both run on by themselves.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SteeredClock {
  nowMs(): number;
  advance(durationMs: number): void;
  /** For the environment of children that are to live by it. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** So much shorter are the pauses of children: what waits for them has its time all the same. */
const SHORTER = 10;

const IN_CHILD = `
import { openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
// how long a broker takes has nothing to do with how far the clock was moved meanwhile
const client = createRequire(${JSON.stringify(import.meta.url)})('kafkajs/src/network/requestQueue');
client.prototype.scheduleRequestTimeoutCheck = () => {};
const file = openSync(process.env.LOGHORN_TEST_CLOCK, 'r');
const aheadMs = new Float64Array(1);
const bytes = new Uint8Array(aheadMs.buffer);
const [dateNow, timeout] = [Date.now, setTimeout];
Date.now = () => {
  readSync(file, bytes, 0, 8, 0);
  return dateNow() + aheadMs[0];
};
globalThis.setTimeout = (callback, delayMs, ...rest) => timeout(callback, delayMs / ${SHORTER}, ...rest);
`;

/** @param startMs what it shows now */
export function startSteeredClock(startMs: number): SteeredClock {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-clock-'));
  const path = join(folder, 'ahead-ms');
  const file = openSync(path, 'w');
  const aheadMs = Float64Array.of(Math.round(startMs - Date.now()));
  const tell = (): void => {
    writeSync(file, new Uint8Array(aheadMs.buffer), 0, 8, 0);
  };
  tell();
  return {
    nowMs: () => Date.now() + aheadMs[0]!,
    advance: (durationMs) => {
      aheadMs[0]! += durationMs;
      tell();
    },
    env: {
      LOGHORN_TEST_CLOCK: path,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(IN_CHILD)}`,
    },
    close: () => {
      closeSync(file);
      rmSync(folder, { recursive: true });
    },
  };
}
