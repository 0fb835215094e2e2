// A topic that is written to and read while things go wrong, by the built command line in processes of their own, and the
// question at the end: is all of it there, once, and as an undisturbed run has it?
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { lastLineOf, type RunningCli, startCli } from '../adapters/kafka-source.testkit.js';
import { readPoison } from './dead-letters.testkit.js';
import { type FaultLog, type Outcome, outcomeIn } from './fault-log.testkit.js';
import { countNewWindows } from './progress.testkit.js';
import { FAULT_ROUNDS } from './rounds.testkit.js';

export interface Scene {
  /** `kafka://host:port/topic` */
  readonly topicAddress: string;
  /** What is in the topics of dead letters about it, whichever group put it there. */
  readonly poison: () => ReturnType<typeof readPoison>;
  readonly store: string;
  /** Sends a file in the log's folder from its state on, by default the scene's. @param ratePerSecond of records */
  readonly produce: (ratePerSecond: number, name?: string) => RunningCli;
  /** What follows `loghorn` to consume. */
  readonly consumeWords: (group: string, ...more: string[]) => string[];
  readonly consume: (group: string, ...more: string[]) => RunningCli;
  /** Reads what is left, as a group of its own. @returns the summary */
  readToTheEnd(...more: string[]): Promise<Record<string, unknown>>;
  /** @returns what counts the windows that start behind all that are stored now: how far the consumers have come */
  readonly countNewWindows: () => Promise<() => Promise<number>>;
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
    poison: () => readPoison(brokers, topic),
    countNewWindows: () => countNewWindows(store, log.artifact),
    produce: (ratePerSecond, name = fileName) => {
      const from = ['--from', `file:${log.at(name)}`, '--state', log.at(`${topic}.${name}.state.json`)];
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

/** Every record once in the counts, all poison among the dead letters, and the windows and alerts of the undisturbed run. */
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
  // late records were read well, and blank lines say nothing
  const { late: _late, blank: _blank, ...poison } = deadLetters as Record<string, number>;
  const letters = await scene.poison();
  // one that its source's next record refuses after a crash is known without its bytes: it is in the store alone
  const { 'implausible-time': ahead = 0, ...rest } = poison;
  const { 'implausible-time': aheadKept = 0, ...restKept } = letters.distinct;
  expect({ restKept, changed: letters.changed }).toEqual({ restKept: rest, changed: 0 });
  expect(aheadKept).toBeLessThanOrEqual(ahead);
  expect(aheadKept).toBeGreaterThanOrEqual(ahead - FAULT_ROUNDS);
  return summary;
}

export function kill({ child, ended }: RunningCli): Promise<unknown> {
  child.kill('SIGKILL');
  return ended;
}

export function isRunning({ child }: RunningCli): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** @param alive those that must not end before */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  withinMs = 120_000,
  alive: readonly RunningCli[] = [],
): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  const told = (): string => alive.map((each) => `\n${each.stderr()}`).join('');
  while (!(await isTrue())) {
    if (!alive.every(isRunning)) throw new Error(`a process ended before ${isTrue.toString()}:${told()}`);
    if (performance.now() > deadlineMs)
      throw new Error(`it did not come within ${withinMs / 1000} s: ${isTrue.toString()}${told()}`);
    await sleep(50);
  }
}

/** @param partitions such as `0, 1`; any by default */
export async function untilItReads(consumer: RunningCli, partitions = ''): Promise<void> {
  await until(() => consumer.stderr().includes(`reading partitions ${partitions}`), undefined, [consumer]);
}
