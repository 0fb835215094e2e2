// Whether anybody is looking at the log, as one sentence that a person can act on. "Runs and found nothing" and "does not
// run" are both quiet pages; here they are told apart, and each says what to do.
import type { Status } from '../api.js';
import type { PipelineHealth } from '../api-reports.js';
import type { HealthProblem } from './health-problems.js';
import { lastOf } from './health-series.js';
import { countOf, rateText } from './number-text.js';
import { openWords } from './open-words.js';
import { durationText } from './time-text.js';

export interface HealthVerdict {
  /**
   * `good`: works; `idle`: works, and there is nothing to work on; `poor`: works, and something is wrong with it; `bad`: does
   * not do its work.
   */
  readonly tone: 'good' | 'idle' | 'poor' | 'bad';
  readonly title: string;
  readonly detail: string;
  /** What to do, as a sentence; the command in it stands in backquotes. Empty where there is nothing to do. */
  readonly advice: string;
}

/** @param problems as `healthProblems` found them */
export function healthVerdict(
  status: Status,
  health: PipelineHealth,
  problems: readonly HealthProblem[],
): HealthVerdict {
  const heard = status.lastHeardMs === null ? '' : durationText(status.nowMs - status.lastHeardMs);
  if (status.consumer === 'running') return running(status, health, problems);
  if (status.consumer === 'ended')
    return {
      tone: 'idle',
      title: heard === '' ? 'Ended: the input was over' : `Ended: the input was over ${heard} ago`,
      detail: 'All of it was read and scored. What is logged now is not looked at.',
      advice: 'To follow a log that grows: `loghorn consume --follow`, or read from Kafka.',
    };
  if (status.consumer === 'silent')
    return {
      tone: 'bad',
      title:
        heard === ''
          ? 'Not running: no consumer is heard of'
          : `Not running: no consumer heard of for ${heard}`,
      detail: 'What was logged since then is not looked at, so no alerts does not mean no trouble.',
      advice: 'Start it again with the same `loghorn consume` command: it goes on where it stopped.',
    };
  return {
    tone: 'bad',
    title: 'Not running: nothing was ever stored',
    detail: 'No consumer has written to this store, so an empty page says nothing about the services.',
    advice: 'Start one: `loghorn consume --from … --store …`, or try `npm start` with its own traffic.',
  };
}

function running(status: Status, health: PipelineHealth, problems: readonly HealthProblem[]): HealthVerdict {
  const rate = lastOf(health.series.recordsPerSecond);
  const services = countOf(status.sources.length, 'service');
  if (rate === 0) {
    return {
      tone: 'idle',
      title: 'Running, and nothing comes in',
      detail: `The consumer is well and waits for records; ${services} known.`,
      advice: 'If the services do log now, look at what ships their lines: the address, the topic, the file.',
    };
  }
  const speed = rate === null ? '' : `, ${rateText(rate)} records a second`;
  const detail = `${services} watched${speed}.`;
  if (problems.length > 0) {
    const isBad = problems.some(({ severity }) => severity === 'critical');
    const title = `Running, and ${countOf(problems.length, 'thing needs', 'things need')} attention`;
    return { tone: isBad ? 'bad' : 'poor', title, detail, advice: '' };
  }
  const open = openWords(status);
  if (open === '') return { tone: 'good', title: 'Running and finds nothing wrong', detail, advice: '' };
  // that the services are not well is no trouble of the pipeline, which found it
  return { tone: 'good', title: 'Running', detail: `${open}. ${detail}`, advice: '' };
}
