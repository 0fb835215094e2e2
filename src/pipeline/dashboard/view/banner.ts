// The page's first sentence: what is wrong, or that nothing is, or that nobody is looking, or that nobody can tell. No two of
// them may look alike.
import type { Status } from '../api.js';
import { behindMs } from './behind.js';
import { countOf } from './number-text.js';
import { openWords } from './open-words.js';
import { agoText, durationText, timeText } from './time-text.js';

export interface Banner {
  readonly tone: 'firing' | 'taken' | 'quiet' | 'behind' | 'ended' | 'stopped' | 'blind' | 'empty';
  readonly headline: string;
  readonly detail: string;
  /** What to type, where that would help. */
  readonly command?: string;
}

/** Why what is shown may be old, and since when, ms. */
export interface Blindness {
  readonly cause: 'server' | 'store';
  readonly sinceMs: number;
}

/** @param zone as in the page's address */
export function bannerOf(status: Status, zone: string, nowMs: number, blindness?: Blindness): Banner {
  const { consumer, sources, watermarkMs, lastHeardMs } = status;
  const open = openWords(status);
  if (blindness) return blindBanner(blindness, open, zone, nowMs);
  const watched = `${countOf(sources.length, 'service')} watched`;
  const lastWindow =
    watermarkMs === null ? 'no window closed yet' : `last window ${timeText(watermarkMs, zone, nowMs)}`;
  const heard = lastHeardMs === null ? '' : `, last heard of ${agoText(lastHeardMs, nowMs)}`;
  const lateMs = behindMs(status, nowMs);
  const behind =
    lateMs === undefined ? '' : `; it runs ${durationText(lateMs)} behind: what came since is not known yet`;
  if (consumer === 'never')
    return {
      tone: 'empty',
      headline: 'Nothing was ever read into this store',
      detail: 'Start a consumer with its store, and windows appear here within a minute:',
      command: 'loghorn consume --from app.log --model <model> --store <this store>',
    };
  // what is in somebody's hands still goes on, and is no reason to look away from a consumer that is gone
  if (status.firing > 0 || (status.acknowledged > 0 && consumer === 'running'))
    return {
      tone: status.firing > 0 ? 'firing' : 'taken',
      headline: open,
      detail:
        consumer === 'running'
          ? `${watched}, ${lastWindow}${behind}`
          : `and nothing is being read any more${heard}: ${lastWindow}`,
    };
  const also = open === '' ? '' : `${open}; `;
  if (consumer === 'silent')
    return {
      tone: 'stopped',
      headline: 'Nothing is being read',
      detail: `${also}no consumer${heard || ' was heard of'}; ${lastWindow}. What happened since is not known. Start it again:`,
      command: 'loghorn consume --from <input> --model <model> --store <this store>',
    };
  if (consumer === 'ended')
    return {
      tone: 'ended',
      headline: 'Read to its end, nothing firing',
      detail: `${also}${watched}, ${lastWindow}; ${countOf(status.counts.read, 'record')} read`,
    };
  if (lateMs !== undefined)
    return {
      tone: 'behind',
      headline: `Running ${durationText(lateMs)} behind`,
      detail: `${also}nothing firing up to the ${lastWindow}; what came since is not known yet`,
    };
  return {
    tone: 'quiet',
    headline: open === '' ? 'All quiet' : 'Nothing firing',
    detail: `${also}${watched}, ${lastWindow}`,
  };
}

function blindBanner({ cause, sinceMs }: Blindness, open: string, zone: string, nowMs: number): Banner {
  const since = timeText(sinceMs, zone, nowMs);
  const then = open === '' ? '' : `, ${open} then`;
  return cause === 'store'
    ? {
        tone: 'blind',
        headline: 'The results store cannot be read',
        detail: `What is shown is of ${since}${then}. It goes on by itself once the store answers; the dashboard's terminal says what is wrong.`,
      }
    : {
        tone: 'blind',
        headline: 'The dashboard does not answer',
        detail: `What is shown is of ${since}${then}. It goes on by itself once the server is there again.`,
      };
}
