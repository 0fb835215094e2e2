// What people judged about alerts, as `loghorn feedback` prints it: read, and held to its form.
import { readFileSync } from 'node:fs';

export class FeedbackError extends Error {
  override readonly name = 'FeedbackError';
}

const VERDICTS = ['real', 'false', 'not-mine'] as const;

export interface JudgedAlert {
  readonly alertId: string;
  readonly source: string;
  /** Half open, ms since epoch. */
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Right, not right, or right and somebody else's. */
  readonly verdict: (typeof VERDICTS)[number];
  readonly who: string;
  /** What was said with it; empty where nothing was. */
  readonly text: string;
}

/** @throws FeedbackError when the file cannot be read, or a line is no judgement */
export function readFeedback(path: string): JudgedAlert[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new FeedbackError(`${path} cannot be read: give a file of what 'loghorn feedback' printed`, {
      cause,
    });
  }
  return parseFeedback(text, path);
}

/**
 * @param name of the file, for sentences
 * @throws FeedbackError naming the line, what was wanted and what came
 */
export function parseFeedback(text: string, name: string): JudgedAlert[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const fail = (what: string): never => {
      throw new FeedbackError(
        `${name}, line ${index + 1}: ${what}; give a file of what 'loghorn feedback' printed`,
      );
    };
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return fail('is no JSON');
    }
    const {
      alertId,
      source,
      sinceMs,
      untilMs,
      verdict,
      who,
      text: said,
    } = (value ?? {}) as Record<string, unknown>;
    if (typeof alertId !== 'string' || typeof source !== 'string')
      return fail('alertId and source must be texts');
    if (!Number.isFinite(sinceMs) || !Number.isFinite(untilMs))
      return fail('sinceMs and untilMs must be milliseconds since 1970');
    const known = VERDICTS.find((each) => each === verdict);
    if (known === undefined)
      return fail(`verdict must be one of ${VERDICTS.join(', ')}, got ${JSON.stringify(verdict)}`);
    return [
      {
        alertId,
        source,
        sinceMs: sinceMs as number,
        untilMs: untilMs as number,
        verdict: known,
        who: typeof who === 'string' ? who : '',
        text: typeof said === 'string' ? said : '',
      },
    ];
  });
}
