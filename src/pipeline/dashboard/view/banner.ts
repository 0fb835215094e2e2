// The page's first sentence: what is wrong, or that nothing is, or that nobody is looking. The last two must never look alike.
import type { Status } from '../api.js';
import { countOf } from './number-text.js';
import { agoText, timeText } from './time-text.js';

export interface Banner {
  readonly tone: 'firing' | 'quiet' | 'ended' | 'stopped' | 'empty';
  readonly headline: string;
  readonly detail: string;
  /** What to type, where that would help. */
  readonly command?: string;
}

/** @param zone as in the page's address */
export function bannerOf(status: Status, zone: string, nowMs: number): Banner {
  const { consumer, firing, sources, watermarkMs, lastHeardMs } = status;
  const watched = `${countOf(sources.length, 'service')} watched`;
  const lastWindow =
    watermarkMs === null ? 'no window closed yet' : `last window ${timeText(watermarkMs, zone, nowMs)}`;
  const heard = lastHeardMs === null ? '' : `, last heard of ${agoText(lastHeardMs, nowMs)}`;
  if (consumer === 'never')
    return {
      tone: 'empty',
      headline: 'Nothing was ever read into this store',
      detail: 'Start a consumer with its store, and windows appear here within a minute:',
      command: 'loghorn consume --from app.log --model <model> --store <this store>',
    };
  if (firing > 0)
    return {
      tone: 'firing',
      headline: `${countOf(firing, 'incident')} firing`,
      detail:
        consumer === 'running'
          ? `${watched}, ${lastWindow}`
          : `and nothing is being read any more${heard}: ${lastWindow}`,
    };
  if (consumer === 'silent')
    return {
      tone: 'stopped',
      headline: 'Nothing is being read',
      detail: `No consumer${heard || ' was heard of'}; ${lastWindow}. What happened since is not known. Start it again:`,
      command: 'loghorn consume --from <input> --model <model> --store <this store>',
    };
  if (consumer === 'ended')
    return {
      tone: 'ended',
      headline: 'Read to its end, nothing firing',
      detail: `${watched}, ${lastWindow}; ${countOf(status.counts.read, 'record')} read`,
    };
  // not 'all quiet': what somebody acknowledged may still be going on
  return { tone: 'quiet', headline: 'Nothing firing', detail: `${watched}, ${lastWindow}` };
}
