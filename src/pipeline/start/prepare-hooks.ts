// How preparing speaks: a bar while a stage runs, and what it took when it is over.
import type { PrepareHooks, StartDeps } from './start-deps.js';
import { type Paint, showDuration } from '../alerts/show-alert.js';

export function createPrepareHooks(
  deps: StartDeps,
  print: (text: string) => void,
  paint: Paint,
  signal: AbortSignal,
): PrepareHooks {
  return {
    signal,
    stage: async (name, work) => {
      const progress = deps.progress();
      const startedAtMs = performance.now();
      try {
        return await work((done, total) => progress.show(name, done, total));
      } finally {
        progress.stop();
        print(paint('dim', `  ${name} took ${showDuration(performance.now() - startedAtMs)}`));
      }
    },
    say: (sentence) => print(`  ${sentence}`),
  };
}
