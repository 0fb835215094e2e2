// An alert about canaries that a former model missed: nobody waits for its end any more once another model is judged.
import type { Artifact } from '../../core/artifact.js';
import { isSameArtifact } from '../lanes/promotion.js';
import type { ResultStore } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { type BenchOptions, type CanaryBench, lookAtBench, takeBench } from './canary-bench.js';
import { isJudgedElsewhere } from './canary-judge.js';
import { onModelChanged } from './missed-alert.js';

/** @returns the places of those that were closed, for what is still to be sent from them */
export async function closeFormer(
  artifact: Pick<Artifact, 'name' | 'version' | 'threshold'>,
  options: BenchOptions,
): Promise<readonly CanaryBench[]> {
  const closed: CanaryBench[] = [];
  const nowMs = Math.floor(options.clock.nowMs());
  for (const former of await formersOf(artifact, options.store)) {
    const known = await lookAtBench(options.store, former);
    if (known === undefined || known.open === null || isJudgedElsewhere(known, nowMs)) continue;
    const bench = await takeBench(former, former.featureNames, options);
    const event = onModelChanged(known.open, nowMs, artifact.threshold.value);
    await bench.keep({ state: { ...known, open: null, hasLeft: true }, events: [event] });
    closed.push(bench);
  }
  return closed;
}

/** Earlier versions of it, and what it took the place of: another model of the same store is no former one. */
async function formersOf(
  artifact: ArtifactKey,
  store: ResultStore,
): Promise<Awaited<ReturnType<ResultStore['artifacts']>>> {
  const switches = (await store.modelSwitches()).filter(({ refused }) => refused === null);
  return (await store.artifacts()).filter(
    (each) =>
      !isSameArtifact(each, artifact) &&
      (each.name === artifact.name ||
        switches.some(({ from, to }) => isSameArtifact(from, each) && isSameArtifact(to, artifact))),
  );
}
