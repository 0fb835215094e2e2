// A topic that is written to and read while things go wrong, by the built command line in processes of their own, and the
// question at the end: is all of it there, once, and as an undisturbed run has it?
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { lastLineOf, type RunningCli, startCli } from '../adapters/kafka-source.testkit.js';
import { type FaultLog, type Outcome, outcomeIn } from './fault-log.testkit.js';

export interface Scene {
  /** `kafka://host:port/topic` */
  readonly topicAddress: string;
  readonly store: string;
  /** Sends the log from its state on. @param ratePerSecond of records */
  readonly produce: (ratePerSecond: number) => RunningCli;
  /** What follows `loghorn` to consume. */
  readonly consumeWords: (group: string, ...more: string[]) => string[];
  readonly consume: (group: string, ...more: string[]) => RunningCli;
  /** Reads what is left, as a group of its own. @returns the summary */
  readToTheEnd(...more: string[]): Promise<Record<string, unknown>>;
  outcome(): Promise<Outcome>;
  /** Ends what a test that failed has left running. */
  end(): void;
}

export interface SceneOptions {
  readonly log: FaultLog;
  /** Of the file in the log's folder that is sent. */
  readonly fileName: string;
  /** Of all brokers: `host:port,host:port` */
  readonly brokers: string;
  readonly topic: string;
  readonly store: string;
}

export function openScene({ log, fileName, brokers, topic, store }: SceneOptions): Scene {
  const topicAddress = `kafka://${brokers}/${topic}`;
  const children: RunningCli[] = [];
  const start = (...words: string[]): RunningCli => {
    const child = startCli(...words);
    children.push(child);
    return child;
  };
  const consumeWords = (group: string, ...more: string[]): string[] => {
    const about = ['--model', log.modelFolder, '--store', store, '--group', group, '--json'];
    const timing = ['--session-timeout', '6s', '--commit-every', '10ms'];
    return ['consume', '--from', topicAddress, ...about, ...timing, ...more];
  };
  const consume = (group: string, ...more: string[]): RunningCli => start(...consumeWords(group, ...more));
  return {
    topicAddress,
    store,
    produce: (ratePerSecond) => {
      const from = [
        '--from',
        `file:${log.at(fileName)}`,
        '--state',
        log.at(`${topic}.${fileName}.state.json`),
      ];
      return start('produce', '--to', topicAddress, ...from, '--rate', `${ratePerSecond}/s`);
    },
    consumeWords,
    consume,
    readToTheEnd: async (...more) => {
      const last = await consume(`${topic}-end-${children.length}`, '--until-end', ...more).ended;
      if (last.code !== 0) throw new Error(`the last consumer ended with ${last.code}: ${last.stderr}`);
      return lastLineOf(last.stdout);
    },
    outcome: () => outcomeIn(store, log.artifact),
    end: () => {
      for (const { child } of children) child.kill('SIGKILL');
    },
  };
}

/** Every record once in the counts, and the windows and alerts of the undisturbed run. */
export async function expectUndisturbed(
  scene: Scene,
  oracle: Outcome & { readonly counts: Record<string, unknown> },
): Promise<Record<string, unknown>> {
  const summary = await scene.readToTheEnd();
  const { windows, alerts } = await scene.outcome();
  const { lines, deadLetters } = oracle.counts;
  expect({ lines: summary['lines'], deadLetters: summary['deadLetters'] }).toEqual({ lines, deadLetters });
  expect(summary).toMatchObject({ isOver: true, lost: 0, recreated: 0, splitSources: 0, unsentAlerts: 0 });
  // lines of JSON: those that differ are what is worth seeing
  const wanted = new Set(oracle.windows);
  expect(windows.filter((line) => !wanted.has(line))).toEqual([]);
  expect(windows.length).toBe(oracle.windows.length);
  expect(alerts).toEqual(oracle.alerts);
  return summary;
}

export function kill({ child, ended }: RunningCli): Promise<unknown> {
  child.kill('SIGKILL');
  return ended;
}

export function isRunning({ child }: RunningCli): boolean {
  return child.exitCode === null && child.signalCode === null;
}

export async function until(isTrue: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (!(await isTrue())) {
    if (performance.now() > deadlineMs)
      throw new Error(`it did not come within ${withinMs / 1000} s: ${isTrue.toString()}`);
    await sleep(50);
  }
}
