// The stream of a log of one's own: followed from where learning ended.
import { sourceOfPath } from '../../core/source-name.js';
import { createFollowSource } from '../adapters/follow-source.js';
import { runStream } from './run-stream.js';
import type { PreparedLog } from './start-deps.js';
import type { StartRun } from './start-run.js';

export async function runOwnLog(log: PreparedLog, path: string, run: StartRun): Promise<void> {
  const { clock, deps, print } = run;
  const source = createFollowSource(
    {
      path,
      startAt: log.startAt,
      input: deps.readArtifact(log.modelFolder).input,
      defaultSource: sourceOfPath(path),
      referenceYear: new Date(clock.nowMs()).getUTCFullYear(),
      onWarning: print,
    },
    clock,
  );
  await runStream(log, source, run, { onLive: () => {}, onCommit: () => {}, judge: async () => undefined });
}
