// Progress on stderr, for a person at a terminal only.
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** Shows how far a stage is; a new name starts a new bar. */
  show(stage: string, done: number, total: number): void;
  stop(): void;
}

export function createProgress(): Progress {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} };
  let bar: SingleBar | undefined;
  let current = '';
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    show: (stage, done, total) => {
      if (stage !== current) {
        stop();
        current = stage;
        bar = new SingleBar(
          {
            format: `${stage.padEnd(12)} {bar} {percentage}% | {eta_formatted} left`,
            stream: process.stderr,
            hideCursor: true,
          },
          Presets.shades_classic,
        );
        bar.start(Math.max(1, total), done);
      }
      bar?.setTotal(Math.max(1, total));
      bar?.update(Math.min(done, total));
    },
    stop,
  };
}
